import { daySlices, type LocalDay } from '../../store/arrivals.ts'
import type { Reader } from '../../store/index.ts'
import { shiftDay } from '../../time/zone.ts'

export interface UsualDay {
  /** The latest of its days, where zones differ. */
  readonly date: string
  readonly punches: readonly number[]
  readonly arrivals: readonly number[]
}

const weeks = 6
/** Late punches come to days long gone too, though seldom. */
const keptMs = 20 * 60_000
const keptMax = 60

/** The same weekdays before a day, newest first; those without any punch are left out. */
export interface UsualDays {
  read(
    reader: Reader,
    request: {
      readonly days: readonly LocalDay[]
      readonly devices: readonly string[] | null
      readonly nowMs: number
    },
  ): Promise<UsualDay[]>
}

/** Remembers days long gone for a while: everybody who opens the overview asks for the same ones. */
export function createUsualDays(): UsualDays {
  const kept = new Map<string, { readonly atMs: number; readonly day: Promise<UsualDay> }>()

  function readDay(
    reader: Reader,
    days: readonly LocalDay[],
    devices: readonly string[] | null,
    nowMs: number,
  ) {
    const key = JSON.stringify([days, devices])
    const known = kept.get(key)
    if (known && nowMs - known.atMs < keptMs && nowMs >= known.atMs) return known.day
    const date =
      days
        .map(({ day }) => day)
        .sort()
        .at(-1) ?? ''
    const day = daySlices(reader, days, devices).then(slices => ({ date, ...slices }))
    kept.delete(key)
    kept.set(key, { atMs: nowMs, day })
    // A failed query must not stay.
    day.catch(() => kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= keptMax) break
      kept.delete(oldest)
    }
    return day
  }

  return {
    async read(reader, { days, devices, nowMs }) {
      const found: UsualDay[] = []
      // One after the other: the overview has other queries to make meanwhile.
      for (let week = 1; week <= weeks; week += 1) {
        const earlier = days.map(({ zone, day }) => ({ zone, day: shiftDay(day, -7 * week) }))
        const day = await readDay(reader, earlier, devices, nowMs)
        if (day.punches.some(count => count > 0)) found.push(day)
      }
      return found
    },
  }
}
