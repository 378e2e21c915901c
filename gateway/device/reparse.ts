import type { EventBody } from '#contract/events.ts'
import type { GatewayDeps } from '../deps.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import { learnFacts, news, readProfile } from '../store/profiles.ts'
import { findReject, newestQuarantined, rejectsBetween } from '../store/quarantine.ts'
import { unseal } from '../store/seal.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { silentClocks } from './clocks.ts'
import { quarantine } from './quarantine.ts'
import { type Reading, readUpload } from './read-upload.ts'

export interface Reparsed {
  readonly read: number
  readonly understood: number
  readonly newPunches: number
}

const batchMax = 200

/**
 * Reads the quarantined lines of a terminal again with the parser and profile of now, each with its own time of
 * receipt. What is understood is recorded and leaves the quarantine in one transaction, with its events; what is not
 * stays untouched. Doing it twice finds nothing more to do.
 */
export async function reparseQuarantine(deps: GatewayDeps, sn: string): Promise<Reparsed> {
  let [read, understood, newPunches, last] = [0, 0, 0, 0]
  // What goes back into quarantine on the way has been tried.
  const newest = await newestQuarantined(deps.store.read, sn)
  for (;;) {
    const device = await findDevice(deps.store.read, sn)
    const ids = await rejectsBetween(deps.store.read, sn, { after: last, to: newest }, batchMax)
    if (device === undefined || ids.length === 0) return { read, understood, newPunches }
    for (const id of ids) {
      last = id
      const row = await findReject(deps.store.read, id)
      if (!row) continue
      read += 1
      const reading = readUpload({ ...deps, clocks: silentClocks }, device, {
        table: row.table_name,
        bytes: unseal(deps.config.sealKey, row.raw),
        receivedAt: row.received_at,
        mayBeLive: false,
      })
      if (!isUnderstood(reading)) continue
      const events = await moveIn(deps, device, row, reading)
      if (events === null) continue
      understood += 1
      newPunches += events.filter(({ Event }) => Event === 'OnAttendance').length
    }
    deps.wakeDelivery()
  }
}

/** A body of a table nobody knows reads as itself; a line that is still no record is its own only reject. */
function isUnderstood({ rejects, lineCount }: Reading): boolean {
  return lineCount > 0 && rejects.length < lineCount && rejects.every(({ line }) => line > 0)
}

/** Null when somebody else was faster. */
async function moveIn(
  deps: GatewayDeps,
  device: DeviceRow,
  row: { readonly id: number; readonly table_name: string; readonly received_at: number },
  reading: Reading,
): Promise<EventBody[] | null> {
  return deps.store.write(async write => {
    const taken = await write
      .deleteFrom('quarantine')
      .where('id', '=', row.id)
      .returning('id')
      .executeTakeFirst()
    if (!taken) return null
    const events = await reading.record(write)
    await quarantine(deps, write, device.sn, row.table_name, row.received_at, reading.rejects)
    await recordEvents(write, events, deps.clock)
    const learned = news(readProfile(device), reading.facts)
    if (learned.length > 0) await learnFacts(write, device.sn, learned, deps.clock.now())
    return events
  })
}
