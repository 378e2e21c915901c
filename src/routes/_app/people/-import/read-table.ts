import { parseCsv } from 'hucre/csv'
import { type CellValue, readXlsx } from 'hucre/xlsx'
import { peopleWords } from '../../../../words/people.ts'

export interface SheetTable {
  readonly header: readonly string[]
  /** Text of each cell, as long as the header. */
  readonly rows: readonly (readonly string[])[]
  /** Number of each row in the file, from 1, as a spreadsheet shows it: empty rows count. */
  readonly lines: readonly number[]
  /** Columns that held numbers: leading zeros, if there were any, are gone. */
  readonly numeric: readonly boolean[]
  /** More rows than this were in the file and were left out. */
  readonly cutAt: number | null
}

export const rowsMax = 50_000
const bytesMax = 20_000_000

/** Reads the first sheet to be seen of a CSV or XLSX file. Throws with words for people where it cannot. */
export async function readTable(file: File): Promise<SheetTable> {
  const w = peopleWords.importing
  if (file.size > bytesMax) throw new Error(w.tooLarge)
  const bytes = new Uint8Array(await file.arrayBuffer())
  // Trust the content, not the name: a zip starts with "PK", a compound file (old or locked workbooks) with D0 CF.
  const isXlsx = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new Error(w.oldOrLocked)
  return toTable(isXlsx ? await readSheet(bytes) : parseCsv(decode(bytes), { maxRows: rowsMax + 2 }))
}

async function readSheet(bytes: Uint8Array): Promise<CellValue[][]> {
  const book = await readXlsx(bytes, {
    sheets: ({ hidden, veryHidden }) => hidden !== true && veryHidden !== true,
    maxRows: rowsMax + 2,
    readStyles: true,
  }).catch(() => {
    throw new Error(peopleWords.importing.noWorkbook)
  })
  const sheet = book.sheets.find(({ rows }) => rows.some(row => row.some(cell => textOf(cell) !== '')))
  return (sheet?.rows ?? []).map((row, at) =>
    row.map((value, column) => asShown(value, sheet?.cells?.get(`${at},${column}`)?.style?.numFmt)),
  )
}

/** A number under a format of zeros only (00000) is a code that shows its leading zeros; the file keeps them apart. */
function asShown(value: CellValue, format: string | undefined): CellValue {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return value
  return format !== undefined && /^0{2,}$/.test(format) ? String(value).padStart(format.length, '0') : value
}

/** UTF-8, UTF-16 where a mark says so, else the old western code page that spreadsheets write without asking. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The first row that holds anything is the header; rows without anything are skipped. Exported for its test. */
export function toTable(cells: readonly (readonly CellValue[])[]): SheetTable {
  const filled = cells.flatMap((row, at) =>
    row.some(cell => textOf(cell) !== '') ? [{ row, line: at + 1 }] : [],
  )
  const [head, ...body] = filled
  const header = (head?.row ?? []).map(textOf)
  const kept = body.slice(0, rowsMax)
  return {
    header,
    rows: kept.map(({ row }) => header.map((_, at) => textOf(row[at] ?? null))),
    lines: kept.map(({ line }) => line),
    numeric: header.map((_, at) => kept.some(({ row }) => typeof row[at] === 'number')),
    cutAt: body.length > rowsMax ? rowsMax : null,
  }
}

function textOf(cell: CellValue): string {
  if (cell === null) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return String(cell).trim()
}
