import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors, bodyOf, bytesOf } from './fixtures/vectors.ts'
import { countLines, decodeText, splitLines, trimField } from './text.ts'

describe('splitLines', () => {
  it('cuts at LF and CRLF and numbers lines from one, empty ones included', () => {
    const lines = splitLines(bytesOf('a\r\n\n \t\nb\n'))
    expect(lines.map(({ line, text }) => [line, text])).toEqual([
      [1, 'a'],
      [4, 'b'],
    ])
  })

  it('drops trailing CR, NUL and spaces and keeps trailing TABs, which are columns', () => {
    expect(splitLines(bytesOf('a\tb\t \r\n\x00')).map(line => line.text)).toEqual(['a\tb\t'])
  })

  it('keeps the raw bytes of each line', () => {
    expect(splitLines(bytesOf('x\r\n\xff\xfe\n')).map(line => [...line.bytes])).toEqual([
      [0x78, 0x0d],
      [0xff, 0xfe],
    ])
  })

  it('reads each line by its own charset, so one bad name spoils no other line', () => {
    const body = bytesOf('plain\n\xd5\xc5\xce\xb0\n\xe6\x9d\x8e\n')
    expect(splitLines(body, { charset: 'gbk' }).map(({ text, decoding }) => [text, decoding])).toEqual([
      ['plain', 'utf-8'],
      ['张伟', 'profile'],
      ['李', 'utf-8'],
    ])
    expect(splitLines(body)[1]?.decoding).toBe('replaced')
  })

  it('takes UTF-8 by chance for what it is in a charset of the Far East, and for itself in all others', () => {
    const chance = bytesOf('\xc4\xa3\xcf\xb2')
    const decoded = (charset?: string) => decodeText(chance, { charset })
    expect(decoded('gbk')).toEqual({ text: '模喜', decoding: 'profile' })
    expect(decoded('windows-1256')).toEqual({ text: 'ģϲ', decoding: 'utf-8' })
    expect(decoded()).toEqual({ text: 'ģϲ', decoding: 'utf-8' })
  })

  it('does not let a byte order mark into the first field', () => {
    expect(splitLines(bytesOf('\xef\xbb\xbf1\t2')).map(line => line.text)).toEqual(['1\t2'])
    expect(splitLines(bytesOf('\xef\xbb\xbf1\xc3\xa9')).map(line => line.text)).toEqual(['1é'])
  })

  it('returns as many lines as countLines counts, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), body => {
        expect(splitLines(body)).toHaveLength(countLines(body))
      }),
    )
  })

  it('counts the lines of a table nobody knows (T24)', () => {
    expect(countLines(bodyOf(attendanceVectors.T24))).toBe(2)
  })
})

describe('decodeText', () => {
  it('treats an unknown charset as none', () => {
    expect(decodeText(bytesOf('\xff'), { charset: 'no-such-charset' })).toEqual({
      text: '\ufffd',
      decoding: 'replaced',
    })
  })

  it('reads Windows-1256 when the profile says so', () => {
    expect(decodeText(bytesOf('\xe3\xcd\xe3\xcf'), { charset: 'windows-1256' }).text).toBe('محمد')
  })
})

describe('trimField', () => {
  it('removes what terminals leave at the ends and nothing inside', () => {
    expect(trimField(' \ta b\x00\r\n')).toBe('a b')
    expect(trimField('\x00')).toBe('')
  })
})
