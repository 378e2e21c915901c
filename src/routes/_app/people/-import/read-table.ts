import { parseCsv } from 'hucre/csv'
import { readXlsx } from 'hucre/xlsx'

export interface SheetTable {
  readonly header: readonly string[]
  /** Text of each cell, as long as the header. */
  readonly rows: readonly (readonly string[])[]
  /** Columns that held numbers: leading zeros, if there were any, are gone. */
  readonly numeric: readonly boolean[]
  /** More rows than this were in the file and were left out. */
  readonly cutAt: number | null
}

export const rowsMax = 50_000
const bytesMax = 20_000_000

/** Reads the first sheet of a CSV or XLSX file. Throws with words for people where it cannot. */
export async function readTable(file: File): Promise<SheetTable> {
  if (file.size > bytesMax) throw new Error('The file is larger than 20 MB')
  const bytes = new Uint8Array(await file.arrayBuffer())
  // A zip starts with "PK": trust the content, not the name.
  const isXlsx = bytes[0] === 0x50 && bytes[1] === 0x4b
  const cells = isXlsx ? await readSheet(bytes) : parseCsv(decode(bytes), { maxRows: rowsMax + 2 })
  return toTable(cells)
}

async function readSheet(bytes: Uint8Array) {
  const book = await readXlsx(bytes, { sheets: [0], maxRows: rowsMax + 2 })
  return book.sheets[0]?.rows ?? []
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

type Cell = string | number | boolean | Date | null

/** The first row that holds anything is the header; rows without anything are skipped. Exported for its test. */
export function toTable(cells: readonly (readonly Cell[])[]): SheetTable {
  const filled = cells.filter(row => row.some(cell => textOf(cell) !== ''))
  const [head = [], ...body] = filled
  const width = head.length
  const header = head.map(textOf)
  const kept = body.slice(0, rowsMax)
  return {
    header,
    rows: kept.map(row => Array.from({ length: width }, (_, at) => textOf(row[at] ?? null))),
    numeric: header.map((_, at) => kept.some(row => typeof row[at] === 'number')),
    cutAt: body.length > rowsMax ? rowsMax : null,
  }
}

function textOf(cell: Cell): string {
  if (cell === null) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return String(cell).trim()
}
