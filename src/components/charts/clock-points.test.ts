import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockPoints, dayStep, skewTicks } from './clock-points.ts'

const start = Date.parse('2026-11-01T00:00:00Z')
const minute = 60_000
const reading = (minutes: number, ClockSkewSeconds: number) => ({
  At: new Date(start + minutes * minute).toISOString(),
  ClockSkewSeconds,
})

describe('the points of a clock', () => {
  it('are thinned without losing the first, the last, the lowest and the highest', () => {
    const skews = fc.array(fc.integer({ min: -7200, max: 7200 }), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(skews, fc.integer({ min: 8, max: 200 }), (values, max) => {
        const readings = values.map((skew, index) => reading(index * 10, skew))
        const points = clockPoints(readings, max)
        const drawn = points.map(point => point.skew)
        expect(points[0]?.skew).toBe(values[0])
        expect(points.at(-1)?.skew).toBe(values.at(-1))
        expect(drawn).toContain(Math.min(...values))
        expect(drawn).toContain(Math.max(...values))
        expect(points.length).toBeLessThanOrEqual(Math.max(max + 4, 8))
        expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).toSorted((a, b) => a - b))
      }),
    )
  })

  it('break where nothing was measured for longer than a night and a day', () => {
    const days = (count: number) => count * 24 * 60
    const points = clockPoints([reading(0, 1), reading(days(1), 2), reading(days(4), 3)], 100)
    expect(points.map(({ skew }) => skew)).toEqual([1, 2, null, 3])
  })
})

describe('the ticks of a chart of differences', () => {
  it('hold every difference, zero among them, and stay few', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -400_000, max: 400_000 })), values => {
        const ticks = skewTicks(values.map((skew, at) => ({ at, skew })))
        expect(Math.min(...ticks)).toBeLessThanOrEqual(Math.min(0, ...values))
        expect(Math.max(...ticks)).toBeGreaterThanOrEqual(Math.max(0, ...values))
        expect(ticks.some(tick => tick === 0)).toBe(true)
        expect(ticks.length).toBeLessThanOrEqual(8)
      }),
    )
  })

  it('leave room around a clock that is exact', () => {
    expect(skewTicks([{ at: 0, skew: 0 }])).toEqual([-4, -2, 0, 2, 4])
  })

  it('name as many days as fit', () => {
    const day = 86_400_000
    expect(dayStep(0, 7 * day, 800)).toBe(1)
    expect(dayStep(0, 90 * day, 800)).toBe(7)
    expect(dayStep(0, 90 * day, 300)).toBe(30)
  })
})
