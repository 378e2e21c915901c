import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartSlices, liveSpan, type Slice, sliceStep, slicesFromRows, totalOf, withUsual } from './slices.ts'

const slice = (Minute: number, In: number, Out = 0, Other = 0): Slice => ({ Minute, In, Out, Other })
const slices = fc.array(
  fc.record({
    Minute: fc.integer({ min: 0, max: 287 }).map(step => step * 5),
    In: fc.nat(50),
    Out: fc.nat(50),
    Other: fc.nat(5),
  }),
  { maxLength: 60 },
)

describe('slices of a day', () => {
  it('lose no punch, whatever the width of the bars', () => {
    fc.assert(
      fc.property(slices, slices, fc.constantFrom(5, 10, 15, 30, 60), (today, yesterday, step) => {
        const drawn = chartSlices(today, yesterday, { from: 0, to: 1440, step })
        expect(drawn.reduce((sum, each) => sum + each.in + each.out + each.other, 0)).toBe(totalOf(today))
        expect(drawn.reduce((sum, each) => sum + each.yesterday, 0)).toBe(totalOf(yesterday))
      }),
    )
  })

  it('show a span that holds every punch and the present, and is never too narrow to read', () => {
    fc.assert(
      fc.property(slices, fc.integer({ min: 0, max: 1439 }), (today, now) => {
        const { from, to } = liveSpan(today, now)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(1440)
        expect(to - from).toBeGreaterThanOrEqual(360)
        expect(from <= now && now < to).toBe(true)
        for (const each of today)
          if (each.In + each.Out + each.Other > 0) expect(each.Minute).toBeLessThan(to)
      }),
    )
  })

  it('count up to a minute, for "by now yesterday"', () => {
    expect(totalOf([slice(0, 1), slice(480, 2, 3), slice(485, 4)], 485)).toBe(6)
  })

  it('are as fine as the width allows', () => {
    expect(sliceStep(360, 800)).toBe(5)
    expect(sliceStep(1440, 735)).toBe(5)
    expect(sliceStep(1440, 400)).toBe(10)
    expect(sliceStep(1440, 100)).toBe(60)
  })

  it('can be counted from rows, by the key pressed', () => {
    const row = (AttendanceLog: string, Direction: string) => ({ AttendanceLog, Direction })
    const counted = slicesFromRows(
      [
        row('2026-11-23 08:04:59', 'CheckIn'),
        row('2026-11-23 08:03:00', 'BreakOut'),
        row('2026-11-23 08:05:00', 'None'),
      ],
      5,
    )
    expect(counted).toEqual([slice(480, 1, 1, 0), slice(485, 0, 0, 1)])
  })
})

describe('what is usual', () => {
  const day = (at8: number, at805: number) =>
    Array.from({ length: 288 }, (_, place) => (place === 96 ? at8 : place === 97 ? at805 : 0))

  it('is the fewest and the most of the earlier days, in slices as wide as those drawn', () => {
    const days = [day(4, 1), day(2, 9), day(3, 3)]
    const narrow = withUsual(chartSlices([], [], { from: 480, to: 490, step: 5 }), days, 5)
    expect(narrow.map(row => row.usual)).toEqual([
      [2, 4],
      [1, 9],
    ])
    const wide = withUsual(chartSlices([], [], { from: 480, to: 490, step: 10 }), days, 10)
    expect(wide.map(row => row.usual)).toEqual([[5, 11]])
  })

  it('is not drawn where nobody knows it', () => {
    expect(withUsual(chartSlices([], [], { from: 480, to: 485, step: 5 }), [], 5)[0]).not.toHaveProperty(
      'usual',
    )
  })
})
