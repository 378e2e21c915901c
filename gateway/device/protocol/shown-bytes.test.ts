import { describe, expect, it } from 'vitest'
import { showBytes } from './shown-bytes.ts'

const show = (text: string) => showBytes(Buffer.from(text, 'latin1'))

describe('bytes shown to a person', () => {
  it('are ASCII, with everything else escaped so that nothing is lost or acts', () => {
    expect(show('1\t2026-13-45\t<b>\\\r\n\x00\xd5\xc5')).toBe('1\\t2026-13-45\\t<b>\\\\\\r\\n\\x00\\xd5\\xc5')
  })

  it.each([
    ['USER PIN=\tName=A\tPasswd=1234\tCard=5', 'USER PIN=\\tName=A\\tPasswd=[left out]\\tCard=5'],
    ['USER PIN= Password = 12 34 Card=5', 'USER PIN= Password =[left out]'],
    ['FP PIN=\tTMP=abcd==\tValid=1', 'FP PIN=\\tTMP=[left out]\\tValid=1'],
    ['BIOPHOTO PIN=\tContent=/9j/4AAQ', 'BIOPHOTO PIN=\\tContent=[left out]'],
    ['ID=1&PWD=99\nID=2', 'ID=1&PWD=[left out]\\nID=2'],
  ])('never hold a password or a template: %j', (line, shown) => {
    expect(show(line)).toBe(shown)
  })

  it('never hold a long run of base64, whatever it is called', () => {
    expect(show(`X=1\tY=${'Ab3/'.repeat(40)}==\tZ=2`)).toBe('X=1\\tY=[left out]\\tZ=2')
  })

  it('stay short', () => {
    expect(show('a b '.repeat(5000))).toHaveLength(2003)
    expect(showBytes(Buffer.alloc(3_000_000, 0x20)).endsWith('...')).toBe(true)
  })
})
