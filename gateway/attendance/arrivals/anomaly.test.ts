import { describe, expect, it } from 'vitest'
import { findAnomaly } from './anomaly.ts'

/** So many arrivals at 08:00. */
const at8 = (count: number) => Array.from({ length: 288 }, (_, slice) => (slice === 96 ? count : 0))
const weeks = [at8(48), at8(50), at8(52), at8(55)]

describe('arrivals are unusual', () => {
  it('where they lie outside of all the same weekdays and far from their middle', () => {
    expect(findAnomaly(at8(30), weeks, 510)).toEqual({ Minute: 510, Arrived: 30, Usual: 51 })
    expect(findAnomaly(at8(80), weeks, 513)).toEqual({ Minute: 510, Arrived: 80, Usual: 51 })
  })

  it('and not while within what there has been, near the middle, or of few people', () => {
    expect(findAnomaly(at8(48), weeks, 510)).toBeNull()
    expect(findAnomaly(at8(46), weeks, 510)).toBeNull()
    expect(findAnomaly(at8(0), [at8(4), at8(4), at8(4)], 510)).toBeNull()
  })

  it('and not before there is anything to compare with: few weeks, or the slice that still runs', () => {
    expect(findAnomaly(at8(0), weeks.slice(0, 2), 510)).toBeNull()
    expect(findAnomaly(at8(0), weeks, 484)).toBeNull()
  })
})
