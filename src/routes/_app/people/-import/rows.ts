import type { ImportField, Mapping } from './columns.ts'
import type { SheetTable } from './read-table.ts'

export type RowFault =
  | { readonly kind: 'code' }
  | { readonly kind: 'pin' }
  | { readonly kind: 'twice'; readonly row: number }
  | { readonly kind: 'date' | 'role' | 'card'; readonly value: string }
  | { readonly kind: 'long'; readonly max: number }

export interface ImportRow {
  /** Number in the file, as a spreadsheet shows it. */
  readonly row: number
  /** As it is sent: empty cells left out, dates as YYYY-MM-DD. */
  readonly values: Readonly<Partial<Record<ImportField, string>>>
  readonly faults: readonly { readonly field: ImportField; readonly fault: RowFault }[]
}

export interface ReadingRules {
  /** What comes first in 03/04/2026. */
  readonly dates: 'day' | 'month'
  /** Digits codes are filled to with zeros; 0: as they are. */
  readonly pad: number
}

const textMax = 100
const dayMs = 86_400_000
/** Days of a spreadsheet count from here (1900 was no leap year there, which no date of today notices). */
const serialStart = Date.UTC(1899, 11, 30)

/** Rows as they would be sent, with what can be seen to be wrong before anybody is asked. */
export function readRows(
  { rows, lines }: Pick<SheetTable, 'rows' | 'lines'>,
  mapping: Mapping,
  rules: ReadingRules,
): ImportRow[] {
  const seen = new Map<string, number>()
  return rows.map((cells, at) => {
    const row = lines[at] ?? at + 1
    const values: Partial<Record<ImportField, string>> = {}
    const faults: { field: ImportField; fault: RowFault }[] = []
    mapping.forEach((field, column) => {
      const text = cells[column]?.trim() ?? ''
      if (field === null || text === '') return
      const { value, fault } = readCell(field, text, rules)
      values[field] = value
      if (fault) faults.push({ field, fault })
    })
    const code = values.EmployeeCode
    const earlier = code === undefined ? undefined : seen.get(code)
    if (code === undefined) faults.push({ field: 'EmployeeCode', fault: { kind: 'code' } })
    else if (earlier === undefined) seen.set(code, row)
    else faults.push({ field: 'EmployeeCode', fault: { kind: 'twice', row: earlier } })
    return { row, values, faults }
  })
}

interface Read {
  readonly value: string
  readonly fault?: RowFault
}

function readCell(field: ImportField, text: string, rules: ReadingRules): Read {
  if (field === 'EmployeeCode') {
    const value = /^\d+$/.test(text) ? text.padStart(rules.pad, '0') : text
    return value.length > 64 ? { value, fault: { kind: 'long', max: 64 } } : { value }
  }
  if (field === 'ValidFrom' || field === 'ValidTo') {
    const day = readDate(text, rules.dates)
    return day === null ? { value: text, fault: { kind: 'date', value: text } } : { value: day }
  }
  if (field === 'UserType') {
    const role = readRole(text)
    return role === null ? { value: text, fault: { kind: 'role', value: text } } : { value: role }
  }
  if (field === 'Card')
    return /^\d{1,20}$/.test(text) ? { value: text } : { value: text, fault: { kind: 'card', value: text } }
  if (field === 'Password')
    return /^\d{1,8}$/.test(text) ? { value: text } : { value: text, fault: { kind: 'pin' } }
  return text.length > textMax ? { value: text, fault: { kind: 'long', max: textMax } } : { value: text }
}

/** A day as YYYY-MM-DD from what spreadsheets write, the bare number of a day included; null where it is none. */
export function readDate(text: string, first: ReadingRules['dates']): string | null {
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(text)
  if (serial) return new Date(serialStart + Number(serial[1]) * dayMs).toISOString().slice(0, 10)
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$/.exec(text)
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const other = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{2}|\d{4})$/.exec(text)
  if (!other) return null
  const [, a = '', mark, b = '', y = ''] = other
  const year = y.length === 2 ? 2000 + Number(y) : Number(y)
  // With dots the day always comes first.
  const isDayFirst = mark === '.' || first === 'day'
  return isDayFirst ? realDay(year, Number(b), Number(a)) : realDay(year, Number(a), Number(b))
}

function realDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? date.toISOString().slice(0, 10) : null
}

/** True where some date could mean two days, so that the reader has to say which. */
export function hasUnclearDates(rows: readonly (readonly string[])[], mapping: Mapping): boolean {
  const columns = mapping.flatMap((field, at) => (field === 'ValidFrom' || field === 'ValidTo' ? [at] : []))
  return rows.some(cells =>
    columns.some(at => {
      const text = cells[at] ?? ''
      const day = readDate(text, 'day')
      const month = readDate(text, 'month')
      return day !== month
    }),
  )
}

function readRole(text: string): 'User' | 'Admin' | null {
  const plain = text.toLowerCase()
  if (['user', 'employee', 'normal', 'no', 'false', '0'].includes(plain)) return 'User'
  if (['admin', 'administrator', 'manager', 'yes', 'true', '14'].includes(plain)) return 'Admin'
  return null
}

/** Parts of the list that fit into one request each: at most so many rows and characters of JSON. */
export function chunked<T>(rows: readonly T[], rowsMax: number, charactersMax: number): T[][] {
  const chunks: T[][] = []
  let chunk: T[] = []
  let size = 0
  for (const row of rows) {
    const length = JSON.stringify(row).length + 1
    if (chunk.length > 0 && (chunk.length >= rowsMax || size + length > charactersMax)) {
      chunks.push(chunk)
      chunk = []
      size = 0
    }
    chunk.push(row)
    size += length
  }
  return chunk.length > 0 ? [...chunks, chunk] : chunks
}
