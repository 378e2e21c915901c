import type { Clock } from '#platform/clock.ts'

export interface TestClock extends Clock {
  /** Moves time on and wakes whoever slept until then. */
  advance(ms: number): void
}

/** A clock that moves only when told to. */
export function createTestClock(startMs: number): TestClock {
  let now = startMs
  const sleepers = new Set<{ at: number; wake: () => void }>()
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise(resolve => {
        const sleeper = { at: now + ms, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          resolve()
        })
        if (signal?.aborted) resolve()
      }),
    advance(ms) {
      now += ms
      for (const sleeper of [...sleepers].filter(({ at }) => at <= now)) {
        sleepers.delete(sleeper)
        sleeper.wake()
      }
    },
  }
}
