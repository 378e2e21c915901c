import { minuteMs } from './minutes.ts'

/** A punch somebody guessed after an outage. */
export interface Estimate {
  readonly id: string
  readonly instantMs: number
  /** When it was guessed, epoch ms: only what came afterwards speaks about it. */
  readonly guessedAtMs: number
}

/** A punch a terminal has sent. */
interface Arrival {
  readonly instantMs: number
  readonly receivedAtMs: number
}

/**
 * Estimates of one person that real punches have come for. Each real punch stands for the nearest estimate within the
 * window, and for no other: an entry that arrives leaves the estimated exit an hour later as it is.
 */
export function arrivedEstimates(
  estimates: readonly Estimate[],
  arrivals: readonly Arrival[],
  windowMinutes: number,
): ReadonlySet<string> {
  const arrived = new Set<string>()
  if (estimates.length === 0) return arrived
  for (const { instantMs, receivedAtMs } of arrivals) {
    let nearest: { id: string; distance: number } | null = null
    for (const { id, instantMs: guessedMs, guessedAtMs } of estimates) {
      const distance = Math.abs(instantMs - guessedMs)
      if (receivedAtMs <= guessedAtMs || distance > windowMinutes * minuteMs) continue
      const isNearer =
        nearest === null || distance < nearest.distance || (distance === nearest.distance && id < nearest.id)
      if (isNearer) nearest = { id, distance }
    }
    if (nearest !== null) arrived.add(nearest.id)
  }
  return arrived
}
