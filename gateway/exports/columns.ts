/** What a cell holds; `local` is a wall clock, `YYYY-MM-DD HH:MM:SS`. */
export type Cell = string | number | boolean | null | { readonly local: string }

export interface Column<Row> {
  /** The contract's name where it has one: the same in every language, so that other programs can read the file. */
  readonly header: string
  /** In characters. */
  readonly width: number
  /** Holds wall clocks, which spreadsheets and people want as such. */
  readonly isTime?: true
  readonly cell: (row: Row) => Cell
}

/** A cell as text or number, for files that know nothing else. */
export function toText(cell: Cell): string | number {
  if (typeof cell === 'number') return cell
  if (cell === null) return ''
  return typeof cell === 'object' ? cell.local : String(cell)
}

/** `UTC+05:30` of `+05:30`, which alone would be a formula to a spreadsheet. */
export function offsetCell(offset: string): string {
  return offset === '' ? '' : `UTC${offset}`
}
