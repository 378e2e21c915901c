import { localAt, readLocalTime, shiftDay } from '../time/zone.ts'
import { total, within } from './intervals.ts'
import { measure, type Times } from './uptime.ts'

export type BeatState = 'up' | 'partly' | 'away' | 'planned' | 'unknown'

/** A slice of a heartbeat bar. */
export interface Beat {
  readonly from: number
  readonly to: number
  readonly state: BeatState
  readonly awayMs: number
}

export const beatCount = 48
const beatMs = 30 * 60_000
/** A slice of which so much was lost counts as away altogether. */
const awayFrom = 0.9

/** The last 24 hours in half hours, oldest first, ending now (epoch milliseconds). */
export function beatsOf(times: Times, now: number): Beat[] {
  return Array.from({ length: beatCount }, (_, index) => {
    const from = now - (beatCount - index) * beatMs
    return { from, to: from + beatMs, ...stateOf(times, from, from + beatMs) }
  })
}

/** The last local days of a zone, oldest first; the last one is today so far. */
export function daysOf(
  times: Times,
  { now, zone, days }: { readonly now: number; readonly zone: string; readonly days: number },
) {
  const today = localAt(now, zone).local.slice(0, 10)
  const midnight = (day: string) => readLocalTime(`${day} 00:00:00`, zone, now).instant
  return Array.from({ length: days }, (_, index) => {
    const day = shiftDay(today, index - days + 1)
    const bounds = { from: midnight(day), to: Math.min(now, midnight(shiftDay(day, 1))) }
    const { upShare } = measure(times, bounds)
    return { day, ...bounds, upShare, ...stateOf(times, bounds.from, bounds.to) }
  })
}

/** The worst of a slice: any loss shows, however short. */
function stateOf(times: Times, from: number, to: number): { state: BeatState; awayMs: number } {
  const part = (list: Times['away']) => total(within(list, { from, to }))
  const [awayMs, plannedMs, unknownMs] = [part(times.away), part(times.planned), part(times.unknown)]
  const whole = to - from
  const counted = whole - plannedMs - unknownMs
  if (awayMs > 0) return { state: awayMs >= counted * awayFrom ? 'away' : 'partly', awayMs }
  if (plannedMs >= whole / 2) return { state: 'planned', awayMs }
  return { state: unknownMs >= whole / 2 ? 'unknown' : 'up', awayMs }
}
