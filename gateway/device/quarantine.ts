import type { Write } from '../store/index.ts'
import { seal } from '../store/seal.ts'
import type { DeviceDeps } from './context.ts'

export interface Rejected {
  readonly line: number
  readonly reason: string
  readonly bytes: Uint8Array
}

/** Keeps lines we could not read, sealed, with number and reason, so that a better parser can have another go. */
export async function quarantine(
  deps: Pick<DeviceDeps, 'config'>,
  write: Write,
  sn: string,
  table: string,
  receivedAt: number,
  rejects: readonly Rejected[],
): Promise<void> {
  for (const { line, reason, bytes } of rejects) {
    await write
      .insertInto('quarantine')
      .values({
        sn,
        received_at: receivedAt,
        table_name: table.slice(0, 64),
        line,
        reason,
        raw: seal(deps.config.sealKey, bytes),
      })
      .execute()
  }
}
