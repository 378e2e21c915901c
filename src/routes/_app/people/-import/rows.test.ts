import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doubled, guessMapping } from './columns.ts'
import { toTable } from './read-table.ts'
import { chunked, hasUnclearDates, readDate, readRows } from './rows.ts'

const rules = { dates: 'day', pad: 0 } as const

describe('columns of a file', () => {
  it('are guessed by their headings, each field once', () => {
    expect(
      guessMapping([
        'Employee ID',
        'First Name',
        'Surname',
        'Dept.',
        'Valid until',
        'Card No',
        'Shoe size',
        'Code',
      ]),
    ).toEqual(['EmployeeCode', 'FirstName', 'LastName', 'Department', 'ValidTo', 'Card', null, null])
  })

  it('may not become the same field twice', () => {
    expect(doubled(['Name', 'Name', null, 'Card'])).toEqual(['Name'])
  })
})

describe('a sheet', () => {
  it('begins at its first row that holds anything, and says where numbers were', () => {
    const table = toTable([[], ['Code', 'Name'], [42, 'Asha'], [null, null], ['007', 'Ben', 'too much']])
    expect(table).toEqual({
      header: ['Code', 'Name'],
      rows: [
        ['42', 'Asha'],
        ['007', 'Ben'],
      ],
      lines: [3, 5],
      numeric: [true, false],
      cutAt: null,
    })
  })

  it('writes dates of a spreadsheet as days', () => {
    expect(toTable([['Until'], [new Date('2026-03-04T00:00:00Z')]]).rows).toEqual([['2026-03-04']])
  })
})

describe('rows', () => {
  it('are read with what is wrong in each, before anybody is asked', () => {
    const rows = readRows(
      {
        rows: [
          ['1001', 'Asha', '31.12.2026', 'admin'],
          ['', 'Nobody', '', ''],
          ['1001', 'Again', '2026-02-30', 'chief'],
        ],
        lines: [2, 4, 5],
      },
      ['EmployeeCode', 'Name', 'ValidTo', 'UserType'],
      rules,
    )
    expect(rows[0]).toEqual({
      row: 2,
      values: { EmployeeCode: '1001', Name: 'Asha', ValidTo: '2026-12-31', UserType: 'Admin' },
      faults: [],
    })
    expect(rows[1]?.faults).toEqual([{ field: 'EmployeeCode', fault: { kind: 'code' } }])
    expect(rows[2]?.faults.map(({ fault }) => fault)).toEqual([
      { kind: 'date', value: '2026-02-30' },
      { kind: 'role', value: 'chief' },
      { kind: 'twice', row: 2 },
    ])
  })

  it('fill codes with the zeros a spreadsheet has taken away, and leave other codes alone', () => {
    const read = (code: string) =>
      readRows({ rows: [[code]], lines: [2] }, ['EmployeeCode'], { ...rules, pad: 6 })[0]?.values.EmployeeCode
    expect(read('42')).toBe('000042')
    expect(read('A42')).toBe('A42')
  })

  it.each([
    ['03/04/2026', 'day', '2026-04-03'],
    ['03/04/2026', 'month', '2026-03-04'],
    ['3.4.26', 'month', '2026-04-03'],
    ['2026-04-03 00:00', 'day', '2026-04-03'],
    ['46112', 'month', '2026-03-31'],
    ['46112.75', 'day', '2026-03-31'],
    ['31/04/2026', 'day', null],
    ['tomorrow', 'day', null],
  ] as const)('read %s with the %s first as %s', (text, first, day) => {
    expect(readDate(text, first)).toBe(day)
  })

  it('ask what a date means only where it could mean two days', () => {
    expect(hasUnclearDates([['03/04/2026']], ['ValidTo'])).toBe(true)
    expect(hasUnclearDates([['2026-04-03'], ['4.4.2026'], ['05/05/2026']], ['ValidTo'])).toBe(false)
  })

  it('are sent in parts that lose nothing and fit', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 })), fc.integer({ min: 1, max: 7 }), (rows, most) => {
        const chunks = chunked(rows, most, 100)
        expect(chunks.flat()).toEqual(rows)
        expect(chunks.every(chunk => chunk.length <= most && chunk.length > 0)).toBe(true)
      }),
    )
  })
})
