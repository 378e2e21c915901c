import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  daysInMonth,
  decodeEncodedTime,
  encodeEncodedTime,
  isImplausibleTime,
  parseCompactTime,
  parseDeviceTime,
} from './device-time.ts'
import { codecTables } from './fixtures/vectors.ts'

const ENCODED = codecTables.C1.times.map(({ local, encoded }) => [local, encoded] as const)
const RECEIVED = { local: '2026-08-10 12:00:00', epochSeconds: 1_786_343_400 }

const anyLocal = fc
  .record({
    year: fc.integer({ min: 2000, max: 2132 }),
    month: fc.integer({ min: 1, max: 12 }),
    dayPart: fc.nat({ max: 9999 }),
    seconds: fc.nat({ max: 86_399 }),
  })
  .map(({ year, month, dayPart, seconds }) => {
    const day = (dayPart % daysInMonth(year, month)) + 1
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    return `${year}-${two(month)}-${two(day)} ${parts.map(two).join(':')}`
  })

function two(value: number): string {
  return String(value).padStart(2, '0')
}

describe('parseDeviceTime', () => {
  it.each([
    ['2026-09-15 15:35:43', '2026-09-15 15:35:43'],
    ['2026-09-15T15:35:43', '2026-09-15 15:35:43'],
    ['2026/09/15 15:35:43', '2026-09-15 15:35:43'],
    ['2026-09-15 15:35', '2026-09-15 15:35:00'],
    ['2024-02-29 00:00:00', '2024-02-29 00:00:00'],
    ['1970-01-01 05:30:00', '1970-01-01 05:30:00'],
  ])('reads %s as wall clock', (text, local) => {
    expect(parseDeviceTime(text)).toEqual({ local })
  })

  it('reads nine or ten digits as an instant', () => {
    expect(parseDeviceTime('1704096000')).toEqual({ epochSeconds: 1704096000 })
    expect(parseDeviceTime('999999999')).toEqual({ epochSeconds: 999999999 })
  })

  it.each([
    '',
    'bad-ts',
    '2026-02-30 08:00:00',
    '2023-02-29 08:00:00',
    '1900-02-29 08:00:00',
    '2026-08-10 25:00:00',
    '2026-08-10 24:00:00',
    '2026-08-10 08:60:00',
    '2026-08-10 08:00:60',
    '2000-00-00 00:00:00',
    '0000-00-00 00:00:00',
    '0000-01-01 00:00:00',
    '2024-01-01 08:0',
    '2024-01-01 08:05:0',
    '2024-01-01',
    '2024-01/01 08:00:00',
    '2024-01-01 08:00:00Z',
    '20260810091500',
    '17040960ab',
    '-704096000',
  ])('never rolls %j over to another time', text => {
    expect(parseDeviceTime(text)).toBeNull()
  })

  it('gives every real time back as it was', () => {
    fc.assert(
      fc.property(anyLocal, local => {
        expect(parseDeviceTime(local)).toEqual({ local })
      }),
    )
  })

  it('answers any text', () => {
    fc.assert(fc.property(fc.string(), text => void parseDeviceTime(text)))
  })
})

describe('encoded time', () => {
  it.each(ENCODED)('writes %s as %d and reads it back', (local, encoded) => {
    expect(encodeEncodedTime(local)).toBe(encoded)
    expect(decodeEncodedTime(encoded)).toBe(local)
  })

  it('refuses slots of days that do not exist', () => {
    expect(decodeEncodedTime(840844800)).toBeNull()
    expect(decodeEncodedTime(-1)).toBeNull()
    expect(decodeEncodedTime(1.5)).toBeNull()
    expect(decodeEncodedTime(2 ** 32)).toBeNull()
    expect(encodeEncodedTime('1999-12-31 23:59:59')).toBeNull()
    expect(encodeEncodedTime('junk')).toBeNull()
  })

  it('round trips every time of its range', () => {
    fc.assert(
      fc.property(anyLocal, local => {
        expect(decodeEncodedTime(encodeEncodedTime(local) ?? -1)).toBe(local)
      }),
    )
  })
})

describe('isImplausibleTime', () => {
  it.each([
    [{ local: '2000-01-01 00:03:10' }, true],
    [{ local: '1970-01-01 05:30:00' }, true],
    [{ local: '2009-12-31 23:59:59' }, true],
    [{ local: '2010-01-01 00:00:00' }, false],
    [{ local: '2099-12-31 23:59:59' }, true],
    [{ local: '2026-08-11 12:00:00' }, false],
    [{ local: '2026-08-11 12:00:01' }, true],
    [{ epochSeconds: 1_200_000_000 }, true],
    [{ epochSeconds: RECEIVED.epochSeconds }, false],
    [{ epochSeconds: RECEIVED.epochSeconds + 86_401 }, true],
  ])('judges %j as %s', (time, expected) => {
    expect(isImplausibleTime(time, RECEIVED)).toBe(expected)
  })
})

describe('parseCompactTime', () => {
  it('reads the time inside photo names and nothing else', () => {
    expect(parseCompactTime('20260722143000')).toBe('2026-07-22 14:30:00')
    expect(parseCompactTime('20260230143000')).toBeNull()
    expect(parseCompactTime('2026072214300')).toBeNull()
  })
})
