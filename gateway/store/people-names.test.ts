import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstAndLast } from './people-names.ts'

describe('the name a terminal writes, as first and last name', () => {
  it.each([
    ['Asha Rao', 'Asha', 'Rao'],
    ['Asha Devi Rao', 'Asha', 'Devi Rao'],
    ['Asha', 'Asha', ''],
    ['', '', ''],
    ['  Asha Rao ', 'Asha', 'Rao'],
    ['A=B  (C)', 'A=B ', '(C)'],
    ['张\u3000伟', '张\u3000伟', ''],
  ])('%j is %j and %j', (name, first, last) => {
    expect(firstAndLast(name)).toEqual({ first, last })
  })

  it('makes the same name again when the two are joined', () => {
    const names = fc.array(fc.constantFrom('A', 'Rao', ' ', '  ', '\u00a0', '='), { maxLength: 9 })
    fc.assert(
      fc.property(names, parts => {
        const { first, last } = firstAndLast(parts.join(''))
        expect([first, last].filter(Boolean).join(' ')).toBe(parts.join('').trim())
        expect(`${first} ${last}`.trim()).toBe(parts.join('').trim())
      }),
    )
  })
})
