import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Column } from './columns.ts'
import { writePdf } from './write-pdf.ts'
import { writeCsv, writeJson } from './write-text.ts'
import { writeXlsx } from './write-xlsx.ts'

export interface ExportOrder {
  readonly format: 'csv' | 'json' | 'xlsx' | 'pdf'
  /** Names of fields nobody may see. */
  readonly hidden: ReadonlySet<string>
  readonly callerOperationId: string | undefined
}

export interface ExportFile {
  readonly content: Readable
  /** Rows written so far. */
  rowCount(): number
}

/** What a file of these rows looks like. */
export interface Sheet<Row extends object> {
  /** Name of the sheet in a workbook. */
  readonly name: string
  readonly columns: readonly Column<Row>[]
  /** Under the title of a page: what the rows are narrowed to, and how far they can be relied on. */
  readonly notes?: readonly string[]
  /** The row without what may not be seen. */
  readonly cover: (row: Row, hidden: ReadonlySet<string>) => Row
}

/** Text a pipe holds before whoever writes it has to wait. */
const bufferedBytes = 64 * 1024

/**
 * Rows as a file that is written while it is read: no further than its reader, and no more when that has gone. The
 * first page is read before anything is answered, so that a store that does not answer is a failure and not a file.
 */
export async function exportRows<Row extends object>(
  pages: AsyncGenerator<Row[]>,
  sheet: Sheet<Row>,
  order: ExportOrder,
): Promise<ExportFile> {
  let rows = 0
  const first = await pages.next()
  async function* shown(): AsyncGenerator<Row[]> {
    for (let page = first; !page.done; page = await pages.next()) {
      rows += page.value.length
      yield order.hidden.size === 0 ? page.value : page.value.map(row => sheet.cover(row, order.hidden))
    }
  }
  const content = contentOf(shown(), sheet, order)
  content.once('close', () => void pages.return(undefined))
  return { content, rowCount: () => rows }
}

function contentOf<Row extends object>(
  pages: AsyncGenerator<Row[]>,
  sheet: Sheet<Row>,
  { format, callerOperationId }: ExportOrder,
): Readable {
  if (format === 'pdf') return writePdf(pages, sheet)
  // The global type of the library and the one of Node describe the same object.
  if (format === 'xlsx') return Readable.fromWeb(writeXlsx(pages, sheet) as ReadableStream<Uint8Array>)
  const text = format === 'csv' ? writeCsv(pages, sheet.columns) : writeJson(pages, callerOperationId)
  return Readable.from(text, { objectMode: false, highWaterMark: bufferedBytes })
}
