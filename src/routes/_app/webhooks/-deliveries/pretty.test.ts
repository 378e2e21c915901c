import { describe, expect, it } from 'vitest'
import { pretty } from './pretty.ts'

describe('text of a message', () => {
  it('is laid out when it is JSON or a form, and left alone when it is neither', () => {
    expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}')
    expect(pretty('stgid=SN1&userid=2001')).toBe('stgid=SN1\n&userid=2001')
    expect(pretty('oops, broken')).toBe('oops, broken')
  })
})
