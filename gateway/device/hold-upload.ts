import { sql } from 'kysely'
import type { DeviceRow } from '../store/devices.ts'
import { seal } from '../store/seal.ts'
import { type DeviceDeps, type DeviceReply, ok } from './context.ts'
import { encodeAcknowledgement } from './protocol/attendance/acknowledge.ts'
import { countLines } from './protocol/text.ts'
import type { DeviceMessage, KnownRequest } from './routes.ts'

/** A stranger may leave this much with us; above it the terminal keeps its records itself. */
const heldMaxBytes = 32 * 1024 * 1024

/** Keeps an upload of a terminal nobody has adopted, sealed and unread, and acknowledges it: nothing is lost by waiting. */
export async function holdUpload(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
  message: DeviceMessage,
): Promise<DeviceReply> {
  const table = request.cdata?.kind === 'upload' ? request.cdata.table : request.endpoint
  const acknowledgement = encodeAcknowledgement({ table, lineCount: countLines(message.body) })
  if (message.body.length === 0) return ok(acknowledgement)
  const kept = await deps.store.write(async write => {
    const held = await write
      .selectFrom('held_upload')
      .select(sql<number>`coalesce(sum(bytes), 0)`.as('bytes'))
      .where('sn', '=', device.sn)
      .executeTakeFirst()
    if (Number(held?.bytes ?? 0) + message.body.length > heldMaxBytes) return false
    await write
      .insertInto('held_upload')
      .values({
        sn: device.sn,
        received_at: deps.clock.now(),
        raw_url: message.rawUrl.slice(0, 4000),
        body: seal(deps.config.sealKey, message.body),
        bytes: message.body.length,
      })
      .execute()
    return true
  })
  if (kept) return ok(acknowledgement)
  deps.log.warn(
    { sn: device.sn, heldMaxBytes },
    'a waiting terminal has sent more than we keep; it has to hold the rest itself',
  )
  return { status: 503, body: 'WAITING' }
}
