import { csvLine } from '#contract/csv.ts'
import { wrapSuccess } from '#contract/envelope.ts'
import type { Cell, Column } from './columns.ts'

/** CSV for spreadsheets, a page at a time; no cell is a formula (contract/csv.ts). */
export async function* writeCsv<Row>(
  pages: AsyncIterable<readonly Row[]>,
  columns: readonly Column<Row>[],
): AsyncGenerator<string> {
  // The mark in front tells spreadsheets that it is UTF-8.
  yield `\uFEFF${csvLine(columns.map(({ header }) => header))}`
  for await (const page of pages)
    yield page.map(row => csvLine(columns.map(({ cell }) => toText(cell(row))))).join('')
}

/** The contract's envelope around all rows; the count comes last, so that a file cut short is no JSON and says so. */
export async function* writeJson(
  pages: AsyncIterable<readonly object[]>,
  callerOperationId: string | undefined,
): AsyncGenerator<string> {
  const envelope = JSON.stringify(wrapSuccess({}, callerOperationId))
  yield `${envelope.slice(0, -1)},"Rows":[`
  let rows = 0
  for await (const page of pages) {
    yield `${rows === 0 ? '' : ','}\n${page.map(row => JSON.stringify(row)).join(',\n')}`
    rows += page.length
  }
  yield `\n],"ReturnRowCount":${rows}}\n`
}

/** A cell as text or number, for files that know nothing else. */
export function toText(cell: Cell): string | number {
  if (typeof cell === 'number') return cell
  if (cell === null) return ''
  return typeof cell === 'object' ? cell.local : String(cell)
}
