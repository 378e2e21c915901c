import type { Clock } from '#platform/clock.ts'

export interface ManualClock extends Clock {
  /** Moves time on and wakes whoever slept until then. */
  advance(ms: number): void
  /** When each sleeper wants to wake, soonest first. */
  sleepers(): readonly number[]
}

/** A clock that moves only when told to, so that three days of back-off take no time. */
export function createManualClock(startMs: number): ManualClock {
  let now = startMs
  const asleep = new Set<{ readonly at: number; readonly wake: () => void }>()
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise(resolve => {
        if (signal?.aborted) return resolve()
        const wake = () => {
          asleep.delete(sleeper)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper = { at: now + ms, wake }
        asleep.add(sleeper)
        signal?.addEventListener('abort', wake)
      }),
    advance(ms) {
      now += ms
      for (const sleeper of [...asleep]) if (sleeper.at <= now) sleeper.wake()
    },
    sleepers: () => [...asleep].map(({ at }) => at).sort((a, b) => a - b),
  }
}
