import type { GatewayDeps } from '../deps.ts'
import { accessDialectOf, accessFactsOf } from '../device/access/facts.ts'
import { encodeAccessCommandLines } from '../device/protocol/access/command-lines.ts'
import { encodeAccessCommand } from '../device/protocol/access/commands.ts'
import {
  type AttendanceDialect,
  encodeCommand,
  encodeCommandLines,
} from '../device/protocol/attendance/commands.ts'
import { type CommandRow, claimQueued, hasQueued, readPayload } from '../store/commands.ts'
import type { DeviceRow } from '../store/devices.ts'
import { readProfile } from '../store/profiles.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { commandEvent } from './events.ts'
import { accessCommand, attendanceCommand, isCommandKind } from './kinds.ts'

/**
 * Hands a polling terminal what waits for it, as its own command lines. Claimed rows are `sent` once this commits;
 * whether the reply arrives nobody can know, which is what `unconfirmed` is for. Idle polls write nothing.
 */
export async function claimCommands(deps: GatewayDeps, device: DeviceRow): Promise<string> {
  if (!(await hasQueued(deps.store.read, device.sn))) return 'OK'
  const now = deps.clock.now()
  const claimed = await deps.store.write(async write => {
    const rows = await claimQueued(write, deps.store.dialect, device.sn, now)
    await recordEvents(
      write,
      rows.map(row => commandEvent(row, now)),
      deps.clock,
    )
    return rows
  })
  deps.wakeDelivery()
  const { flavour, keyStyle: pinKey, doorLayout } = readProfile(device)
  if (flavour === 'access') return accessLines(device, claimed)
  return encodeCommandLines(claimed.flatMap(row => toLine(row, { pinKey, doorLayout }))).body
}

function toLine(row: CommandRow, dialect: AttendanceDialect): { id: string; text: string }[] {
  if (!isCommandKind(row.kind)) return []
  return [{ id: String(row.id), text: encodeCommand(attendanceCommand(row.kind, readPayload(row)), dialect) }]
}

function accessLines(device: DeviceRow, claimed: readonly CommandRow[]): string {
  const dialect = accessDialectOf(device)
  const lines = claimed.flatMap(row => {
    if (!isCommandKind(row.kind)) return []
    const command = accessCommand(row.kind, readPayload(row))
    return [{ id: String(row.id), text: encodeAccessCommand(command, dialect) }]
  })
  const { cmdFormat } = accessFactsOf(device)
  return encodeAccessCommandLines(lines, { sn: device.sn, cmdFormat }).body
}
