import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact, redactText } from './redact.ts'

describe('redaction', () => {
  it('hides what the operation says and what is always secret, at any depth and in any letter case', () => {
    const input = {
      EmployeeCode: '0042',
      password: '1234',
      SecurityKey: 'whsec_x',
      CallbackToken: 't',
      Template: { Data: 'AAAA' },
      Nested: [{ Photo: { Data: 'AAAA' }, Kept: 1 }],
      cardNUMBER: '77',
      Special: 'hide me',
    }
    expect(JSON.parse(redact(input, ['special']))).toEqual({
      EmployeeCode: '0042',
      password: '[hidden]',
      SecurityKey: '[hidden]',
      CallbackToken: '[hidden]',
      Template: '[hidden]',
      Nested: [{ Photo: '[hidden]', Kept: 1 }],
      cardNUMBER: '[hidden]',
      Special: '[hidden]',
    })
  })

  it('keeps an address but not what it carries', () => {
    const address = 'https://user:pass@hooks.example/a/b?db=main&sig=abcdef#frag'
    expect(redactText(address)).toBe('https://hooks.example/a/b?db=[hidden]&sig=[hidden]')
    expect(redactText('https://[broken')).toBe('[hidden]')
  })

  it('never grows without end and is always JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), input => {
        const text = redact(input)
        expect(text.length).toBeLessThanOrEqual(20_000)
        expect(() => JSON.parse(text)).not.toThrow()
      }),
    )
    expect(JSON.parse(redact({ List: Array.from({ length: 200 }, (_, at) => at) })).List).toHaveLength(51)
    expect(redact({ Long: 'x'.repeat(5000) }).length).toBeLessThan(400)
  })
})
