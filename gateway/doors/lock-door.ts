import { OperationError } from '#contract/errors.ts'
import { type Enqueued, enqueueIn } from '../commands/enqueue.ts'
import type { GatewayDeps } from '../deps.ts'
import { findByKey, readPayload } from '../store/commands.ts'
import type { DeviceRow } from '../store/devices.ts'
import {
  doorSettings,
  findHold,
  type HoldRow,
  holdOf,
  holdOfCommand,
  insertHold,
  updateHold,
} from '../store/door-holds.ts'
import type { Write } from '../store/index.ts'
import {
  beginSteps,
  type DoorStep,
  type HoldMode,
  isCounted,
  normalSteps,
  returnStep,
} from './door-orders.ts'

export interface LockOrder {
  readonly device: DeviceRow
  readonly door: number
  readonly mode: HoldMode
  /** Epoch milliseconds, or null: until somebody ends it. */
  readonly until: number | null
  readonly reason: string | null
  readonly actor: string | null
  /** Already made unique per caller. */
  readonly key: string | null
}

/** How long an order without an end waits for a second person. */
const agreeMs = 120_000

/**
 * Puts a door into a mode until an end, which is kept as a row: the return is sent by the clock (sweep-holds.ts) even if
 * we were restarted meanwhile. What the door was told before is taken back first. Throws SECOND_PERSON_NEEDED where an
 * order without an end has to be agreed to by somebody else; nothing is sent then.
 */
export async function lockDoor(deps: GatewayDeps, order: LockOrder): Promise<Enqueued> {
  const outcome = await deps.store.write(write => lockIn(deps, write, order))
  if (outcome === 'awaits')
    throw new OperationError('SECOND_PERSON_NEEDED', {
      detail: 'This door is held without an end only if somebody else agrees within two minutes',
    })
  wake(deps, order.device.sn, outcome)
  return outcome
}

async function lockIn(deps: GatewayDeps, write: Write, order: LockOrder): Promise<Enqueued | 'awaits'> {
  const { device, door, until } = order
  const before = await repeated(write, order)
  if (before) return before
  const setting = (await doorSettings(write, [device.sn]))(device.sn, door)
  if (until === null && setting.second_person === 1) {
    await awaitSecond(deps, write, order)
    return 'awaits'
  }
  return begin(deps, write, order, null)
}

/** What the key of this order has led to before, if it was this order; another one is IDEMPOTENCY_KEY_REUSED. */
async function repeated(write: Write, { key, device, door, mode }: LockOrder): Promise<Enqueued | null> {
  const command = key === null ? undefined : await findByKey(write, key)
  if (!command) return null
  const hold = await holdOfCommand(write, command.id)
  // How long it is to last is counted from now, so it is the door and the mode that make it the same order.
  const isSame =
    command.sn === device.sn &&
    readPayload(command).DoorNo === door &&
    (hold ? hold.mode === mode : beginSteps(mode, door, null).at(-1)?.kind === command.kind)
  if (isSame) return { command, reachable: command.state !== 'expired' || command.sent_at !== null }
  throw new OperationError('IDEMPOTENCY_KEY_REUSED', {
    detail: 'This idempotency key was used for another order',
  })
}

/** The order itself, agreed to by a second person where `second` names one. */
async function begin(
  deps: GatewayDeps,
  write: Write,
  order: LockOrder,
  second: HoldRow | null,
): Promise<Enqueued> {
  const { device, door, mode, until, actor } = order
  const now = deps.clock.now()
  const forMs = until === null ? null : Math.max(1000, until - now)
  const before = await holdOf(write, device.sn, door)
  const undo = before ? [returnStep(readMode(before), door)] : []
  const enqueued = await enqueueSteps(deps, write, order, [...undo, ...beginSteps(mode, door, forMs)])
  const { command, reachable } = enqueued
  // An order that never leaves us has not touched what the door was told before.
  if (!reachable) {
    if (second)
      await updateHold(write, second.id, { state: 'refused', ended_at: now, command_id: command.id })
    return enqueued
  }
  if (before)
    await updateHold(write, before.id, {
      state: 'replaced',
      ended_at: now,
      note: 'Another order took its place',
    })
  const row = {
    sn: device.sn,
    door_no: door,
    mode,
    state: 'ordered',
    until,
    ends_by: isCounted(mode, forMs) ? 'terminal' : 'order',
    reason: order.reason,
    actor: second?.actor ?? actor,
    second_actor: second ? actor : null,
    emergency_id: null,
    started_at: now,
    ended_at: null,
    command_id: command.id,
    return_id: null,
    next_try_at: null,
    note: null,
  }
  if (second) await updateHold(write, second.id, row)
  else await insertHold(write, row)
  return enqueued
}

