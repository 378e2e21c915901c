import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors } from '../fixtures/vectors.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { encodeHandshake, encodeTimeReply, encodeTimeZone } from './handshake.ts'

const BASE = { sn: 'TESTATT00001', timeZoneOffsetMinutes: 330, delaySeconds: 10, errorDelaySeconds: 30 }

describe('encodeHandshake', () => {
  it('writes the block byte for byte (T01)', () => {
    expect(encodeHandshake(BASE)).toBe(attendanceVectors.T01.reply)
  })

  it('echoes stamps, and ends every line with LF', () => {
    const block = encodeHandshake({
      ...BASE,
      stamps: { attlog: '858353743', biodata: '0' },
      further: [['SupportPing', '1']],
    })
    expect(block).toContain(
      '\nATTLOGStamp=858353743\nOPERLOGStamp=9999\nATTPHOTOStamp=9999\nBIODATAStamp=0\n',
    )
    expect(block.endsWith('\nSupportPing=1\n')).toBe(true)
  })

  it('tells what to upload in words, in words parted by spaces, or in bits', () => {
    expect(encodeHandshake({ ...BASE, transFlag: 'spaced' })).toBe(
      attendanceVectors.T01.reply.replace(/TransFlag=.*/, line => line.replaceAll('\t', ' ')),
    )
    expect(encodeHandshake({ ...BASE, transFlag: 'bits' })).toContain('\nTransFlag=111110111101\n')
  })

  it('is short where no longer block is taken: no version to negotiate, nothing further', () => {
    const short = encodeHandshake({ ...BASE, isShort: true, further: [['SupportPing', '1']] })
    expect(`${short}PushProtVer=2.3.0\n`).toBe(attendanceVectors.T01.reply)
  })

  it('lets no stamp of a terminal start another line', () => {
    expect(() => encodeHandshake({ ...BASE, stamps: { attlog: '1\nICLOCKSVRURL=x' } })).toThrow(
      UnsafeFieldError,
    )
    expect(() => encodeHandshake({ ...BASE, further: [['A\n', 'x']] })).toThrow(UnsafeFieldError)
  })
})

describe('encodeTimeZone', () => {
  it.each([
    [0, '0'],
    [330, '330'],
    [345, '345'],
    [-210, '-210'],
    [-300, '-5'],
    [480, '8'],
    [660, '11'],
    [720, '720'],
    [780, '780'],
    [-720, '-720'],
    [-0, '0'],
  ])('writes %d minutes as %s (C5)', (minutes, text) => {
    expect(encodeTimeZone(minutes)).toBe(text)
  })

  it('is read back alike by firmware with either threshold', () => {
    fc.assert(
      fc.property(fc.integer({ min: -48, max: 56 }), quarters => {
        const value = Number(encodeTimeZone(quarters * 15))
        // No zone lies a quarter of an hour from UTC, the one distance the two thresholds read differently.
        fc.pre(Math.abs(quarters) >= 2 || quarters === 0)
        expect(Math.abs(value) < 12 ? value * 60 : value).toBe(quarters * 15)
        expect(Math.abs(value) < 25 ? value * 60 : value).toBe(quarters * 15)
      }),
    )
  })
})

describe('encodeTimeReply', () => {
  it('writes wall clock and offset (T55)', () => {
    const epochSeconds = Date.UTC(2026, 8, 15, 10, 5, 43) / 1000
    expect(encodeTimeReply({ epochSeconds, offsetMinutes: 330 })).toBe(attendanceVectors.T55.reply)
    expect(encodeTimeReply({ epochSeconds, offsetMinutes: -210 })).toBe('Time=2026-09-15T06:35:43-03:30')
  })
})
