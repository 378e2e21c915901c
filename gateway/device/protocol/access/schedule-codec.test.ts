import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFields } from '../attendance/operlog-rows.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import {
  decodeInterval,
  decodeSchedule,
  encodeInterval,
  encodeSchedule,
  type ScheduleDay,
  type TimeWindow,
} from './schedule-codec.ts'

const DAYS: readonly ScheduleDay[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Holiday1',
  'Holiday2',
  'Holiday3',
]

function toClock(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Fields as a terminal would send them back. */
function sentBack(fields: ReadonlyArray<readonly [string, string]>): ReadonlyMap<string, string> {
  return readFields(fields.map(([key, value]) => `${key}=${value}`).join('\t'))
}

describe('encodeInterval', () => {
  it.each([
    ['00:00', '23:59', 2359, 0x00000937],
    ['08:30', '12:00', 54396080, 0x033e04b0],
    ['10:00', '11:00', 65537100, 0x03e8044c],
    ['22:00', '23:59', 144181559, 0x08980937],
    ['00:01', '00:03', 65539, 0x00010003],
  ])('writes %s to %s as %d and reads it back (C2)', (start, end, decimal, hex) => {
    expect(encodeInterval(start, end)).toBe(decimal)
    expect(decimal).toBe(hex)
    expect(decodeInterval(decimal)).toEqual({ start, end })
  })

  it.each([
    ['00:00', '00:00'],
    ['22:00', '06:00'],
    ['8:30', '12:00'],
    ['08:30', '24:00'],
    ['08:60', '09:00'],
    ['', ''],
  ])('refuses %j to %j', (start, end) => {
    expect(() => encodeInterval(start, end)).toThrow(UnsafeFieldError)
  })

  it('reads no window from 0, from times that are none and from an end before the start', () => {
    for (const encoded of [0, 2400, 60, 0x033e033d, -1, 2 ** 40, 1.5, Number.NaN]) {
      expect(decodeInterval(encoded)).toBeNull()
    }
  })
})

describe('encodeSchedule', () => {
  it('always writes all thirty slots, unused ones 0', () => {
    const fields = encodeSchedule(2, [
      { day: 'Monday', start: '10:00', end: '11:00' },
      { day: 'Monday', start: '00:01', end: '00:03' },
      { day: 'Holiday3', start: '00:00', end: '23:59' },
    ])
    expect(fields).toHaveLength(31)
    expect(fields.filter(([, value]) => value !== '0')).toEqual([
      ['TimezoneId', '2'],
      ['MonTime1', '65539'],
      ['MonTime2', '65537100'],
      ['Hol3Time1', '2359'],
    ])
  })

  it('refuses a fourth window on a day, and ids that are none', () => {
    const window: TimeWindow = { day: 'Friday', start: '08:00', end: '09:00' }
    expect(encodeSchedule(1, [window, window, window])).toHaveLength(31)
    expect(() => encodeSchedule(1, [window, window, window, window])).toThrow(UnsafeFieldError)
    for (const id of [0, -1, 1.5, Number.NaN]) expect(() => encodeSchedule(id, [])).toThrow(UnsafeFieldError)
  })
})

describe('decodeSchedule', () => {
  it('names the slots it could not read', () => {
    expect(
      decodeSchedule(
        sentBack([
          ['TimezoneId', '1'],
          ['SunTime1', '2400'],
          ['MonTime2', 'x'],
        ]),
      ),
    ).toEqual({
      id: 1,
      windows: [],
      problems: ['SunTime1', 'MonTime2'],
    })
    expect(decodeSchedule(sentBack([['SunTime1', '2359']]))).toBeNull()
  })

  it('gives any week back as it was', () => {
    const window = fc
      .record({
        day: fc.constantFrom(...DAYS),
        from: fc.nat(1438),
        length: fc.integer({ min: 1, max: 1439 }),
      })
      .map(({ day, from, length }) => ({
        day,
        start: toClock(from),
        end: toClock(Math.min(from + length, 1439)),
      }))
    fc.assert(
      fc.property(fc.array(window, { maxLength: 10 }), fc.integer({ min: 1, max: 9999 }), (windows, id) => {
        const taken = DAYS.flatMap(day =>
          windows
            .filter(one => one.day === day)
            .slice(0, 3)
            .sort((a, b) => encodeInterval(a.start, a.end) - encodeInterval(b.start, b.end)),
        )
        expect(decodeSchedule(sentBack(encodeSchedule(id, taken)))).toEqual({
          id,
          windows: taken,
          problems: [],
        })
      }),
    )
  })
})
