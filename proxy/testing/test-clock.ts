import { type Clock, systemClock } from '#platform/clock.ts'

/** Real time that a test can move ahead; waiting for it takes no time at all. */
export interface TestClock extends Clock {
  advance(ms: number): void
  /** Everything that was waited for, in milliseconds. */
  readonly slept: number[]
}

const longMs = 10_000

/** Short sleeps only yield, so that a retry or a padded failure costs a test nothing; long ones are long. */
export function createTestClock(): TestClock {
  let ahead = 0
  const slept: number[] = []
  return {
    slept,
    now: () => systemClock.now() + ahead,
    async sleep(ms, signal) {
      slept.push(ms)
      await systemClock.sleep(ms < longMs ? 1 : ms, signal)
    },
    advance(ms) {
      ahead += ms
    },
  }
}
