import type { Random } from './random.ts'

export type FleetProfile = 'office' | 'night' | 'turnstile' | 'storm'

export const fleetProfiles = [
  'office',
  'night',
  'turnstile',
  'storm',
] as const satisfies readonly FleetProfile[]

type Arrival = { status: number; verify: number }

/** Punches a terminal sees in one minute, by its own wall clock; some at any hour, so that a run always shows life. */
export function punchesPerMinute(profile: FleetProfile, minuteOfDay: number): number {
  const peak = (at: number, width: number) => {
    // The clock is a circle: the peak of 22:00 must still be felt after midnight.
    const apart = Math.abs(minuteOfDay - at)
    return Math.exp(-0.5 * (Math.min(apart, 1440 - apart) / width) ** 2)
  }
  switch (profile) {
    case 'office':
      return 0.25 + 5 * peak(535, 22) + 1.5 * peak(780, 35) + 4 * peak(1085, 30)
    case 'night':
      return 0.25 + 5 * peak(1310, 18) + 1 * peak(120, 40) + 4 * peak(365, 18)
    case 'turnstile':
      return 24
    case 'storm':
      return Number.POSITIVE_INFINITY
  }
}

/** The key somebody presses at that minute: in towards the shift, out after it. */
export function arrivalAt(profile: FleetProfile, minuteOfDay: number, random: Random): Arrival {
  const verify = random.pick([1, 15, 15, 4, 3])
  if (profile === 'night') {
    const evening = minuteOfDay >= 14 * 60
    return { status: random.chance(0.02) === evening ? 1 : 0, verify }
  }
  if (profile === 'office') {
    const morning = minuteOfDay < 11 * 60
    return { status: random.chance(0.02) === morning ? 1 : 0, verify }
  }
  return { status: random.between(0, 1), verify }
}

/** People in one go: a turnstile lets a group through one by one, within a second or two. */
export function groupSize(profile: FleetProfile, random: Random): number {
  return profile === 'turnstile' && random.chance(0.3) ? random.between(2, 5) : 1
}
