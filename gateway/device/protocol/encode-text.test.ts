import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeText } from './encode-text.ts'

const samples = {
  gbk: '张伟 Zhang',
  big5: '陳大文',
  shift_jis: '山田ﾀﾛｳ',
  'euc-kr': '김철수',
  'windows-1251': 'Алексей',
  'windows-1252': 'José Müller €',
  'windows-1254': 'Şahin İğdır',
  'windows-1256': 'محمد',
  'windows-874': 'สมชาย',
} as const

describe('encodeText', () => {
  it.each(Object.entries(samples))('is read back by the decoder of %s', (charset, text) => {
    const bytes = encodeText(text, charset)
    expect(new TextDecoder(charset, { fatal: true }).decode(bytes ?? new Uint8Array())).toBe(text)
  })

  it('writes the bytes a terminal in Chinese writes itself (T35)', () => {
    expect(encodeText('Name=张伟\tPri=0', 'gbk')).toEqual(
      new Uint8Array([...Buffer.from('Name='), 0xd5, 0xc5, 0xce, 0xb0, ...Buffer.from('\tPri=0')]),
    )
  })

  it('puts a question mark for what the charset has no sign for, and knows no charset of that name', () => {
    expect(encodeText('a😀م', 'gbk')).toEqual(new Uint8Array(Buffer.from('a??')))
    expect(encodeText('a', 'ebcdic')).toBeNull()
  })

  it('makes no line, field or end of any text that had none', () => {
    const charset = fc.constantFrom(...Object.keys(samples))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), charset, (text, label) => {
        const harmless = text.replace(/[\t\n\r\0=]/g, '')
        const bytes = [...(encodeText(harmless, label) ?? [])]
        expect(bytes.filter(byte => [0, 9, 10, 13, 61].includes(byte))).toEqual([])
      }),
    )
  })
})
