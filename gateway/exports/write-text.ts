import { csvLine } from '#contract/csv.ts'
import { wrapSuccess } from '#contract/envelope.ts'
import type { PunchEntity } from '../store/punches.ts'
import { type Cell, columns } from './columns.ts'

type Pages = AsyncIterable<readonly PunchEntity[]>

/** CSV for spreadsheets, a page at a time; no cell is a formula (contract/csv.ts). */
export async function* writeCsv(pages: Pages): AsyncGenerator<string> {
  // The mark in front tells spreadsheets that it is UTF-8.
  yield `\uFEFF${csvLine(columns.map(({ header }) => header))}`
  for await (const page of pages)
    yield page.map(punch => csvLine(columns.map(({ cell }) => toText(cell(punch))))).join('')
}

/** The contract's envelope around all rows; the count comes last, so that a file cut short is no JSON and says so. */
export async function* writeJson(
  pages: Pages,
  callerOperationId: string | undefined,
): AsyncGenerator<string> {
  const envelope = JSON.stringify(wrapSuccess({}, callerOperationId))
  yield `${envelope.slice(0, -1)},"Rows":[`
  let rows = 0
  for await (const page of pages) {
    yield `${rows === 0 ? '' : ','}\n${page.map(punch => JSON.stringify(punch)).join(',\n')}`
    rows += page.length
  }
  yield `\n],"ReturnRowCount":${rows}}\n`
}

function toText(cell: Cell): string | number {
  if (typeof cell === 'number') return cell
  if (cell === null) return ''
  return typeof cell === 'object' ? cell.local : String(cell)
}
