import { localAt } from '../time/zone.ts'
import type { BandKind, DayResult } from './rules/results.ts'

/** Bands in which somebody is there, whether it counts or not. */
const presentKinds: ReadonlySet<BandKind> = new Set(['worked', 'early', 'after', 'overtime', 'open'])

export interface HourPresent {
  /** 1 for Monday to 7 for Sunday, of the wall clock: a night is present on two of them. */
  readonly weekday: number
  /** 0 to 23 on the wall clock. */
  readonly hour: number
  /** Of that hour; more than 60 where it came twice. */
  readonly minutes: number
}

/** The hours of the wall clock in which somebody was there, each once, in order of time. */
export function hoursPresent(day: DayResult): HourPresent[] {
  const hours = new Map<string, HourPresent>()
  for (const shift of day.shifts)
    for (const band of shift.bands) {
      if (!presentKinds.has(band.kind)) continue
      for (let fromMs = band.fromMs; fromMs < band.toMs; ) {
        const { local } = localAt(fromMs, shift.zone)
        const leftMs = 3_600_000 - (Number(local.slice(14, 16)) * 60 + Number(local.slice(17, 19))) * 1000
        const toMs = Math.min(band.toMs, fromMs + leftMs)
        const before = hours.get(local.slice(0, 13))?.minutes ?? 0
        hours.set(local.slice(0, 13), {
          weekday: weekdayOf(local),
          hour: Number(local.slice(11, 13)),
          minutes: before + Math.round((toMs - fromMs) / 60_000),
        })
        fromMs = toMs
      }
    }
  return [...hours.values()].filter(({ minutes }) => minutes > 0)
}

function weekdayOf(local: string): number {
  return new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay() || 7
}
