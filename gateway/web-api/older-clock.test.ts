import { describe, expect, it } from 'vitest'
import { readStatedTime, wallClockOf, wallClockSeconds, writeUtc } from './older-clock.ts'

describe('clocks of the older forms', () => {
  it.each([
    ['2026-03-02 09:00:00 GMT +0530', '2026-03-02 09:00:00', '2026-03-02T03:30:00Z'],
    ['2026-03-02 09:00:00 GMT -0330', '2026-03-02 09:00:00', '2026-03-02T12:30:00Z'],
    ['2026-03-02T09:00:00+05:30', '2026-03-02 09:00:00', '2026-03-02T03:30:00Z'],
    ['2026-03-02 09:00 GMT +0000', '2026-03-02 09:00', '2026-03-02T09:00:00Z'],
    ['2026-03-02 09:00:00 IST', '2026-03-02 09:00:00', null],
    ['2026-03-02 09:00:00', '2026-03-02 09:00:00', null],
    ['2026-03-02', '2026-03-02', null],
    [' 2026-03-02 00:00:00 GMT +0530 ', '2026-03-02 00:00:00', '2026-03-01T18:30:00Z'],
  ])('reads %s', (text, local, instant) => {
    expect(readStatedTime(text)).toEqual({ local, instant: instant === null ? null : Date.parse(instant) })
  })

  it('reads no time in what is none, and leaves dates that do not exist to the operation', () => {
    for (const text of ['', 'yesterday', '02/03/2026', '1772421000']) expect(readStatedTime(text)).toBeNull()
    expect(readStatedTime('2026-13-45 09:00:00 GMT +0530')).toEqual({
      local: '2026-13-45 09:00:00',
      instant: null,
    })
  })

  it('writes UTC the way Time has it', () => {
    expect(writeUtc('2026-03-02T03:28:44.123Z')).toBe('2026-03-02 03:28:44 GMT +0000')
  })

  it('goes from wall clock to seconds and back, with or without the offset behind it', () => {
    const seconds = wallClockSeconds('2026-03-02 08:58:41 GMT +0530')
    expect(seconds).toBe(wallClockSeconds('2026-03-02 08:58:41'))
    expect(wallClockOf(seconds)).toBe('2026-03-02 08:58:41')
  })
})
