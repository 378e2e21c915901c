import { localAt } from '../time/zone.ts'
import type { BandKind, DayResult } from './rules/results.ts'

/** Bands in which somebody is there, whether it counts or not. */
const presentKinds: ReadonlySet<BandKind> = new Set(['worked', 'early', 'after', 'overtime', 'open'])

export interface HourPresent {
  /** The wall clock's own date: a night is present on two of them. */
  readonly date: string
  /** 1 for Monday to 7 for Sunday. */
  readonly weekday: number
  /** 0 to 23 on the wall clock; an hour that came twice is there twice. */
  readonly hour: number
  /** Of that hour, 1 to 60. */
  readonly minutes: number
}

/** The hours of the wall clock in which somebody was there. */
export function hoursPresent(day: DayResult): HourPresent[] {
  const hours: HourPresent[] = []
  for (const shift of day.shifts)
    for (const band of shift.bands) {
      if (!presentKinds.has(band.kind)) continue
      for (let fromMs = band.fromMs; fromMs < band.toMs; ) {
        const { local } = localAt(fromMs, shift.zone)
        const leftMs = 3_600_000 - (Number(local.slice(14, 16)) * 60 + Number(local.slice(17, 19))) * 1000
        const toMs = Math.min(band.toMs, fromMs + leftMs)
        hours.push({
          date: local.slice(0, 10),
          weekday: weekdayOf(local),
          hour: Number(local.slice(11, 13)),
          minutes: (toMs - fromMs) / 60_000,
        })
        fromMs = toMs
      }
    }
  return hours
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(local: string): number {
  return new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay() || 7
}