async function awaitSecond(deps: GatewayDeps, write: Write, order: LockOrder): Promise<void> {
  const { device, door, mode, reason, actor } = order
  const now = deps.clock.now()
  const waiting = await write
    .selectFrom('door_hold')
    .select('id')
    .where('sn', '=', device.sn)
    .where('door_no', '=', door)
    .where('mode', '=', mode)
    .where('state', '=', 'awaits-second')
    .executeTakeFirst()
  const row = { reason, actor, started_at: now, next_try_at: now + agreeMs }
  if (waiting) return updateHold(write, waiting.id, row)
  await insertHold(write, {
    ...row,
    sn: device.sn,
    door_no: door,
    mode,
    state: 'awaits-second',
    until: null,
    ends_by: 'order',
    second_actor: null,
    emergency_id: null,
    ended_at: null,
    command_id: null,
    return_id: null,
    note: 'Nothing was sent yet; a second person has to agree',
  })
}

/** Somebody else agrees to an order without an end. Throws HOLD_NOT_FOUND, ORDER_TOO_LATE, SECOND_PERSON_NEEDED. */
export async function approveHold(
  deps: GatewayDeps,
  given: {
    readonly holdId: string
    readonly actor: string | null
    readonly key: string | null
    readonly deviceOf: (sn: string) => Promise<DeviceRow>
  },
): Promise<Enqueued> {
  const found = await findHold(deps.store.read, given.holdId)
  if (!found) throw new OperationError('HOLD_NOT_FOUND', { field: 'HoldID' })
  const device = await given.deviceOf(found.sn)
  const enqueued = await deps.store.write(async write => {
    const hold = await findHold(write, given.holdId)
    if (hold?.state !== 'awaits-second')
      throw new OperationError('ORDER_TOO_LATE', {
        field: 'HoldID',
        detail: 'It does not wait for anybody any more',
      })
    if (given.actor === null || given.actor === hold.actor)
      throw new OperationError('SECOND_PERSON_NEEDED', {
        detail: 'Whoever asked for it cannot be the one to agree',
      })
    const order = {
      device,
      door: hold.door_no,
      mode: readMode(hold),
      until: null,
      reason: hold.reason,
      actor: given.actor,
      key: given.key,
    }
    return begin(deps, write, order, hold)
  })
  wake(deps, device.sn, enqueued)
  return enqueued
}

/** Back to normal: ends the order in force, or, where none of ours is, everything a door can have been told. */
export async function returnDoor(
  deps: GatewayDeps,
  order: Omit<LockOrder, 'mode' | 'until'>,
): Promise<Enqueued> {
  const { device, door } = order
  const enqueued = await deps.store.write(async write => {
    const hold = await holdOf(write, device.sn, door)
    const steps = hold ? [returnStep(readMode(hold), door)] : normalSteps(device, door)
    const outcome = await enqueueSteps(deps, write, order, steps)
    if (hold && outcome.reachable)
      await updateHold(write, hold.id, { state: 'returning', return_id: outcome.command.id })
    return outcome
  })
  wake(deps, device.sn, enqueued)
  return enqueued
}

/**
 * One row a command, in order; answers the last, which carries the caller's key, so that a repeat finds it. A repeat of
 * a key that is known enqueues nothing beside it.
 */
async function enqueueSteps(
  deps: GatewayDeps,
  write: Write,
  { device, actor, key, reason }: Pick<LockOrder, 'device' | 'actor' | 'key' | 'reason'>,
  all: readonly DoorStep[],
): Promise<Enqueued> {
  const last = all.at(-1)
  if (!last) throw new Error('A door order without a command')
  const known = key === null ? undefined : await findByKey(write, key)
  const order = (step: DoorStep, ownKey: string | null) =>
    enqueueIn(deps, write, {
      sn: device.sn,
      kind: step.kind,
      payload: { ...step.payload, ...(reason === null ? {} : { Reason: reason }) },
      actor,
      key: ownKey,
    })
  if (!known) for (const step of all.slice(0, -1)) await order(step, null)
  return order(last, key)
}

function readMode({ mode }: Pick<HoldRow, 'mode'>): HoldMode {
  return mode === 'lock' || mode === 'hold-closed' ? mode : 'hold-open'
}

function wake(deps: GatewayDeps, sn: string, { command }: Enqueued): void {
  if (command.state === 'queued') deps.wakeCommands(sn)
  deps.wakeDelivery()
}
