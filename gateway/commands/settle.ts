import type { EventBody } from '#contract/events.ts'
import type { GatewayDeps } from '../deps.ts'
import { accessOutcomeOf, accessReturnCodeMeaning } from '../device/protocol/access/return-codes.ts'
import { attendanceOutcomeOf } from '../device/protocol/attendance/return-codes.ts'
import { isAboutPerson } from '../people/encode.ts'
import { nobodyThere, settlePerson } from '../people/settle-person.ts'
import { type CommandRow, findCommand, readPayload } from '../store/commands.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import { recordDoorEvent } from '../store/doors.ts'
import type { Write } from '../store/index.ts'
import { localAt } from '../time/zone.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { askCounts } from './ask-counts.ts'
import { settleCatchUp } from './catch-up.ts'
import { commandEvents } from './events.ts'
import { isCommandKind, kinds } from './kinds.ts'
import { tellOfOrder } from './order-alerts.ts'
import { askBack, endQuestion, noteUnreadable } from './read-back.ts'
import { type CommandStateName, type Happening, isFinal, nextState } from './transitions.ts'

type SettleDeps = Pick<GatewayDeps, 'clock' | 'log'>

/**
 * Applies what happened to one command, with its event in the same transaction. Answers the new state, or null when
 * the transition is refused: a repeated result changes nothing.
 */
export async function applyHappening(
  deps: SettleDeps,
  write: Write,
  command: CommandRow,
  happening: Happening,
  about: { returnCode?: number | null; error?: string } = {},
): Promise<CommandStateName | null> {
  const now = deps.clock.now()
  const from = command.state as CommandStateName
  const to = nextState(from, happening, command.attempts)
  if (to === null) return null
  const changed = await write
    .updateTable('command')
    .set({
      state: to,
      completed_at: isFinal(to) ? now : null,
      return_code: about.returnCode ?? command.return_code,
      error: about.error ?? (to === 'done' ? null : command.error),
    })
    .where('id', '=', command.id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst()
  if (!changed) return null
  await settleCatchUp(write, changed, to)
  await tellOfOrder(write, changed, to, now)
  const device = to === 'done' ? await findDevice(write, changed.sn) : undefined
  if (isAccess(device)) {
    // One that was replaced meanwhile is asked nothing more.
    if (device?.state === 'adopted') {
      await askBack(deps, write, changed)
      await askCounts(deps, write, changed)
    }
  } else if (to === 'done') await noteUnreadable(write, changed)
  const idle = await endQuestion(write, changed, to)
  if (idle) await contradict(deps, write, idle)
  await recordEvents(
    write,
    [
      ...(await commandEvents(write, [changed], now)),
      ...(await consequences(write, changed, to, now)),
      ...(isAboutPerson(changed.kind) ? await settlePerson(deps, write, changed, to) : []),
    ],
    deps.clock,
  )
  return to
}

/** Takes back that an order was carried out: the terminal does not hold what it was told. */
export async function contradict(deps: SettleDeps, write: Write, command: CommandRow): Promise<void> {
  const error = 'The terminal answered yes, but does not hold it'
  await applyHappening(deps, write, command, { type: 'contradicted' }, { error })
}

function isAccess(device: DeviceRow | undefined): boolean {
  return device?.flavour === 'access'
}

/**
 * Settles a result a terminal reports, matched by id and terminal. Unknown ids are logged and otherwise ignored: a
 * terminal may answer for a server it had before.
 */
export async function settleResult(
  deps: SettleDeps,
  write: Write,
  sn: string,
  result: { id: string; returnCode: number | null },
): Promise<CommandStateName | null> {
  const command = await findCommand(write, result.id)
  if (!command || command.sn !== sn) {
    deps.log.warn({ sn, commandId: result.id.slice(0, 32) }, 'result for a command we never gave')
    return null
  }
  const device = await findDevice(write, sn)
  const { ok, error } = verdictOf(command.kind, result.returnCode, isAccess(device))
  // Accepted by a master controller: the answer proper comes with the same id (iclock-push 8).
  if (ok === 'pending') return null
  return applyHappening(
    deps,
    write,
    command,
    { type: 'answered', ok },
    { returnCode: result.returnCode, ...(error === undefined ? {} : { error }) },
  )
}

interface Verdict {
  readonly ok: boolean | 'pending' | null
  readonly error?: string
}

/** The two flavours have tables of their own for the same numbers (iclock-push 8, 12.10). */
function verdictOf(kind: string, returnCode: number | null, isAccess: boolean): Verdict {
  if (returnCode === null) return { ok: null, error: 'The terminal answered without a readable code' }
  if (isAccess && accessOutcomeOf(returnCode) === 'pending') return { ok: 'pending' }
  // Asked for somebody it does not know, a terminal answers with an error; that is an answer.
  if (kind === 'user.query' && nobodyThere.has(returnCode)) return { ok: true }
  if (isAccess)
    return returnCode >= 0 ? { ok: true } : { ok: false, error: accessReturnCodeMeaning(returnCode) }
  const { outcome, words } = attendanceOutcomeOf(kind, returnCode)
  if (outcome === 'unknown') return { ok: null, error: `The terminal ${words}` }
  return outcome === 'done' ? { ok: true } : { ok: false, error: words }
}

/** A new session after a restart was handed over: it did restart, whether or not it found time to say so. */
export async function settleRestarts(deps: SettleDeps, write: Write, sn: string): Promise<void> {
  const sent = await write
    .selectFrom('command')
    .selectAll()
    .where('sn', '=', sn)
    .where('state', '=', 'sent')
    .where('kind', '=', 'device.restart')
    .execute()
  for (const command of sent) await applyHappening(deps, write, command, { type: 'cameBack' })
}

/** May a command of this row be handed over once more? */
export function mayTryAgain(command: CommandRow): boolean {
  return isCommandKind(command.kind) && command.attempts < kinds[command.kind].attemptsMax
}

async function consequences(
  write: Write,
  command: CommandRow,
  to: CommandStateName,
  now: number,
): Promise<EventBody[]> {
  if (command.kind !== 'door.open' || to !== 'done') return []
  const device: DeviceRow | undefined = await findDevice(write, command.sn)
  if (!device || (await isToldAlready(write, command))) return []
  const doorNo = Number(readPayload(command).DoorNo ?? 1)
  const event = await recordDoorEvent(write, device, {
    doorNo,
    event: 'RemoteOpen',
    employeeCode: null,
    localTime: localAt(now, device.zone).local,
    instant: now,
    receivedAt: now,
    commandId: command.id,
    identity: `command-${command.id}`,
  })
  return event ? [event] : []
}

/** A controller may report the opening before it answers the order (device/access/link-remote-open.ts). */
async function isToldAlready(write: Write, command: CommandRow): Promise<boolean> {
  const told = await write
    .selectFrom('door_event')
    .select('id')
    .where('sn', '=', command.sn)
    .where('command_id', '=', command.id)
    .executeTakeFirst()
  return told !== undefined
}
