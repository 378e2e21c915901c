import { describe, expect, it } from 'vitest'
import { toCsv } from './csv.ts'

const body = (cell: string) => toCsv(['a'], [[cell]]).split('\r\n')[1]

describe('a file for spreadsheets', () => {
  it('holds no formula, whatever somebody is called', () => {
    for (const start of ['=', '+', '-', '@', '\t', ' =', '＝']) expect(body(`${start}1`)).toBe(`"'${start}1"`)
    expect(toCsv(['a'], [['\r1']])).toContain('"\'\r1"')
  })

  it('keeps commas, quotes and lines inside their cell', () => {
    expect(toCsv(['a', 'b'], [['x,"y"', 'z']])).toBe('\uFEFFa,b\r\n"x,""y""",z\r\n')
  })

  it('leaves plain text alone', () => {
    expect(body('00432')).toBe('00432')
  })
})
