import { isOutage, type Outcome } from './backoff.ts'

/** How a receiver does as a whole: failures in a row, and the breaker they open. */
export interface Breaker {
  /** Outages in a row, over all lanes. */
  readonly failures: number
  /** Times in a row it opened. */
  readonly trips: number
  /** Epoch ms before which nothing but one probe is sent; null: closed. */
  readonly until: number | null
}

export const closed: Breaker = { failures: 0, trips: 0, until: null }
/** Outages in a row that open it; also after how many a success counts as "back again". */
export const outageFailures = 5
export const firstPauseMs = 15_000
export const longestPauseMs = 10 * 60_000

/** The breaker after attempts that ended in this order. An answer of any kind other than 5xx leaves it as it is. */
export function afterAttempts(
  before: Breaker,
  outcomes: readonly Outcome[],
  now: number,
  random: () => number,
): Breaker {
  let breaker = before
  for (const outcome of outcomes) {
    if (outcome === 'delivered') breaker = closed
    else if (isOutage(outcome)) breaker = afterOutage(breaker, now, random)
  }
  return breaker
}

function afterOutage({ failures, trips, until }: Breaker, now: number, random: () => number): Breaker {
  const next = failures + 1
  // What was under way when it opened fails as well, and says nothing new.
  if (next < outageFailures || (until !== null && now < until)) return { failures: next, trips, until }
  return { failures: next, trips: trips + 1, until: now + pauseMs(trips + 1, random) }
}

/** How long it stays open the n-th time in a row: doubling up to ten minutes, a fifth of jitter either way. */
export function pauseMs(trip: number, random: () => number): number {
  const planned = Math.min(firstPauseMs * 2 ** (Math.max(1, trip) - 1), longestPauseMs)
  return Math.round(planned * (0.8 + 0.4 * random()))
}

/** `open`: nothing goes; `half-open`: one probe may; `closed`: everything. */
export function breakerState(until: number | null, now: number): 'open' | 'half-open' | 'closed' {
  return until === null ? 'closed' : now < until ? 'open' : 'half-open'
}
