import type { z } from 'zod'
import type { PayrollWarning } from '#contract/entities/payroll.ts'
import {
  type Layout,
  type LayoutColumn,
  type PayrollRange,
  type PayrollRow,
  type PayrollValue,
  payrollValue,
} from './payroll-row.ts'

type Warning = z.output<typeof PayrollWarning>

interface RenderedPayroll {
  /** Without their ends; the header first where there is one. */
  readonly lines: readonly string[]
  readonly warnings: readonly Warning[]
  /** Numbers that do not fit their column: a file with one of them would pay something else. */
  readonly misfits: readonly {
    readonly row: number
    readonly header: string
    readonly value: string
    readonly width: number
  }[]
}

const separators = { semicolon: ';', comma: ',', tab: '\t', pipe: '|' } as const

/**
 * People as lines, one each, in the form of a layout. Pure. Text a spreadsheet would run is made text; text longer than
 * a fixed column is cut and said so; a number is never cut, it is a misfit.
 */
export function renderPayroll(
  layout: Layout,
  rows: readonly PayrollRow[],
  range: PayrollRange,
): RenderedPayroll {
  const warnings: Warning[] = []
  const misfits: RenderedPayroll['misfits'][number][] = []
  const lines = layout.HasHeader ? [headerLine(layout)] : []
  const holdsCarried = layout.Columns.some(({ Field }) => Field === 'Carried')
  for (const [at, row] of rows.entries()) {
    const rowNumber = at + 1
    const cells = layout.Columns.map((column, place) => {
      const value = payrollValue(column, row, range, rowNumber)
      const written = writeValue(value, column, layout)
      const lost = layout.Encoding === 'windows-1252' ? unencodable(written) : 0
      if (lost > 0) warnings.push({ Kind: 'unencodable', Row: rowNumber, Column: place + 1, Count: lost })
      if (layout.Kind === 'separated') return value.kind === 'text' ? safeText(written) : written
      const excess = lengthOf(written) - column.Width
      if (excess > 0 && value.kind === 'text')
        warnings.push({ Kind: 'cut', Row: rowNumber, Column: place + 1, Count: excess })
      else if (excess > 0)
        misfits.push({
          row: rowNumber,
          header: column.Header || column.Field,
          value: written,
          width: column.Width,
        })
      return fixed(written, column, value.kind !== 'text')
    })
    lines.push(joined(layout, cells))
    if (row.Sums.Provisional > 0)
      warnings.push({ Kind: 'not_final', Row: rowNumber, Column: 0, Count: row.Sums.Provisional })
    if (row.Sums.Differences > 0)
      warnings.push({ Kind: 'difference', Row: rowNumber, Column: 0, Count: row.Sums.Differences })
    if (row.Carried.Worked !== 0 && !holdsCarried)
      warnings.push({ Kind: 'carried', Row: rowNumber, Column: 0, Count: row.Carried.Worked })
  }
  return { lines, warnings, misfits }
}

/** Lines as the bytes of a file; what Windows-1252 has no sign for becomes `?`. */
export function encodePayroll(layout: Layout, lines: readonly string[]): Buffer {
  const end = layout.LineEnd === 'crlf' ? '\r\n' : '\n'
  const whole = lines.map(line => `${line}${end}`).join('')
  if (layout.Encoding === 'windows-1252') return Buffer.from([...whole].map(toWindows1252))
  return Buffer.from(layout.Encoding === 'utf-8-bom' ? `\uFEFF${whole}` : whole)
}

function headerLine(layout: Layout): string {
  const cells = layout.Columns.map(column => {
    const header = plain(column.Header || column.Field)
    return layout.Kind === 'separated' ? safeText(header) : fixed(header, column, false)
  })
  return joined(layout, cells)
}

function joined(layout: Layout, cells: readonly string[]): string {
  if (layout.Kind === 'fixed') return cells.join('')
  const separator = separators[layout.Separator]
  return cells
    .map(cell => {
      const needs = layout.Quotes === 'always' || cell.includes(separator) || /["\r\n]|^\s|\s$/.test(cell)
      return needs ? `"${cell.replaceAll('"', '""')}"` : cell
    })
    .join(separator)
}

function writeValue(value: PayrollValue, column: LayoutColumn, layout: Layout): string {
  if (value.kind === 'text') return plain(value.text)
  if (value.kind === 'count') return String(value.value)
  if (value.kind === 'date') return dateIn(value.day, layout.DateForm)
  const sign = value.minutes < 0 ? '-' : ''
  const minutes = Math.abs(value.minutes)
  if (column.Form === 'minutes') return `${sign}${minutes}`
  if (column.Form === 'clock')
    return `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  const factor = 10 ** column.Decimals
  const hours = (Math.round((minutes * factor) / 60) / factor).toFixed(column.Decimals)
  return `${sign}${layout.Decimal === 'comma' ? hours.replace('.', ',') : hours}`
}

function dateIn(day: string, form: Layout['DateForm']): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return form.replace('YYYY', year).replace('MM', month).replace('DD', date)
}

/** Exactly as wide as the column. A sign stays in front of zeros. */
function fixed(written: string, column: LayoutColumn, isNumber: boolean): string {
  const signs = [...written]
  const kept = signs.slice(0, column.Width).join('')
  const lack = ' '.repeat(Math.max(0, column.Width - signs.length))
  if (column.Align === 'left') return kept + lack
  if (column.Pad === 'space' || !isNumber) return lack + kept
  const sign = kept.startsWith('-') ? '-' : ''
  return `${sign}${lack.replaceAll(' ', '0')}${kept.slice(sign.length)}`
}

function lengthOf(text: string): number {
  return [...text].length
}

/** One line stays one line, whatever somebody is called. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
}

/** What a spreadsheet would run begins with an apostrophe, as in contract/csv.ts. */
function safeText(text: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
}

/** Signs of Windows-1252 at 0x80 to 0x9f; a dot where there is none. */
const upper = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ'

function toWindows1252(sign: string): number {
  const code = sign.codePointAt(0) ?? 63
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code
  const at = sign === '.' ? -1 : [...upper].indexOf(sign)
  return at >= 0 ? 0x80 + at : 63
}

function unencodable(text: string): number {
  return [...text].filter(sign => sign !== '?' && toWindows1252(sign) === 63).length
}
