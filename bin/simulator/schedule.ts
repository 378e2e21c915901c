import { Temporal } from 'temporal-polyfill'
import { type PlannedPunch, planDay } from './day-plan.ts'
import type { SimulatedSite } from './site.ts'

export type DuePunch = PlannedPunch & { atMs: number }

/** Every punch of the plan with its moment in (fromMs, toMs], oldest first. */
export function punchesBetween(plan: SimulatedSite, fromMs: number, toMs: number, seed: number): DuePunch[] {
  if (toMs <= fromMs) return []
  const due: DuePunch[] = []
  for (const site of plan.sites) {
    const people = plan.people.filter(person => person.site === site.name)
    // One day earlier, because last night's shift is still clocking out.
    for (const date of datesBetween(fromMs - 86_400_000, toMs, site.zone)) {
      for (const person of people) {
        for (const punch of planDay(site, person, date, seed)) {
          const atMs = momentOf(punch.local, site.zone)
          if (atMs > fromMs && atMs <= toMs) due.push({ ...punch, atMs })
        }
      }
    }
  }
  return due.sort((one, other) => one.atMs - other.atMs)
}

/** Midnight, in its own zone, of the day that lies this many days back; the earliest over all sites. */
export function startOfHistory(plan: SimulatedSite, nowMs: number, days: number): number {
  const starts = plan.sites.map(
    site =>
      Temporal.Instant.fromEpochMilliseconds(nowMs)
        .toZonedDateTimeISO(site.zone)
        .subtract({ days })
        .startOfDay().epochMilliseconds,
  )
  return Math.min(nowMs, ...starts)
}

const offsets = new Map<string, number>()
const offsetsMax = 5000

/** The moment of a wall clock in a zone. Offsets are remembered by the hour, in which real zones never change. */
export function momentOf(local: string, zone: string): number {
  const hour = `${zone} ${local.slice(0, 13)}`
  let offset = offsets.get(hour)
  if (offset === undefined) {
    const whole = `${local.slice(0, 10)}T${local.slice(11, 13)}:00:00`
    const moment = Temporal.PlainDateTime.from(whole).toZonedDateTime(zone).epochMilliseconds
    offset = Date.parse(`${whole}Z`) - moment
    if (offsets.size >= offsetsMax) offsets.clear()
    offsets.set(hour, offset)
  }
  return Date.parse(`${local.slice(0, 10)}T${local.slice(11)}Z`) - offset
}

/** Wall clock at a moment, as terminals write it. */
export function localAt(atMs: number, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone)
  return at.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/** A wall clock moved by seconds, as a terminal with a wrong clock would show it. */
export function shiftLocal(local: string, seconds: number): string {
  if (seconds === 0) return local
  const at = Date.parse(`${local.slice(0, 10)}T${local.slice(11)}Z`) + seconds * 1000
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}

function datesBetween(fromMs: number, toMs: number, zone: string): string[] {
  const dates: string[] = []
  const last = localAt(toMs, zone).slice(0, 10)
  for (let day = Date.parse(`${localAt(fromMs, zone).slice(0, 10)}T00:00:00Z`); ; day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10)
    if (date > last) return dates
    dates.push(date)
  }
}
