import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Column } from './columns.ts'
import { writePdf } from './write-pdf.ts'
import { writeCsv, writeJson } from './write-text.ts'
import { writeXlsx } from './write-xlsx.ts'

export interface ExportOrder<Row> {
  readonly format: 'csv' | 'json' | 'xlsx' | 'pdf'
  readonly columns: readonly Column<Row>[]
  /** Of the sheet, and at the head of a page. */
  readonly title: string
  /** Under the title of a page: what the rows are narrowed to, and how far they can be relied on. */
  readonly notes?: readonly string[]
  /** Row as it may be shown: covers what somebody may not see. */
  readonly cover: (row: Row) => Row
  readonly callerOperationId: string | undefined
}

export interface ExportFile {
  readonly content: Readable
  /** Rows written so far. */
  rowCount(): number
}

/** Text a pipe holds before whoever writes it has to wait. */
const bufferedBytes = 64 * 1024

/**
 * Rows as a file that is written while they are read: no further than its reader, and no more when that has gone. The
 * first page is read before anything is answered, so that a store that does not answer is a failure and not a file.
 */
export async function exportRows<Row>(
  pages: AsyncGenerator<Row[]>,
  order: ExportOrder<Row>,
): Promise<ExportFile> {
  let rows = 0
  const first = await pages.next()
  async function* shown(): AsyncGenerator<Row[]> {
    for (let page = first; !page.done; page = await pages.next()) {
      rows += page.value.length
      yield page.value.map(order.cover)
    }
  }
  const content = contentOf(shown(), order)
  content.once('close', () => void pages.return(undefined))
  return { content, rowCount: () => rows }
}

function contentOf<Row>(pages: AsyncGenerator<Row[]>, order: ExportOrder<Row>): Readable {
  const { format, columns, title, callerOperationId } = order
  if (format === 'pdf') return writePdf(pages, { columns, title, notes: order.notes ?? [] })
  // The global type of the library and the one of Node describe the same object.
  if (format === 'xlsx')
    return Readable.fromWeb(writeXlsx(pages, columns, title) as ReadableStream<Uint8Array>)
  const text = format === 'csv' ? writeCsv(pages, columns) : writeJson(pages, callerOperationId)
  return Readable.from(text, { objectMode: false, highWaterMark: bufferedBytes })
}
