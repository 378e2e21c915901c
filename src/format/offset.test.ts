import { describe, expect, it } from 'vitest'
import { dayStart, offsetText, readOffset, zoneOffset } from './offset.ts'

const summer = Date.parse('2026-07-01T12:00:00Z')
const winter = Date.parse('2026-12-01T12:00:00Z')

describe('offsets', () => {
  it('are read as terminals are told them and as browsers write them', () => {
    expect(['GMT +0530', 'GMT-03:30', 'UTC', 'GMT +0000', 'GMT −0200'].map(readOffset)).toEqual([
      330, -210, 0, 0, -120,
    ])
    expect(['', 'IST', '+0530', 'GMT +5'].map(readOffset)).toEqual([null, null, null, null])
  })

  it('follow daylight saving, and an unknown zone has none', () => {
    expect([zoneOffset('Europe/Lisbon', summer), zoneOffset('Europe/Lisbon', winter)]).toEqual([60, 0])
    expect(zoneOffset('Asia/Kolkata', winter)).toBe(330)
    expect(zoneOffset('Mars/Base', winter)).toBeNull()
  })

  it('are shown with sign, hours and minutes', () => {
    expect([330, 0, -210].map(offsetText)).toEqual(['UTC+05:30', 'UTC+00:00', 'UTC−03:30'])
  })
})

describe('the start of a day', () => {
  it('is midnight on the wall of the zone, on both sides of a change of daylight saving', () => {
    expect(new Date(dayStart('2026-12-01', 'Asia/Kolkata')).toISOString()).toBe('2026-11-30T18:30:00.000Z')
    expect(new Date(dayStart('2026-03-29', 'Europe/Lisbon')).toISOString()).toBe('2026-03-29T00:00:00.000Z')
    expect(new Date(dayStart('2026-03-30', 'Europe/Lisbon')).toISOString()).toBe('2026-03-29T23:00:00.000Z')
  })
})
