import { describe, expect, it } from 'vitest'
import { dayRange, shiftDay } from './day.ts'

const today = '2026-11-24'

describe('days', () => {
  it('shift over months and leap days', () => {
    expect(shiftDay('2028-03-01', -1)).toBe('2028-02-29')
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01')
  })

  it('are today where nothing is asked', () => {
    expect(dayRange({}, today)).toEqual({ from: today, to: today })
  })

  it('run up to today from a first day, and are one day for a last day alone', () => {
    expect(dayRange({ from: '2026-11-20' }, today)).toEqual({ from: '2026-11-20', to: today })
    expect(dayRange({ to: '2026-11-20' }, today)).toEqual({ from: '2026-11-20', to: '2026-11-20' })
  })

  it('are turned when they came the wrong way round', () => {
    expect(dayRange({ from: '2026-11-22', to: '2026-11-20' }, today)).toEqual({
      from: '2026-11-20',
      to: '2026-11-22',
    })
  })
})
