import { z } from 'zod'
import { countedTables } from '../../commands/ask-counts.ts'
import { CountOrder } from '../../commands/payloads.ts'
import { findCommand, readPayload } from '../../store/commands.ts'
import type { DeviceRow } from '../../store/devices.ts'
import type { UploadDeps } from '../context.ts'
import { parseTableCount, type QuerydataPacket } from '../protocol/access/querydata.ts'

const Info = z.record(z.string(), z.unknown())

/**
 * Keeps how many rows of a table a terminal says it holds, among the counters attendance terminals state by
 * themselves. Answers null, or why it is not kept: a count says nothing unless it is known of what. iclock-push 10.6
 * [SEC29]; vector A27.
 */
export async function keepCount(
  deps: UploadDeps,
  device: DeviceRow,
  { commandId }: Pick<QuerydataPacket, 'commandId'>,
  body: Buffer,
): Promise<'bad-count' | 'unasked-count' | null> {
  const stated = parseTableCount(body)
  if (stated === null) return 'bad-count'
  const question = await findCommand(deps.store.read, commandId)
  if (question?.kind !== 'read.count' || question.sn !== device.sn) return 'unasked-count'
  const { table } = CountOrder.parse(readPayload(question))
  const counter = countedTables[table]
  if (counter === undefined || stated.table.toLowerCase() !== table) return 'unasked-count'
  await deps.grouped(device.sn, async write => {
    const now = await write
      .selectFrom('device')
      .select('info')
      .where('sn', '=', device.sn)
      .executeTakeFirstOrThrow()
    const info = JSON.stringify({ ...Info.parse(JSON.parse(now.info)), [counter]: stated.count })
    await write.updateTable('device').set({ info }).where('sn', '=', device.sn).execute()
  })
  return null
}
