import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attemptsMax,
  type FailedAttempt,
  judgeFailure,
  longestDelayMs,
  plannedDelayMs,
  readRetryAfter,
  windowMs,
} from './backoff.ts'

const middle = () => 0.5

function failed(change: Partial<FailedAttempt>): FailedAttempt {
  const attempt = change.attempt ?? 1
  return {
    event: 'OnAttendance',
    outcome: 'broken',
    attempt,
    failuresInARow: attempt,
    ageMs: 0,
    retryAfterMs: null,
    ...change,
  }
}

function delayOf(change: Partial<FailedAttempt>, random = middle): number {
  const verdict = judgeFailure(failed(change), random)
  return verdict.kind === 'retry' ? verdict.delayMs : Number.NaN
}

describe('backoff', () => {
  it('starts near five seconds and triples', () => {
    expect([1, 2, 3, 4].map(attempt => delayOf({ attempt }))).toEqual([5_000, 15_000, 45_000, 135_000])
  })

  it('gives a punch about three days in all', () => {
    const delays = Array.from({ length: attemptsMax - 1 }, (_, index) => delayOf({ attempt: index + 1 }))
    const total = delays.reduce((sum, delay) => sum + delay, 0)
    expect(total).toBeGreaterThan(0.9 * windowMs)
    expect(total).toBeLessThan(1.1 * windowMs)
    const refused = failed({ attempt: attemptsMax, outcome: 'rejected' })
    expect(judgeFailure(refused, middle)).toEqual({ kind: 'park', pause: false })
  })

  it('does not count the probes of a receiver that is away against an event before three days are over', () => {
    const away = failed({ attempt: 300, outcome: 'unreachable', ageMs: windowMs - 1 })
    expect(judgeFailure(away, middle).kind).toBe('retry')
    expect(judgeFailure({ ...away, ageMs: windowMs }, middle)).toEqual({ kind: 'park', pause: false })
  })

  it('keeps every delay within a fifth of the plan, and never shrinks the plan', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: attemptsMax - 1 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const planned = plannedDelayMs(attempt)
          const delay = delayOf({ attempt }, () => random)
          expect(delay).toBeGreaterThanOrEqual(Math.floor(planned * 0.8))
          expect(delay).toBeLessThanOrEqual(Math.ceil(planned * 1.2))
          expect(planned).toBeLessThanOrEqual(longestDelayMs)
          expect(plannedDelayMs(attempt + 1)).toBeGreaterThanOrEqual(planned)
        },
      ),
    )
  })

  it('clamps Retry-After between the planned delay and twice that, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: attemptsMax - 1 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 1e12 }),
        (attempt, random, retryAfterMs) => {
          const planned = delayOf({ attempt }, () => random)
          const delay = delayOf({ attempt, retryAfterMs }, () => random)
          expect(delay).toBeGreaterThanOrEqual(planned)
          expect(delay).toBeLessThanOrEqual(planned * 2)
        },
      ),
    )
  })

  it('parks and pauses on 410', () => {
    expect(judgeFailure(failed({ outcome: 'gone' }), middle)).toEqual({ kind: 'park', pause: true })
  })

  it('parks what the receiver does not want after three tries, but never a punch', () => {
    const unwanted = failed({ event: 'OnDeviceStatus', outcome: 'rejected', attempt: 3 })
    expect(judgeFailure(unwanted, middle)).toEqual({ kind: 'park', pause: false })
    expect(judgeFailure({ ...unwanted, attempt: 2 }, middle).kind).toBe('retry')
    expect(judgeFailure({ ...unwanted, outcome: 'broken' }, middle).kind).toBe('retry')
    expect(judgeFailure({ ...unwanted, event: 'OnAttendance' }, middle).kind).toBe('retry')
  })

  it('parks at once what was never sent, because trying again would not send it either', () => {
    expect(judgeFailure(failed({ outcome: 'unspeakable' }), middle)).toEqual({ kind: 'park', pause: false })
  })

  it('waits as long as the lane has been failing, even for an event on its first try', () => {
    expect(delayOf({ attempt: 1, failuresInARow: 8 })).toBe(plannedDelayMs(8))
  })

  it('parks an event past its window at once on a dead lane, and gives it its tries on a live one', () => {
    const old = failed({ attempt: 1, ageMs: windowMs })
    expect(judgeFailure({ ...old, failuresInARow: 10 }, middle)).toEqual({ kind: 'park', pause: false })
    expect(judgeFailure(old, middle).kind).toBe('retry')
  })

  it('reads Retry-After as seconds or as a date, and nothing else', () => {
    const now = Date.parse('2026-03-02T08:00:00Z')
    expect(readRetryAfter('120', now)).toBe(120_000)
    expect(readRetryAfter('Mon, 02 Mar 2026 08:01:00 GMT', now)).toBe(60_000)
    expect(readRetryAfter('Mon, 02 Mar 2026 07:00:00 GMT', now)).toBe(0)
    for (const text of ['', '-5', '1.5', 'soon', '99999999999']) expect(readRetryAfter(text, now)).toBeNull()
    expect(readRetryAfter(null, now)).toBeNull()
  })
})
