import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { thinReadings } from './clocks.ts'

const skews = fc.array(fc.integer({ min: -9_000_000, max: 9_000_000 }), { maxLength: 500 })

describe('thinned readings', () => {
  it('are within the limit, in order, and hold the lowest, the highest and the newest', () => {
    fc.assert(
      fc.property(skews, fc.integer({ min: 3, max: 100 }), (values, limit) => {
        const readings = values.map((skew_ms, index) => ({ at: index * 600_000, skew_ms }))
        const kept = thinReadings(readings, limit)
        expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 3))
        expect(kept).toEqual(kept.toSorted((a, b) => a.at - b.at))
        if (values.length === 0) return
        const left = kept.map(({ skew_ms }) => skew_ms)
        expect(left).toContain(Math.min(...values))
        expect(left).toContain(Math.max(...values))
        expect(kept.at(-1)).toEqual(readings.at(-1))
      }),
    )
  })

  it('are all of them where they are few enough', () => {
    const readings = [1, 2, 3].map(at => ({ at, skew_ms: 0 }))
    expect(thinReadings(readings, 3)).toEqual(readings)
  })
})
