import type { z } from 'zod'
import { PlanDate } from '#contract/entities/plan.ts'
import { readCsv } from './read-csv.ts'

/** Rows of one import; more is better sent in parts. */
export const importRowsMax = 5_000

/** Something wrong with one row, and the column to blame. */
export class RowFault extends Error {
  readonly field: string | null

  constructor(field: string | null, detail: string) {
    super(detail)
    this.name = 'RowFault'
    this.field = field
  }
}

/** One row by the names of its columns. */
export interface ImportRow {
  readonly line: number
  /** Trimmed; empty where the column is missing. */
  text(column: string): string
}

export interface ImportTable {
  /** Known columns that the text has. */
  readonly columns: readonly string[]
  readonly rows: readonly ImportRow[]
  /** Why nothing can be read at all; null: it can. */
  readonly fault: string | null
}

/** Reads a CSV text by the names in its first line, in any order and spelling (`employee code`, `Employee_Code`). */
export function readImport(text: string, known: readonly string[]): ImportTable {
  const [head, ...body] = readCsv(text)
  const none = (fault: string) => ({ columns: [], rows: [], fault })
  if (head === undefined) return none('The text is empty')
  const spelled = new Map(known.map(name => [spelling(name), name]))
  const names = head.cells.map(cell => spelled.get(spelling(cell)))
  const columns = known.filter(name => names.includes(name))
  if (columns.length === 0) return none(`The first line has to name columns: ${known.join(', ')}`)
  const twice = columns.find(name => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice !== undefined) return none(`The column ${twice} is there twice`)
  if (body.length === 0) return none('There is nothing below the line of names')
  if (body.length > importRowsMax)
    return none(`${body.length} rows are too many at once; send up to ${importRowsMax}`)
  const rows = body.map(({ line, cells }) => ({
    line,
    text: (column: string) => (cells[names.indexOf(column)] ?? '').trim(),
  }))
  return { columns, rows, fault: null }
}

function spelling(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The text of a column that must not be empty. */
export function requiredText(row: ImportRow, column: string, max: number): string {
  const text = row.text(column)
  if (text === '') throw new RowFault(column, `${column} is missing`)
  return boundedText(column, text, max)
}

/** Text no longer than so many characters and without control characters. */
export function boundedText(column: string, text: string, max: number): string {
  if (text.length > max) throw new RowFault(column, `${column} is longer than ${max} characters`)
  if (/\p{Cc}/u.test(text)) throw new RowFault(column, `${column} holds control characters`)
  return text
}

/** A date, or null where the column is empty. */
export function optionalDate(row: ImportRow, column: string): string | null {
  const text = row.text(column)
  if (text === '') return null
  if (!PlanDate.safeParse(text).success)
    throw new RowFault(column, `${column} must be a real date as YYYY-MM-DD, but was ${JSON.stringify(text)}`)
  return text
}

/** A date that must be there. */
export function requiredDate(row: ImportRow, column: string): string {
  const date = optionalDate(row, column)
  if (date === null) throw new RowFault(column, `${column} is missing`)
  return date
}

/** One of a few words, in any letter case; the fallback where the column is empty. */
export function oneOf<T extends string>(
  row: ImportRow,
  column: string,
  choices: z.ZodEnum<{ [K in T]: K }>,
  fallback: T,
): T {
  const text = row.text(column)
  if (text === '') return fallback
  const parsed = choices.safeParse(text.toLowerCase().replaceAll(/[\s-]+/g, '_'))
  if (parsed.success) return parsed.data
  throw new RowFault(
    column,
    `${column} must be ${choices.options.join(', ')}, but was ${JSON.stringify(text)}`,
  )
}

const yes = new Set(['yes', 'y', 'true', '1', 'x'])
const no = new Set(['', 'no', 'n', 'false', '0'])

/** Yes or no; empty is no. */
export function yesNo(row: ImportRow, column: string): boolean {
  const text = row.text(column).toLowerCase()
  if (yes.has(text)) return true
  if (no.has(text)) return false
  throw new RowFault(column, `${column} must be yes or no, but was ${JSON.stringify(text)}`)
}

/** A whole number within bounds; the fallback where the column is empty. */
export function wholeNumber(row: ImportRow, column: string, max: number, fallback: number): number {
  const text = row.text(column)
  if (text === '') return fallback
  if (/^\d{1,6}$/.test(text) && Number(text) <= max) return Number(text)
  throw new RowFault(column, `${column} must be a whole number up to ${max}, but was ${JSON.stringify(text)}`)
}

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Days of the week as `Mon-Fri`, `Mon, Wed` or `135`; Monday to Friday where the column is empty. */
export function weekdaysOf(row: ImportRow, column: string): number[] {
  const text = row.text(column).toLowerCase()
  if (text === '') return [1, 2, 3, 4, 5]
  if (/^[1-7]{1,7}$/.test(text)) return [...new Set(text)].map(Number).sort()
  const days = new Set<number>()
  for (const part of text.split(/[\s,;/+]+/)) {
    const [from, to] = part.split(/[-–]/).map(name => dayNames.indexOf(name.slice(0, 3)) + 1)
    if (from === undefined || from < 1 || (to !== undefined && to < 1))
      throw new RowFault(
        column,
        `${column} must be such as Mon-Fri or 12345, but was ${JSON.stringify(text)}`,
      )
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day)
      if (day === (to ?? from)) break
    }
  }
  return [...days].sort()
}
