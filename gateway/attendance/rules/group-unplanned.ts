import type { KeptPunch } from './collapse-doubles.ts'
import { type KeyTrust, sideOf } from './key-trust.ts'
import { minuteMs } from './minutes.ts'
import type { Policy } from './types.ts'

/** Punches of one stay that no plan speaks of, named after the day it starts on. */
export interface UnplannedStay {
  readonly date: string
  readonly punches: readonly KeptPunch[]
}

type Limits = Pick<Policy, 'impossibleSpanMinutes' | 'unplannedRestMinutes' | 'unplannedNightMinutes'>

/**
 * Stays where nobody has planned anything. Punches of one date at one place belong together; over midnight they do only
 * where the keys, or a night that is shorter than the day after it, say so. Then an arrival after a forgotten exit
 * starts a new stay, and somebody who works from 22:00 to 06:00 has one stay and not two halves. `punches` in order of
 * time.
 */
export function groupUnplanned(
  punches: readonly KeptPunch[],
  limits: Limits,
  trust: KeyTrust,
): UnplannedStay[] {
  const stays: { date: string; punches: KeptPunch[] }[] = []
  for (const [at, punch] of punches.entries()) {
    const stay = stays.at(-1)
    if (stay && belongs(stay, punch, punches[at + 1], limits, trust)) stay.punches.push(punch)
    else stays.push({ date: dateOf(punch), punches: [punch] })
  }
  return stays
}

function belongs(
  stay: UnplannedStay,
  punch: KeptPunch,
  after: KeptPunch | undefined,
  limits: Limits,
  trust: KeyTrust,
): boolean {
  const [first] = stay.punches
  const last = stay.punches.at(-1)
  if (!first || !last) return true
  if (dateOf(punch) === stay.date) return true
  const at = punch.punch.instantMs
  if (at - first.punch.instantMs > limits.impossibleSpanMinutes * minuteMs) return false
  const apart = at - last.punch.instantMs
  const rest = limits.unplannedRestMinutes * minuteMs
  if (trust(last.punch.instantMs, at)) {
    const inside = sideOf(last.key) === 'in' || last.key === 'BreakOut'
    if (sideOf(punch.key) === 'in' && punch.key !== 'BreakIn') return !inside && apart <= rest
    return inside || apart <= rest
  }
  if (apart <= rest) return true
  const open = stay.punches.length % 2 === 1
  const until = after === undefined ? Number.POSITIVE_INFINITY : after.punch.instantMs - at
  return open && apart <= limits.unplannedNightMinutes * minuteMs && apart < until
}

function dateOf(punch: KeptPunch): string {
  return punch.punch.localTime.slice(0, 10)
}
