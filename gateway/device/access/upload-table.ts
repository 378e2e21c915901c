import { isArchiveFile } from '../protocol/access/flavour.ts'
import { encodeTableAcknowledgement } from '../protocol/access/tabledata.ts'
import { accessUploadOf } from '../protocol/access/upload-kind.ts'
import type { AckStyle } from '../protocol/attendance/acknowledge.ts'
import { readCounter } from '../protocol/whole-number.ts'
import type { KnownRequest } from '../routes.ts'

/** What an upload of an access terminal is called here, and how it is acknowledged. */
export interface AccessTable {
  /** In lower case; rows of tables are `tabledata:<table>`, whatever way they come. */
  readonly key: string
  /** `file`: an archive as it is, where `archive` is one in base64 behind a header. */
  readonly kind: 'lines' | 'archive' | 'file' | 'packet'
  /** Rows it says there are; null where it does not. */
  readonly statedCount: number | null
  acknowledge(kept: { readonly lineCount: number; readonly style: AckStyle }): string
}

export const rowsPrefix = 'tabledata:'

/**
 * The table of an upload in the access flavour, or null for what both flavours send alike. Told by the query alone,
 * so that what is held for a waiting terminal is acknowledged in the right words too (iclock-push 6.3).
 */
export function accessTableOf(request: KnownRequest): AccessTable | null {
  if (request.endpoint === 'querydata') {
    const isArchive = request.query.get('datafmt') === '3'
    return rows(isArchive ? 'archive' : 'packet', {
      table: request.query.get('tablename') ?? '',
      statedCount: readCounter(request.query.get('count')),
    })
  }
  if (isArchiveFile(request)) {
    const table = request.query.get('table') ?? ''
    return { ...rows('file', { table, statedCount: null }), acknowledge: plainOk }
  }
  if (request.cdata?.kind !== 'upload') return null
  const upload = accessUploadOf(request.query)
  switch (upload.kind) {
    case 'events':
      return { key: 'rtlog', kind: 'lines', statedCount: null, acknowledge: plainOk }
    case 'state':
      return { key: 'rtstate', kind: 'lines', statedCount: null, acknowledge: plainOk }
    case 'archive-overview':
      return { key: 'archive-overview', kind: 'lines', statedCount: null, acknowledge: plainOk }
    case 'tabledata':
      return rows('lines', upload)
    case 'archive':
      return rows('archive', upload)
    default:
      return null
  }
}

const plainOk = () => 'OK'

function rows(
  kind: AccessTable['kind'],
  stated: { readonly table: string; readonly statedCount: number | null },
): AccessTable {
  return {
    key: `${rowsPrefix}${stated.table.toLowerCase()}`,
    kind,
    statedCount: stated.statedCount,
    acknowledge: kept => encodeTableAcknowledgement({ ...stated, ...kept }),
  }
}
