import { describe, expect, it } from 'vitest'
import {
  biometricTypeName,
  doorFactOf,
  inputTypeOf,
  languageName,
  operationName,
  punchTypeOf,
  returnCodeMeaning,
} from './codes.ts'

describe('punchTypeOf', () => {
  it('names the six states and guesses at no other', () => {
    expect([0, 1, 2, 3, 4, 5].map(punchTypeOf)).toEqual([
      'CheckIn',
      'CheckOut',
      'BreakOut',
      'BreakIn',
      'OverTimeIn',
      'OverTimeOut',
    ])
    expect([255, -1, 99, null].map(punchTypeOf)).toEqual([null, null, null, null])
  })
})

describe('inputTypeOf', () => {
  it.each([
    [1, 'Fingerprint', 'fingerprint'],
    [3, 'Password', 'password'],
    [4, 'Card', 'card'],
    [10, 'Fingerprint', 'card + fingerprint'],
    [15, 'Face', 'face'],
    [19, 'Face', 'face + fingerprint + card'],
    [21, 'FingerVein', 'finger vein'],
    [25, 'Palm', 'palm'],
    [200, 'Others', 'other'],
    [77, null, 'code 77'],
    [null, null, null],
  ])('reads code %j as %j', (code, inputType, label) => {
    expect(inputTypeOf(code)).toEqual({ inputType, label })
  })

  it('reads older terminals by their own table', () => {
    expect(inputTypeOf(0, 'tft').inputType).toBe('Password')
    expect(inputTypeOf(2, 'tft').inputType).toBe('Card')
    expect(inputTypeOf(15, 'tft')).toEqual({ inputType: null, label: 'code 15' })
  })
})

describe('doorFactOf', () => {
  it('finds the code in either object of an alarm row and in no other row', () => {
    expect(doorFactOf(3, ['1', '54', '0', '0'])).toBe('door-forced')
    expect(doorFactOf(3, ['51', '0', '0', '0'])).toBe('door-open')
    expect(doorFactOf(3, [null, null])).toBeNull()
    expect(doorFactOf(70, ['51', '0'])).toBeNull()
  })
})

describe('names', () => {
  it('says what is known and shows the number of what is not', () => {
    expect(operationName(70)).toBe('user name changed')
    expect(operationName(250)).toBe('operation 250')
    expect(returnCodeMeaning(0)).toBe('done')
    expect(returnCodeMeaning(-1002)).toBe('not supported')
    expect(returnCodeMeaning(-777)).toBe('code -777')
    expect(returnCodeMeaning(636)).toBe('done, size 636')
    expect(languageName(69)).toBe('English')
    expect(languageName(1)).toBeNull()
    expect(biometricTypeName(9)).toBe('visible-light face')
    expect(biometricTypeName(42)).toBe('type 42')
  })
})
