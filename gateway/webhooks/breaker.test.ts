import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from './backoff.ts'
import {
  afterAttempts,
  breakerState,
  closed,
  firstPauseMs,
  longestPauseMs,
  outageFailures,
  pauseMs,
} from './breaker.ts'

const middle = () => 0.5
const outages = (count: number): Outcome[] => Array<Outcome>(count).fill('unreachable')
const outcome = fc.constantFrom<Outcome>(
  'delivered',
  'unreachable',
  'timeout',
  'broken',
  'rejected',
  'not-acknowledged',
  'throttled',
)

describe('the breaker', () => {
  it('opens at the fifth outage in a row, and a success closes it', () => {
    const four = afterAttempts(closed, outages(outageFailures - 1), 0, middle)
    expect(breakerState(four.until, 0)).toBe('closed')
    const five = afterAttempts(four, outages(1), 0, middle)
    expect(five).toEqual({ failures: 5, trips: 1, until: firstPauseMs })
    expect(breakerState(five.until, firstPauseMs - 1)).toBe('open')
    expect(breakerState(five.until, firstPauseMs)).toBe('half-open')
    expect(afterAttempts(five, ['delivered'], firstPauseMs, middle)).toEqual(closed)
  })

  it('does not count what was under way when it opened as another trip', () => {
    expect(afterAttempts(closed, outages(32), 0, middle)).toEqual({
      failures: 32,
      trips: 1,
      until: firstPauseMs,
    })
  })

  it('doubles its pause with each probe that fails, up to ten minutes', () => {
    expect([1, 2, 3, 6, 7, 50].map(trip => pauseMs(trip, middle))).toEqual([
      15_000, 30_000, 60_000, 480_000, 600_000, 600_000,
    ])
  })

  it('is never open without outages, never for longer than ten minutes and a fifth, and always ends', () => {
    const step = fc.record({
      outcomes: fc.array(outcome, { maxLength: 12 }),
      passMs: fc.integer({ min: 0, max: 3_600_000 }),
      random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        let now = 0
        let breaker = closed
        for (const { outcomes, passMs, random } of steps) {
          now += passMs
          const before = breaker
          breaker = afterAttempts(before, outcomes, now, () => random)
          if (breaker.until !== null) {
            expect(breaker.failures).toBeGreaterThanOrEqual(outageFailures)
            expect(breaker.until - now).toBeLessThanOrEqual(longestPauseMs * 1.2)
          }
          if (outcomes.at(-1) === 'delivered') expect(breaker).toEqual(closed)
          if (!outcomes.includes('delivered'))
            expect(breaker.failures).toBeGreaterThanOrEqual(before.failures)
          // An open breaker is never extended by what was under way when it opened.
          if (before.until !== null && now < before.until && !outcomes.includes('delivered'))
            expect(breaker.until).toBe(before.until)
        }
      }),
    )
  })
})
