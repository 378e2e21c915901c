import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { encodeVerificationReply, parseVerificationRequest } from './remote-verification.ts'

describe('parseVerificationRequest', () => {
  it('reads who asks to be let in where (A33)', () => {
    expect(parseVerificationRequest(bodyOf(accessVectors.A33))).toEqual({
      record: accessVectors.A33.body,
      time: { local: '2026-09-15 15:35:43' },
      pin: '1001',
      card: null,
      addressType: 'door',
      address: 1,
      event: 0,
      direction: 'in',
      verify: 1,
    })
  })

  it.each([
    ['', 'empty'],
    ['pin=1', 'bad-time'],
    ['time=2026-09-15 15:35:43\tpin=\x01', 'bad-pin'],
    ['time=2026-09-15 15:35:43\tpin=1\rx', 'control-character'],
    ['time=2026-09-15 15:35:43\tpin=1\x00x', 'control-character'],
  ])('refuses %j', (text, reason) => {
    expect(parseVerificationRequest(bytesOf(text))).toBe(reason)
  })

  it('answers any bytes with a request that can be echoed, or a reason', () => {
    const text = fc
      .array(fc.constantFrom('time=2026-08-10 09:00:00', 'pin=', '1', '\t', '\n', '\r', '\x00', '\xff'))
      .map(pieces => bytesOf(pieces.join('')))
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array()), body => {
        const request = parseVerificationRequest(body)
        if (typeof request === 'string') return
        expect(encodeVerificationReply(request.record, { answer: 'FAILED' }).split('\r\n')).toHaveLength(3)
      }),
    )
  })
})

describe('encodeVerificationReply', () => {
  const record = accessVectors.A33.body

  it('echoes the record and opens the door (A33)', () => {
    expect(
      encodeVerificationReply(record, {
        answer: 'SUCCESS',
        control: { kind: 'door.open', door: 1, seconds: 5 },
      }),
    ).toBe(accessVectors.A33.reply)
  })

  it('opens nothing where the answer is no', () => {
    for (const answer of ['FAILED', 'TIMEOUT'] as const) {
      expect(encodeVerificationReply(record, { answer })).toBe(`AUTH=${answer}\r\n${record}\r\n`)
    }
  })

  it('shows a text on the terminal, and lets it be no other line', () => {
    expect(encodeVerificationReply('a', { answer: 'FAILED', tips: 'Ask the desk' })).toBe(
      'AUTH=FAILED\r\na\r\n\r\nTIPS=Ask the desk',
    )
    const tips = 'x\r\nCONTROL DEVICE 01010105'
    expect(() => encodeVerificationReply('a', { answer: 'FAILED', tips })).toThrow(UnsafeFieldError)
    expect(() => encodeVerificationReply(tips, { answer: 'FAILED' })).toThrow(UnsafeFieldError)
  })
})
