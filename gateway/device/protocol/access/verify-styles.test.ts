import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessVectors, bodyOf } from '../fixtures/vectors.ts'
import { parseAccessEvents } from './rtlog.ts'
import { accessInputTypeOf, combinationOf, decodeVerifyBits, readVerify } from './verify-styles.ts'

describe('decodeVerifyBits', () => {
  it('reads card AND password AND face from the right (A10)', () => {
    const [event] = parseAccessEvents(bodyOf(accessVectors.A10)).events
    expect(decodeVerifyBits(String(event?.verify))).toEqual({
      all: true,
      methods: ['face', 'password', 'card'],
    })
  })

  it('reads a single method and the list a terminal supports', () => {
    expect(decodeVerifyBits('0000000000000010')).toEqual({ all: false, methods: ['face'] })
    expect(decodeVerifyBits('0000111000011010')?.methods).toEqual([
      'face',
      'palm vein',
      'fingerprint',
      'password',
      'user ID',
      'card',
    ])
    expect(decodeVerifyBits('1001000000000000')?.methods).toEqual(['QR code', 'method 15'])
  })

  it.each(['', '15', '000000000000001', '00000000000000010', '0000000000000002'])('refuses %j', text => {
    expect(decodeVerifyBits(text)).toBeNull()
  })
})

describe('combinationOf', () => {
  it.each([
    ['0000101000000011', 'face + password + card'],
    ['0000000000010010', 'face or fingerprint'],
    ['0000000000000010', null],
    ['0000000000000000', null],
    [6, 'fingerprint or card'],
    [16, 'face + fingerprint'],
    [15, null],
    [200, null],
    [7777, null],
    [null, null],
  ])('of %j is %j', (verify, words) => {
    expect(combinationOf(verify)).toBe(words)
  })
})

describe('readVerify', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['x', null],
    ['15', 15],
    [' 200 ', 200],
    ['0000000000000010', '0000000000000010'],
    ['1111111111111111', '1111111111111111'],
  ])('reads %j as %j', (text, verify) => {
    expect(readVerify(text)).toBe(verify)
  })

  it('answers any text', () => {
    fc.assert(fc.property(fc.string(), text => void accessInputTypeOf(readVerify(text))))
  })
})

describe('accessInputTypeOf', () => {
  it.each([
    [null, null, null],
    [15, 'Face', 'face'],
    [4, 'Card', 'card'],
    [200, 'Others', 'other'],
    [77, null, 'code 77'],
    ['0000101000000011', 'Face', 'face + password + card'],
    ['0000101000000000', 'Card', 'password or card'],
    ['0000001000000000', 'Password', 'password'],
    ['0000010000000000', 'Others', 'user ID'],
    ['0000000000001010', 'Face', 'face or palm vein'],
    ['0000000000000001', null, null],
  ])('takes %j for %j, shown as %j', (verify, inputType, label) => {
    expect(accessInputTypeOf(verify)).toEqual({ inputType, label })
  })
})
