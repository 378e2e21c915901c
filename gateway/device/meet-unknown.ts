import { type DeviceRow, findDevice, insertDevice, newDevice } from '../store/devices.ts'
import { removedSimulated } from '../store/remove-simulated.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import type { DeviceDeps } from './context.ts'
import { statusEvent } from './presence.ts'

/** Serials are easy to invent; this many strangers may wait, further ones are turned away until someone looks. */
const waitingMax = 500

/**
 * First contact of a serial number: a row that waits to be adopted, or is adopted at once where the setting says so.
 * Answers null when too many strangers are waiting already, or when
 * it belongs to the simulated site somebody removed.
 */
export async function meetUnknown(deps: DeviceDeps, sn: string): Promise<DeviceRow | null> {
  const now = deps.clock.now()
  const state = deps.config.adopt === 'auto' ? 'adopted' : 'waiting'
  const device = await deps.store.write(async write => {
    if ((await removedSimulated(write)).includes(sn)) return null
    const waiting = await write
      .selectFrom('device')
      .select('sn')
      .where('state', '=', 'waiting')
      .limit(waitingMax)
      .execute()
    if (state === 'waiting' && waiting.length >= waitingMax) return null
    const isNew = await insertDevice(
      write,
      newDevice(sn, { state, zone: deps.config.timeZone, site: deps.config.siteName, now }),
    )
    const row = await findDevice(write, sn)
    if (row && isNew) await recordEvents(write, [statusEvent(row, state, null, now)], deps.clock)
    return row ?? null
  })
  if (device === null) deps.log.warn({ sn, waitingMax }, 'an unknown terminal was turned away')
  deps.wakeDelivery()
  return device
}
