import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Interval, total, union, within, without } from './intervals.ts'

const intervals = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 20 })).map(([from, length]) => ({
    from,
    to: from + length,
  })),
  { maxLength: 12 },
)
/** Which of the first hundred moments are covered. */
const moments = (list: readonly Interval[]) =>
  Array.from({ length: 100 }, (_, at) => list.some(({ from, to }) => at >= from && at < to))

it('joining changes no moment and leaves no overlap', () => {
  fc.assert(
    fc.property(intervals, list => {
      const joined = union(list)
      expect(moments(joined)).toEqual(moments(list))
      joined.forEach(({ from }, index) => {
        if (index > 0) expect(from).toBeGreaterThan(joined[index - 1]?.to ?? 0)
      })
    }),
  )
})

it('taking away leaves exactly what was not taken', () => {
  fc.assert(
    fc.property(intervals, intervals, (list, taken) => {
      const gone = moments(taken)
      expect(moments(without(list, taken))).toEqual(
        moments(list).map((covered, at) => covered && gone[at] !== true),
      )
    }),
  )
})

it('bounds cut off what lies outside, and the total counts a moment once', () => {
  fc.assert(
    fc.property(intervals, list => {
      const bounds = { from: 10, to: 40 }
      const cut = within(list, bounds)
      expect(moments(cut)).toEqual(moments(list).map((covered, at) => covered && at >= 10 && at < 40))
      expect(total(cut)).toBe(moments(cut).filter(Boolean).length)
    }),
  )
})
