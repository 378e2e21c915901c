import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRing } from './ring.ts'

describe('the ring', () => {
  it('gives everything after a number, or says that some of it is gone: never a part', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.nat(60),
        fc.integer({ min: -2, max: 70 }),
        (size, pushes, from) => {
          const ring = createRing<number>(size)
          for (let at = 1; at <= pushes; at++) expect(ring.push(at * 10)).toBe(at)
          const given = ring.after(from)
          if (from > pushes || from < pushes - size || from < 0) return
          const numbers = Array.from({ length: pushes - from }, (_, at) => from + at + 1)
          expect(given).toEqual(numbers.map(number => ({ number, entry: number * 10 })))
        },
      ),
    )
  })

  it('does not know numbers it has not given out', () => {
    const ring = createRing<string>(3)
    ring.push('a')
    expect(ring.after(2)).toBeNull()
    expect(ring.after(-5)).toBeNull()
    expect(ring.after(1)).toEqual([])
  })
})
