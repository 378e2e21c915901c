import { sql } from 'kysely'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import { ackStyleOf, readProfile } from '../store/profiles.ts'
import { seal } from '../store/seal.ts'
import { speaksAccess } from './access/facts.ts'
import { accessTableOf } from './access/upload-table.ts'
import { breakLoop } from './break-loop.ts'
import { type DeviceDeps, type DeviceReply, ok } from './context.ts'
import { encodeAcknowledgement } from './protocol/attendance/acknowledge.ts'
import { countLines } from './protocol/text.ts'
import type { DeviceMessage, KnownRequest } from './routes.ts'
import { hideKeys } from './shown-url.ts'

/** A stranger may leave this much with us; above it the terminal keeps its records itself. */
const heldMaxBytes = 32 * 1024 * 1024

/**
 * Keeps an upload of a terminal nobody has adopted, sealed and unread, and acknowledges it: nothing is lost by waiting.
 * Answers `adopted` when somebody has adopted it meanwhile and the upload wants to be read. With a `reason` it is held
 * although its terminal is adopted, until somebody adopts that again.
 */
export async function holdUpload(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
  message: DeviceMessage,
  reason: 'wrong-key' | null = null,
): Promise<DeviceReply | 'adopted'> {
  const table = request.cdata?.kind === 'upload' ? request.cdata.table : request.endpoint
  const access = speaksAccess(device, request) ? accessTableOf(request) : null
  const key = access?.key ?? (table ?? 'attlog').toLowerCase()
  const kept = { lineCount: countLines(message.body), style: ackStyleOf(readProfile(device), key) }
  const acknowledgement = access?.acknowledge(kept) ?? encodeAcknowledgement({ table, ...kept })
  if (message.body.length === 0) return ok(acknowledgement)
  // Somebody without the key must not teach us how the terminal itself wants its acknowledgements.
  const sighting = deps.repeats.look(device.sn, reason === null ? key : `${reason} ${key}`, message.body)
  const isKept = await deps.store.write(async write => {
    // Adoption may have come between; what is held now would be taken in by nobody.
    const { state } = (await findDevice(write, device.sn)) ?? device
    if (state === 'adopted' && reason === null) return 'adopted'
    if (reason === null) await breakLoop(deps, write, device, key, sighting.times + 1)
    // Held already, minutes ago; a loop must not fill the room for what is new.
    if (sighting.times > 0) return true
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
        raw_url: hideKeys(message.rawUrl).slice(0, 4000),
        body: seal(deps.config.sealKey, message.body),
        bytes: message.body.length,
        reason,
      })
      .execute()
    return true
  })
  if (isKept === 'adopted') return 'adopted'
  if (isKept) {
    sighting.note()
    return ok(acknowledgement)
  }
  deps.log.warn(
    { sn: device.sn, heldMaxBytes },
    'a waiting terminal has sent more than we keep; it has to hold the rest itself',
  )
  return { status: 503, body: 'WAITING' }
}
