import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PayrollField, PayrollLayout } from '#contract/entities/payroll.ts'
import type { Layout, PayrollRow } from './payroll-row.ts'
import { encodePayroll, renderPayroll } from './render.ts'
import { starterTemplates } from './starters.ts'

const range = { fromDate: '2026-02-01', toDate: '2026-02-28' }
const none = {
  Present: 0,
  HalfDays: 0,
  Absent: 0,
  NotKnownYet: 0,
  Leave: 0,
  Holidays: 0,
  Provisional: 0,
  Worked: 0,
  Expected: 0,
  Overtime: 0,
  OvertimeWeighted: 0,
  Late: 0,
  LateTimes: 0,
  EarlyLeave: 0,
  EarlyLeaveTimes: 0,
  MissingPunches: 0,
  Differences: 0,
}
const person = (more: Partial<PayrollRow> = {}, sums: Partial<typeof none> = {}): PayrollRow => ({
  EmployeeCode: '00042',
  EmployeeName: 'Asha Rao',
  Department: 'Press shop',
  Site: 'Pune',
  Sums: { ...none, ...sums },
  Carried: { Worked: 0, Overtime: 0 },
  ...more,
})
const layout = (more: object): Layout =>
  PayrollLayout.parse({ Name: 'test', HasHeader: false, Columns: [{ Field: 'EmployeeCode' }], ...more })
const lineOf = (form: Layout, row: PayrollRow) => renderPayroll(form, [row], range).lines[0]

describe('a separated file', () => {
  it('has the columns in their order, with its own signs', () => {
    const form = layout({
      HasHeader: true,
      Columns: [
        { Field: 'EmployeeCode', Header: 'Nr' },
        { Field: 'Worked', Header: 'Std' },
        { Field: 'Overtime', Form: 'clock' },
        { Field: 'Late', Form: 'minutes' },
        { Field: 'ToDate' },
        { Field: 'Text', Text: '1000', Header: 'Lohnart' },
      ],
    })
    const sums = { Worked: 9627, Overtime: 65, Late: 12 }
    expect(renderPayroll(form, [person({}, sums)], range).lines).toEqual([
      'Nr;Std;Overtime;Late;ToDate;Lohnart',
      '00042;160,45;1:05;12;28.02.2026;1000',
    ])
  })

  it('quotes what holds its separator, also where the comma is the decimal sign', () => {
    const form = layout({
      Separator: 'comma',
      Columns: [{ Field: 'EmployeeName' }, { Field: 'Worked' }],
    })
    expect(lineOf(form, person({ EmployeeName: 'Rao, "Asha"' }, { Worked: 90 }))).toBe(
      '"Rao, ""Asha""","1,50"',
    )
  })

  it('keeps a negative balance a number', () => {
    const form = layout({ Columns: [{ Field: 'Balance' }] })
    expect(lineOf(form, person({}, { Worked: 60, Expected: 90 }))).toBe('-0,50')
  })

  it('runs nothing in a spreadsheet and stays one line, whatever people are called', () => {
    const form = layout({ Columns: [{ Field: 'EmployeeName' }, { Field: 'Department' }], Quotes: 'needed' })
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('=1+1', '+1', '-1', '@x', '\t=1', '＝1'),
        (name, evil) => {
          const line = lineOf(form, person({ EmployeeName: name, Department: `${evil}${name}` })) ?? ''
          expect(line).not.toMatch(/[\r\n]/)
          for (const cell of cellsOf(line)) expect(cell).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/)
          expect(cellsOf(line)).toHaveLength(2)
        },
      ),
    )
  })
})

describe('a file of fixed width', () => {
  it('fills with blanks or zeros, a sign in front of the zeros', () => {
    const form = layout({
      Kind: 'fixed',
      Decimal: 'point',
      Columns: [
        { Field: 'EmployeeCode', Width: 8, Align: 'right' },
        { Field: 'EmployeeName', Width: 10 },
        { Field: 'Balance', Width: 8, Align: 'right', Pad: 'zero' },
      ],
    })
    expect(lineOf(form, person({}, { Expected: 90 }))).toBe('   00042Asha Rao  -0001.50')
  })

  it('cuts text and says so, and never cuts a number', () => {
    const form = layout({
      Kind: 'fixed',
      Columns: [
        { Field: 'EmployeeName', Width: 4 },
        { Field: 'Worked', Width: 4 },
      ],
    })
    const { warnings, misfits } = renderPayroll(form, [person({}, { Worked: 9600 })], range)
    expect(warnings).toEqual([{ Kind: 'cut', Row: 1, Column: 1, Count: 4 }])
    expect(misfits).toEqual([{ row: 1, header: 'Worked', value: '160,00', width: 4 }])
  })

  it('has lines of one length, whatever people are called and however much they worked', () => {
    const column = fc.record({
      Field: fc.constantFrom(...PayrollField.options),
      Width: fc.integer({ min: 1, max: 30 }),
      Align: fc.constantFrom('left', 'right'),
      Pad: fc.constantFrom('space', 'zero'),
      Form: fc.constantFrom('decimal', 'minutes', 'clock'),
      Decimals: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(
        fc.array(column, { minLength: 1, maxLength: 12 }),
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 0, max: 100_000 }),
        (Columns, name, minutes) => {
          const form = layout({ Kind: 'fixed', HasHeader: true, Columns })
          const row = person({ EmployeeName: name, Department: name }, { Worked: minutes, Expected: 9600 })
          const width = Columns.reduce((sum, { Width }) => sum + Width, 0)
          for (const line of renderPayroll(form, [row], range).lines) expect([...line]).toHaveLength(width)
        },
      ),
    )
  })
})

describe('what is not final', () => {
  it('is said of each person', () => {
    const rows = [person(), person({}, { Provisional: 3, Differences: 1 })]
    expect(renderPayroll(layout({}), rows, range).warnings).toEqual([
      { Kind: 'not_final', Row: 2, Column: 0, Count: 3 },
      { Kind: 'difference', Row: 2, Column: 0, Count: 1 },
    ])
  })
})

describe('the bytes of a file', () => {
  it('are those of Windows-1252 where a program wants them, and what it has not is said', () => {
    const form = layout({ Encoding: 'windows-1252', Columns: [{ Field: 'EmployeeName' }] })
    const { lines, warnings } = renderPayroll(form, [person({ EmployeeName: 'Jürgen €Ł' })], range)
    expect(encodePayroll(form, lines)).toEqual(
      Buffer.from([74, 0xfc, 114, 103, 101, 110, 32, 0x80, 63, 13, 10]),
    )
    expect(warnings).toEqual([{ Kind: 'unencodable', Row: 1, Column: 1, Count: 1 }])
  })
})

it('every form to start from can be written', () => {
  for (const form of starterTemplates) {
    const { lines, misfits } = renderPayroll(form, [person({}, { Worked: 9600 })], range)
    expect([form.Name, misfits]).toEqual([form.Name, []])
    expect(lines.at(-1)).toContain('00042')
  }
})

/** Cells of a line separated by semicolons, quotes taken off. */
function cellsOf(line: string): string[] {
  const cells = ['']
  let isQuoted = false
  for (const sign of line.replaceAll('""', '\0')) {
    if (sign === '"') isQuoted = !isQuoted
    else if (sign === ';' && !isQuoted) cells.push('')
    else cells.push(`${cells.pop()}${sign === '\0' ? '"' : sign}`)
  }
  return cells
}
