import { sql } from 'kysely'
import type { GatewayDeps } from '../deps.ts'
import { readPayload } from '../store/commands.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'

/** Some firmware answers the command first and uploads what was asked for afterwards. */
const lateMs = 10 * 60_000

/**
 * Counts punches towards the attendance query that is open, so that it can say what it brought: those of its range
 * that come while it is under way, new ones and ones known already, as local times. Without a query it costs nothing.
 */
export async function countQueried(
  deps: Pick<GatewayDeps, 'clock'>,
  write: Write,
  device: DeviceRow,
  came: { readonly all: readonly string[]; readonly fresh: readonly string[] },
): Promise<void> {
  if (device.query_id === null) return
  const command = await write
    .selectFrom('command')
    .selectAll()
    .where('id', '=', device.query_id)
    .executeTakeFirst()
  const isOver =
    command === undefined ||
    (command.completed_at !== null && deps.clock.now() - command.completed_at > lateMs)
  if (isOver) {
    await write
      .updateTable('device')
      .set({ query_id: null })
      .where('sn', '=', device.sn)
      .where('query_id', '=', device.query_id)
      .execute()
    return
  }
  if (command.sent_at === null) return
  const { from, to } = readPayload(command)
  const within = (local: string) => local >= String(from) && local <= String(to)
  const all = came.all.filter(within).length
  if (all === 0) return
  const fresh = came.fresh.filter(within).length
  await write
    .updateTable('command')
    .set({
      rows_new: sql`coalesce(rows_new, 0) + ${fresh}`,
      rows_repeated: sql`coalesce(rows_repeated, 0) + ${all - fresh}`,
    })
    .where('id', '=', command.id)
    .execute()
}
