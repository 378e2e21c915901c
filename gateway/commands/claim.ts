import type { GatewayDeps } from '../deps.ts'
import { accessDialectOf, accessFactsOf } from '../device/access/facts.ts'
import { encodeAccessCommandLines } from '../device/protocol/access/command-lines.ts'
import { encodeAccessCommand } from '../device/protocol/access/commands.ts'
import { encodeCommand, encodeCommandLines } from '../device/protocol/attendance/commands.ts'
import type { CommandLine, CommandLines } from '../device/protocol/command-lines.ts'
import { UnsafeFieldError } from '../device/protocol/unsafe-field.ts'
import { saveToldOffset } from '../device/told-offset.ts'
import { encodeAboutPerson, isAboutPerson } from '../people/encode.ts'
import { type CommandRow, claimQueued, hasQueued, readPayload, takeBack } from '../store/commands.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { readProfile } from '../store/profiles.ts'
import { localAt, shiftSeconds } from '../time/zone.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { commandEvents } from './events.ts'
import { isCommandKind } from './kinds.ts'
import { accessCommand, attendanceCommand } from './payloads.ts'
import { applyHappening } from './settle.ts'

/**
 * Hands a polling terminal what waits for it, as its own command lines. Claimed rows are `sent` once this commits;
 * whether the reply arrives nobody can know, which is what `unconfirmed` is for. What does not fit into one reply waits
 * for the next poll, and what cannot be written for this terminal has failed. Idle polls write nothing.
 */
export async function claimCommands(deps: GatewayDeps, device: DeviceRow): Promise<string> {
  if (!(await hasQueued(deps.store.read, device.sn))) return 'OK'
  const body = await deps.store.write(async write => {
    // Only now: the wait for the writer counts towards the life of a door order.
    const now = deps.clock.now()
    const claimed = await claimQueued(write, deps.store.dialect, device.sn, now)
    const lines: CommandLine[] = []
    for (const row of claimed) {
      const text = await encode(deps, write, row, device, now)
      if (typeof text === 'string') lines.push({ id: String(row.id), text })
      else await refuse(deps, write, row, text)
    }
    const { body, included, deferred } = batch(device, lines)
    await takeBack(write, deferred.map(Number))
    const sent = claimed.filter(row => included.includes(String(row.id)))
    await noteClock(write, device, sent, now)
    await recordEvents(write, await commandEvents(write, sent, now), deps.clock)
    return body
  })
  deps.wakeDelivery()
  return body
}

async function encode(
  deps: GatewayDeps,
  write: Write,
  row: CommandRow,
  device: DeviceRow,
  now: number,
): Promise<string | UnsafeFieldError | null> {
  if (!isCommandKind(row.kind)) return null
  const payload = readPayload(row)
  const { flavour, keyStyle: pinKey, doorLayout } = readProfile(device)
  try {
    if (isAboutPerson(row.kind)) return await encodeAboutPerson(deps, write, row, device)
    if (flavour === 'access') {
      const command = accessCommand(row.kind, payload, clockOf(row, device, now))
      return command === null ? null : encodeAccessCommand(command, accessDialectOf(device))
    }
    const command = attendanceCommand(row.kind, payload)
    return command === null ? null : encodeCommand(command, { pinKey, doorLayout })
  } catch (error) {
    if (error instanceof UnsafeFieldError) return error
    throw error
  }
}

/** The wall clock now; of a time that was asked for, as much later as the order has waited. */
function clockOf(row: CommandRow, { zone }: DeviceRow, now: number): string {
  const { Time } = readPayload(row)
  return typeof Time === 'string'
    ? shiftSeconds(Time, Math.round((now - row.created_at) / 1000))
    : localAt(now, zone).local
}

function refuse(
  deps: GatewayDeps,
  write: Write,
  row: CommandRow,
  fault: UnsafeFieldError | null,
): Promise<unknown> {
  const error = fault === null ? 'Not sent: this terminal cannot be told that' : `Not sent: ${fault.message}`
  return applyHappening(deps, write, row, { type: 'answered', ok: false }, { error })
}

function batch(device: DeviceRow, lines: readonly CommandLine[]): CommandLines {
  if (readProfile(device).flavour !== 'access') return encodeCommandLines(lines)
  return encodeAccessCommandLines(lines, { sn: device.sn, cmdFormat: accessFactsOf(device).cmdFormat })
}

/** An access terminal is given the time itself, so from then on it knows the offset of its zone. */
async function noteClock(
  write: Write,
  device: DeviceRow,
  sent: readonly CommandRow[],
  now: number,
): Promise<void> {
  if (readProfile(device).flavour !== 'access') return
  if (sent.some(row => row.kind === 'time.sync' && readPayload(row).Time === undefined))
    await saveToldOffset(write, device.sn, localAt(now, device.zone).offsetMinutes)
}
