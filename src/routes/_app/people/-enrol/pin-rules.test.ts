import { describe, expect, it } from 'vitest'
import { judgePin } from './pin-rules.ts'

const rules = { digitsMin: 4, code: '2718' }

describe('a keypad code', () => {
  it.each([
    ['12', 'digits'],
    ['123456789', 'digits'],
    ['12a4', 'digits'],
    ['7777', 'same'],
    ['1234', 'row'],
    ['98765', 'row'],
    ['2718', 'code'],
  ])('%s is refused: %s', (pin, fault) => {
    expect(judgePin(pin, pin, rules)).toBe(fault)
  })

  it('has to be typed twice alike, and is then taken', () => {
    expect(judgePin('4072', '4073', rules)).toBe('differs')
    expect(judgePin('4072', '4072', rules)).toBeNull()
  })
})
