import type { SimulatedTime } from '../../bin/simulator/simulated-time.ts'
import type { TestClock } from './test-clock.ts'

/** Time of simulated terminals and their server, which passes only while the terminals have nothing to do. */
export interface TerminalTime {
  readonly time: SimulatedTime
  /** Moves on to when the next terminal wakes, in steps the server can follow. Nothing while one is busy. */
  pass(): void
}

/** Silences are noticed by sweeps of the server, which have to get their turn. */
const stepMaxMs = 10_000

/** However slow the computer, nothing becomes late: while a request is under way, the clock stands. */
export function createTerminalTime(clock: TestClock, terminals = 1): TerminalTime {
  const waiting = new Set<{ readonly wakeAt: number }>()
  return {
    time: {
      speed: 1,
      now: clock.now,
      async wait(ms, signal) {
        const whole = Math.max(1, Math.ceil(ms))
        const sleeper = { wakeAt: clock.now() + whole }
        waiting.add(sleeper)
        await clock.sleep(whole, signal)
        waiting.delete(sleeper)
      },
    },
    pass() {
      if (waiting.size < terminals) return
      const next = Math.min(...[...waiting].map(({ wakeAt }) => wakeAt))
      clock.advance(Math.min(stepMaxMs, Math.max(0, next - clock.now())))
    },
  }
}
