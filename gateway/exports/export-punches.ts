import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { maskText } from '#contract/file-headers.ts'
import type { PunchEntity } from '../store/punches.ts'
import { writeCsv, writeJson } from './write-text.ts'
import { writeXlsx } from './write-xlsx.ts'

export interface ExportOrder {
  readonly format: 'csv' | 'json' | 'xlsx'
  /** Names of fields nobody may see. */
  readonly hidden: ReadonlySet<string>
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
 * Punches as a file that is written while it is read: no further than its reader, and no more when that has gone. The
 * first page is read before anything is answered, so that a store that does not answer is a failure and not a file.
 */
export async function exportPunches(
  pages: AsyncGenerator<PunchEntity[]>,
  order: ExportOrder,
): Promise<ExportFile> {
  let rows = 0
  const first = await pages.next()
  async function* shown(): AsyncGenerator<PunchEntity[]> {
    for (let page = first; !page.done; page = await pages.next()) {
      rows += page.value.length
      yield order.hidden.size === 0 ? page.value : page.value.map(punch => cover(punch, order.hidden))
    }
  }
  const content = contentOf(shown(), order)
  content.once('close', () => void pages.return(undefined))
  return { content, rowCount: () => rows }
}

function contentOf(
  pages: AsyncGenerator<PunchEntity[]>,
  { format, callerOperationId }: ExportOrder,
): Readable {
  // The global type of the library and the one of Node describe the same object.
  if (format === 'xlsx') return Readable.fromWeb(writeXlsx(pages) as ReadableStream<Uint8Array>)
  const text = format === 'csv' ? writeCsv(pages) : writeJson(pages, callerOperationId)
  return Readable.from(text, { objectMode: false, highWaterMark: bufferedBytes })
}

/** As the proxy's mask does it: dots for text, and nothing where there was nothing. */
function cover(punch: PunchEntity, hidden: ReadonlySet<string>): PunchEntity {
  return {
    ...punch,
    ...(hidden.has('EmployeeCode') ? { EmployeeCode: maskText } : {}),
    ...(hidden.has('EmployeeName') && punch.EmployeeName !== null ? { EmployeeName: maskText } : {}),
  }
}
