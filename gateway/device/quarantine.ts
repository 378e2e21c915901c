import { storable } from '#platform/database/dialect.ts'
import type { Write } from '../store/index.ts'
import { seal } from '../store/seal.ts'
import type { UploadDeps } from './context.ts'

const rowsMax = 500
const rowsAtOnce = 100
const newline = Buffer.from('\n')

export interface Rejected {
  readonly line: number
  readonly reason: string
  readonly bytes: Uint8Array
}

/** Keeps lines we could not read, sealed, with number and reason, so that a better parser can have another go. */
export async function quarantine(
  deps: Pick<UploadDeps, 'config'>,
  write: Write,
  sn: string,
  table: string,
  receivedAt: number,
  rejects: readonly Rejected[],
): Promise<void> {
  const kept = rejects.length > rowsMax ? [together(rejects)] : rejects
  for (let from = 0; from < kept.length; from += rowsAtOnce) {
    const rows = kept.slice(from, from + rowsAtOnce).map(({ line, reason, bytes }) => ({
      sn,
      received_at: receivedAt,
      table_name: storable(table.slice(0, 64)),
      line,
      reason,
      raw: seal(deps.config.sealKey, bytes),
    }))
    await write.insertInto('quarantine').values(rows).execute()
  }
}

/** More lines than anybody reads one by one are kept as one piece, so that junk cannot hold up other terminals. */
function together(rejects: readonly Rejected[]): Rejected {
  const lines = rejects.flatMap(({ bytes }) => [bytes, newline])
  return { line: 0, reason: 'many-rejects', bytes: Buffer.concat(lines) }
}
