import { type CellValue, writeXlsxStream } from 'hucre/xlsx'
import type { Cell, Column } from './columns.ts'

/** Columns of wall clocks. */
const timeHeaders = new Set(['AttendanceLog', 'EventTime', 'In', 'Out'])
const timeFormat = 'yyyy-mm-dd hh:mm:ss'

/**
 * A workbook that is written as its rows come, with a further sheet where a sheet is full. Text is typed as text: it
 * keeps its leading zeros, and none of it is a formula, so nothing is put in front of it. Times are dates without a
 * zone, which is what a spreadsheet has; the zone stands beside them.
 */
export function writeXlsx<Row>(
  pages: AsyncIterable<readonly Row[]>,
  { name, columns }: { readonly name: string; readonly columns: readonly Column<Row>[] },
): ReadableStream<Uint8Array> {
  return writeXlsxStream(rowsOf(pages, columns), {
    name,
    columns: columns.map(({ header, width }) => ({
      header,
      width,
      ...(timeHeaders.has(header) ? { numFmt: timeFormat } : {}),
    })),
    freezePane: { rows: 1 },
  })
}

async function* rowsOf<Row>(
  pages: AsyncIterable<readonly Row[]>,
  columns: readonly Column<Row>[],
): AsyncGenerator<CellValue[]> {
  for await (const page of pages) for (const row of page) yield columns.map(({ cell }) => toValue(cell(row)))
}

function toValue(cell: Cell): CellValue {
  if (typeof cell !== 'object' || cell === null) return cell
  const date = new Date(`${cell.local.replace(' ', 'T')}Z`)
  // Before 1900 there are no dates for a spreadsheet, and a terminal may say anything.
  return date.getUTCFullYear() >= 1900 ? date : cell.local
}
