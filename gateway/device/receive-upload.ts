import type { EventBody } from '#contract/events.ts'
import { interpretPunch } from '../punches/interpret.ts'
import { recordPunches } from '../punches/record-punches.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { type DeviceDeps, type DeviceReply, ok } from './context.ts'
import { learnOptions } from './learn-options.ts'
import { encodeAcknowledgement } from './protocol/attendance/acknowledge.ts'
import { parseAttlog } from './protocol/attendance/attlog.ts'
import { parseOperlog } from './protocol/attendance/operlog.ts'
import { parseOptions } from './protocol/attendance/options.ts'
import { countLines } from './protocol/text.ts'
import { quarantine } from './quarantine.ts'
import { recordOperations } from './record-operations.ts'

export interface Upload {
  readonly table: string | null
  readonly stamp: string | null
  readonly rawUrl: string
}

interface TakenIn {
  readonly lineCount: number
  readonly store: (write: Write) => Promise<EventBody[]>
}

/** Tables that OPERLOG's keyword lines arrive under. */
const operationTables = new Set([
  'operlog',
  'userinfo',
  'biodata',
  'errorlog',
  'fingertmp',
  'facev7',
  'biophoto',
  'userpic',
])
/** Stamp names of the handshake by table; only these are remembered. */
const stampedTables = new Set(['attlog', 'operlog', 'attphoto', 'biodata', 'idcard', 'errorlog'])

/**
 * One upload: read, keep in one transaction with its events and its stamp, then acknowledge every consumed line,
 * repeats and rejects included. Throws when the store fails: no acknowledgement, and the terminal sends it again.
 */
export async function receiveUpload(
  deps: DeviceDeps,
  device: DeviceRow,
  upload: Upload,
  body: Buffer,
  receivedAt: number,
): Promise<DeviceReply> {
  const taken = takeIn(deps, device, upload, body, receivedAt)
  await deps.grouped(async write => {
    const events = await taken.store(write)
    await recordEvents(write, events, deps.clock)
    await rememberStamp(write, device, upload)
  })
  deps.wakeDelivery()
  const style = device.ack_style === 'bare' ? 'bare' : 'count'
  return ok(encodeAcknowledgement({ table: upload.table, lineCount: taken.lineCount, style }))
}

function takeIn(
  deps: DeviceDeps,
  device: DeviceRow,
  upload: Upload,
  body: Buffer,
  receivedAt: number,
): TakenIn {
  const table = (upload.table ?? 'attlog').toLowerCase()
  const charset = device.charset ?? undefined
  if (table === 'attlog') return takePunches(deps, device, body, receivedAt)
  if (table === 'options') {
    const { values, count } = parseOptions(body, { charset })
    return {
      lineCount: count,
      async store(write) {
        await learnOptions(write, device, values)
        return []
      },
    }
  }
  if (operationTables.has(table)) {
    const parsed = parseOperlog(body, { table, charset })
    return {
      lineCount: parsed.lineCount,
      async store(write) {
        await quarantine(deps, write, device.sn, table, receivedAt, parsed.rejects)
        return recordOperations(deps, write, device, parsed.records, receivedAt)
      },
    }
  }
  return keepWhole(deps, device, table, body, receivedAt)
}

function takePunches(deps: DeviceDeps, device: DeviceRow, body: Buffer, receivedAt: number): TakenIn {
  const parsed = parseAttlog(body, { charset: device.charset ?? undefined })
  const live = parsed.lineCount === 1
  const punches = parsed.punches.map(punch => interpretPunch(punch, device, receivedAt, live))
  return {
    lineCount: parsed.lineCount,
    async store(write) {
      await quarantine(deps, write, device.sn, 'attlog', receivedAt, parsed.rejects)
      const { events } = await recordPunches(write, deps.store.dialect, device, punches)
      const skew = live && events.length === 1 ? punches[0]?.clock_skew_ms : null
      if (skew !== null && skew !== undefined) deps.presence.measured(device.sn, skew)
      return events
    },
  }
}

/** Photos and tables nobody reads yet: kept whole and sealed, so that a later release finds them (iclock-push 3). */
function keepWhole(
  deps: DeviceDeps,
  device: DeviceRow,
  table: string,
  body: Buffer,
  receivedAt: number,
): TakenIn {
  const reason = table === 'attphoto' ? 'kept:photo' : 'unknown-table'
  return {
    lineCount: countLines(body),
    async store(write) {
      if (body.length > 0)
        await quarantine(deps, write, device.sn, table, receivedAt, [{ line: 0, reason, bytes: body }])
      return []
    },
  }
}

/** Firmware that posts a varying stamp gets it back at the next handshake; a constant 9999 says nothing. */
async function rememberStamp(write: Write, device: DeviceRow, upload: Upload): Promise<void> {
  const table = upload.table?.toLowerCase() ?? ''
  if (upload.stamp === null || upload.stamp === '9999' || !stampedTables.has(table)) return
  if (!/^[\x20-\x7e]{1,40}$/.test(upload.stamp)) return
  const stamps: Record<string, string> = {
    ...(JSON.parse(device.stamps) as Record<string, string>),
    [table]: upload.stamp,
  }
  await write
    .updateTable('device')
    .set({ stamps: JSON.stringify(stamps) })
    .where('sn', '=', device.sn)
    .execute()
}
