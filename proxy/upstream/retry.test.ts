import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryDelayMs } from './retry.ts'

const calm = { attempt: 1, remainingMs: 8000, random: 0.5 }

describe('trying a read again', () => {
  it.each([200, 400, 401, 403, 404, 409, 500, 501])('makes no sense after %i', status => {
    expect(retryDelayMs({ ...calm, status })).toBeNull()
  })

  it.each([429, 502, 503, 504])('makes sense after %i', status => {
    expect(retryDelayMs({ ...calm, status })).toBeGreaterThan(0)
  })

  it('waits as long as it was asked to, and not at all if that is too long', () => {
    expect(retryDelayMs({ ...calm, status: 429, retryAfter: '3' })).toBe(3000)
    expect(retryDelayMs({ ...calm, status: 429, retryAfter: '9' })).toBeNull()
    expect(retryDelayMs({ ...calm, status: 429, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' })).toBeLessThan(
      400,
    )
  })

  it('never waits past the deadline, and never longer than two seconds by itself', () => {
    const attempt = fc.integer({ min: 1, max: 40 })
    const remainingMs = fc.integer({ min: -100, max: 20_000 })
    fc.assert(
      fc.property(
        attempt,
        remainingMs,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, remainingMs, random) => {
          const wait = retryDelayMs({ attempt, remainingMs, random })
          if (wait === null) return
          expect(wait).toBeLessThan(remainingMs)
          expect(wait).toBeLessThanOrEqual(2000)
        },
      ),
    )
  })
})
