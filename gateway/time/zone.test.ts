import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { shiftDay } from './zone.ts'

describe('shifting a day', () => {
  it('goes over the ends of months, leap years and the ends of what four digits can say', () => {
    expect(shiftDay('2024-02-28', 1)).toBe('2024-02-29')
    expect(shiftDay('2023-02-28', 1)).toBe('2023-03-01')
    expect(shiftDay('2000-03-01', -1)).toBe('2000-02-29')
    expect(shiftDay('1900-03-01', -1)).toBe('1900-02-28')
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01')
    expect(shiftDay('9999-12-31', 1)).toBe('+010000-01-01')
    expect(shiftDay('0001-01-01', -1)).toBe('0000-12-31')
  })

  it('says the same as the calendar of the language, whatever day', () => {
    const day = fc
      .integer({ min: -720_000, max: 2_900_000 })
      .map(days => Temporal.PlainDate.from('1970-01-01').add({ days }).toString())
    fc.assert(
      fc.property(day, fc.integer({ min: -400_000, max: 400_000 }), (from, days) => {
        expect(shiftDay(from, days)).toBe(Temporal.PlainDate.from(from).add({ days }).toString())
      }),
      { numRuns: 2000 },
    )
  })

  it('refuses what is no day', () => {
    for (const text of ['2026-02-30', '2026-13-01', '2026-00-10', '2026-04-31', '', 'today', '2026-1-1'])
      expect(() => shiftDay(text, 1)).toThrow(RangeError)
  })
})
