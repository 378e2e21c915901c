import type { DeviceRow } from '../store/devices.ts'
import { ackStyleOf, learnFacts, news, readProfile } from '../store/profiles.ts'
import { saveStamp } from '../store/stamps.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { breakLoop } from './break-loop.ts'
import { type DeviceReply, ok, type UploadDeps } from './context.ts'
import { type AckStyle, encodeAcknowledgement } from './protocol/attendance/acknowledge.ts'
import { quarantine } from './quarantine.ts'
import { readUpload } from './read-upload.ts'

export interface Upload {
  readonly table: string | null
  readonly stamp: string | null
  readonly rawUrl: string
}

/** Stamp names of the handshake by table; only these are remembered. */
const stampedTables = new Set(['attlog', 'operlog', 'attphoto', 'biodata', 'idcard', 'errorlog'])

/** What has been kept, as far as the acknowledgement depends on it. */
export interface Kept {
  readonly lineCount: number
  readonly style: AckStyle
}

/** Keeps one upload and acknowledges every consumed line, repeats and rejects included. */
export async function receiveUpload(
  deps: UploadDeps,
  device: DeviceRow,
  upload: Upload,
  body: Buffer,
  receivedAt: number,
): Promise<DeviceReply> {
  const { lineCount, style } = await keepUpload(deps, device, upload, body, receivedAt)
  return ok(encodeAcknowledgement({ table: upload.table, lineCount, style }))
}

/**
 * One upload: read, kept in one transaction with its events, its stamp and what it taught us. Throws when the store
 * fails: no acknowledgement, and the terminal sends it again.
 */
export async function keepUpload(
  deps: UploadDeps,
  device: DeviceRow,
  upload: Upload,
  body: Buffer,
  receivedAt: number,
): Promise<Kept> {
  const table = (upload.table ?? 'attlog').toLowerCase()
  const reading = readUpload(deps, device, { table, bytes: body, receivedAt, mayBeLive: true })
  const profile = readProfile(device)
  const learned = news(profile, reading.facts)
  const sighting = deps.repeats.look(device.sn, table, body)
  const stamp = stampOf(upload, table)
  const isPlain =
    reading.rejects.length === 0 && learned.length === 0 && stamp === null && sighting.times === 0
  if (reading.punchesOnly && isPlain) {
    const { punches, recorded } = reading.punchesOnly
    await deps.record({ device, punches }, ({ fresh, events }) => {
      recorded(fresh)
      if (events.length > 0) deps.wakeDelivery()
    })
  } else {
    await deps.grouped(device.sn, async write => {
      const events = await reading.record(write)
      // What the very same body could not say is in quarantine already; a terminal that repeats itself adds nothing.
      if (sighting.times === 0) await quarantine(deps, write, device.sn, table, receivedAt, reading.rejects)
      await recordEvents(write, events, deps.clock)
      if (stamp !== null) await saveStamp(write, device.sn, table, stamp, receivedAt)
      if (learned.length > 0) await learnFacts(write, device.sn, learned, receivedAt)
      await breakLoop(deps, write, device, table, sighting.times + 1)
    })
    deps.wakeDelivery()
  }
  sighting.note()
  return { lineCount: reading.lineCount, style: ackStyleOf(profile, table) }
}

/** Given back at a handshake, these would ask for everything a terminal has ever kept, again and again (4.2). */
const stampsOfNothing = new Set(['0', 'none', ''])

/** Firmware that posts a varying stamp gets it back at the next handshake; a constant 9999 says nothing (4.2). */
function stampOf({ stamp }: Upload, table: string): string | null {
  if (stamp === null || stamp === '9999' || !stampedTables.has(table)) return null
  if (stampsOfNothing.has(stamp.toLowerCase())) return null
  return /^[\x20-\x7e]{1,40}$/.test(stamp) ? stamp : null
}
