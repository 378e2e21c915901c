import { sql } from 'kysely'
import { OperationError } from '#contract/errors.ts'
import { rowsFromJson } from '#platform/database/dialect.ts'
import { type Enqueued, enqueueMany } from '../../commands/enqueue.ts'
import type { GatewayDeps } from '../../deps.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { openHolds } from '../../store/door-holds.ts'
import { type EmergencyRow, emergencyOfKey, insertEmergency } from '../../store/emergencies.ts'
import type { Write } from '../../store/index.ts'
import { recordEvents } from '../../webhooks/outbox.ts'
import { doorNews } from '../door-news.ts'
import { beginSteps, type DoorStep, type HoldMode, modesOf, returnStep } from '../door-orders.ts'
import { tellEmergency } from './tell-emergency.ts'

export interface EmergencyOrder {
  readonly kind: 'Lockdown' | 'Evacuation'
  readonly scope: 'Door' | 'Zone' | 'Site' | 'Everything'
  readonly scopeName: string
  readonly drill: boolean
  readonly movesRelays: boolean
  readonly reason: string | null
  readonly actor: string | null
  /** Already made unique per caller. */
  readonly key: string | null
  readonly doors: readonly TargetDoor[]
}

export interface TargetDoor {
  readonly device: DeviceRow
  readonly door: number
}

interface Target extends TargetDoor {
  readonly supported: boolean
  readonly steps: readonly DoorStep[]
}

const modes: Readonly<Record<EmergencyOrder['kind'], HoldMode>> = {
  Lockdown: 'lock',
  Evacuation: 'hold-open',
}

/** What an emergency puts a door into. */
export function modeOf(kind: string): HoldMode {
  return kind === 'Evacuation' ? modes.Evacuation : modes.Lockdown
}

/**
 * Starts an emergency: one row, one order a door, all in one transaction with a handful of statements whatever the
 * number of doors. A drill moves no relay unless that is chosen. The same key starts one.
 */
export async function startEmergency(deps: GatewayDeps, order: EmergencyOrder): Promise<EmergencyRow> {
  const started = await deps.store.write(async write => {
    const before = order.key === null ? undefined : await emergencyOfKey(write, order.key)
    if (before) return sameEmergency(before, order)
    const now = deps.clock.now()
    const emergency = await insertEmergency(write, {
      kind: order.kind,
      scope: order.scope,
      scope_name: order.scopeName,
      drill: order.drill ? 1 : 0,
      moves_relays: order.movesRelays ? 1 : 0,
      reason: order.reason,
      started_at: now,
      started_by: order.actor,
      ended_at: null,
      ended_by: null,
      end_note: null,
      idempotency_key: order.key,
    })
    await orderDoors(deps, write, emergency, order.doors, now)
    await tellEmergency(write, emergency)
    return emergency
  })
  for (const { device } of order.doors) deps.wakeCommands(device.sn)
  deps.wakeDelivery()
  return started
}

function sameEmergency(before: EmergencyRow, order: EmergencyOrder): EmergencyRow {
  if (before.kind === order.kind && before.scope === order.scope && before.scope_name === order.scopeName)
    return before
  throw new OperationError('IDEMPOTENCY_KEY_REUSED', {
    detail: 'This idempotency key was used for another order',
  })
}

async function orderDoors(
  deps: GatewayDeps,
  write: Write,
  emergency: EmergencyRow,
  doors: readonly TargetDoor[],
  now: number,
): Promise<void> {
  const targets = await planTargets(write, emergency, doors)
  const enqueued = await enqueueTargets(deps, write, emergency, targets)
  await insertDoors(deps, write, emergency, targets, enqueued, now)
  if (emergency.moves_relays === 1) await takeHolds(deps, write, emergency, targets, enqueued, now)
  const detail = `${emergency.drill === 1 ? 'Drill: ' : ''}${emergency.kind} ordered`
  await recordEvents(
    write,
    await doorNews(
      write,
      targets.map(({ device, door }) => ({
        sn: device.sn,
        door,
        id: `e${emergency.id}-${door}-${device.sn}`,
        detail,
      })),
      now,
    ),
    deps.clock,
  )
}

/** What each door has to be told: what it was told before is taken back first. */
async function planTargets(
  write: Write,
  { kind }: Pick<EmergencyRow, 'kind'>,
  doors: readonly TargetDoor[],
): Promise<Target[]> {
  const mode = modeOf(kind)
  const holds = await openHolds(write, null)
  const held = new Map(holds.map(hold => [`${hold.sn}/${hold.door_no}`, hold]))
  return doors.map(({ device, door }) => {
    const before = held.get(`${device.sn}/${door}`)
    // Written by lock-door.ts and here, which know three modes.
    const undo = before && before.mode !== mode ? [returnStep(before.mode as HoldMode, door)] : []
    const supported = modesOf(device).includes(mode)
    return { device, door, supported, steps: supported ? [...undo, ...beginSteps(mode, door, null)] : [] }
  })
}

/** The last command of each door by `SN/1`; nothing is sent in a drill without relays. */
async function enqueueTargets(
  deps: GatewayDeps,
  write: Write,
  emergency: EmergencyRow,
  targets: readonly Target[],
): Promise<Map<string, Enqueued>> {
  if (emergency.moves_relays === 0) return new Map()
  const reason = `${emergency.drill === 1 ? 'Drill: ' : ''}${emergency.kind} ${emergency.id}`
  const orders = targets.flatMap(({ device, steps }) =>
    steps.map(({ kind, payload }) => ({
      sn: device.sn,
      kind,
      payload: { ...payload, Reason: reason },
      actor: emergency.started_by,
    })),
  )
  const enqueued = await enqueueMany(deps, write, orders)
  const last = new Map<string, Enqueued>()
  let at = 0
  for (const { device, door, steps } of targets) {
    at += steps.length
    const found = steps.length === 0 ? undefined : enqueued[at - 1]
    if (found) last.set(`${device.sn}/${door}`, found)
  }
  return last
}

async function insertDoors(
  deps: GatewayDeps,
  write: Write,
  emergency: EmergencyRow,
  targets: readonly Target[],
  enqueued: ReadonlyMap<string, Enqueued>,
  now: number,
): Promise<void> {
  const rows = targets.map(({ device, door, supported }) => {
    const order = enqueued.get(`${device.sn}/${door}`)
    return {
      sn: device.sn,
      door,
      supported: supported ? 1 : 0,
      reachable: order?.reachable ? 1 : 0,
      command: order?.command.id ?? null,
      tries: order ? 1 : 0,
    }
  })
  const columns = {
    sn: 'text',
    door: 'integer',
    supported: 'integer',
    reachable: 'integer',
    command: 'integer',
    tries: 'integer',
  } as const
  if (rows.length === 0) return
  await sql`
    insert into emergency_door (emergency_id, sn, door_no, supported, reachable, command_id, tries, last_try_at)
    select cast(${emergency.id} as bigint), sn, door, supported, reachable, command, tries, cast(${now} as bigint)
    from ${rowsFromJson(deps.store.dialect, columns, rows)} as given where true`.execute(write)
}

/** Holds of the doors that were told, in place of those they had; their end is the end of the emergency. */
async function takeHolds(
  deps: GatewayDeps,
  write: Write,
  emergency: EmergencyRow,
  targets: readonly Target[],
  enqueued: ReadonlyMap<string, Enqueued>,
  now: number,
): Promise<void> {
  const told = targets.flatMap(({ device, door }) => {
    const order = enqueued.get(`${device.sn}/${door}`)
    return order?.reachable ? [{ sn: device.sn, door, command: order.command.id }] : []
  })
  if (told.length === 0) return
  const keys = new Set(told.map(({ sn, door }) => `${sn}/${door}`))
  const replaced = (await openHolds(write, null)).filter(({ sn, door_no }) => keys.has(`${sn}/${door_no}`))
  if (replaced.length > 0)
    await write
      .updateTable('door_hold')
      .set({ state: 'replaced', ended_at: now, note: `An emergency took its place (${emergency.id})` })
      .where(
        'id',
        'in',
        replaced.map(({ id }) => id),
      )
      .execute()
  const columns = { sn: 'text', door: 'integer', command: 'integer' } as const
  await sql`
    insert into door_hold (sn, door_no, mode, state, ends_by, actor, emergency_id, started_at, command_id)
    select sn, door, cast(${modeOf(emergency.kind)} as text), 'ordered', 'order', cast(${emergency.started_by} as text),
      cast(${emergency.id} as bigint), cast(${now} as bigint), command
    from ${rowsFromJson(deps.store.dialect, columns, told)} as given where true`.execute(write)
}

/** Tells doors of an emergency once more whose terminals were away, or never answered. */
export async function orderAgain(
  deps: GatewayDeps,
  write: Write,
  emergency: EmergencyRow,
  doors: readonly TargetDoor[],
  now: number,
): Promise<void> {
  const targets = await planTargets(write, emergency, doors)
  const enqueued = await enqueueTargets(deps, write, emergency, targets)
  await takeHolds(deps, write, emergency, targets, enqueued, now)
  for (const { device, door } of targets) {
    const order = enqueued.get(`${device.sn}/${door}`)
    if (!order) continue
    await write
      .updateTable('emergency_door')
      .set({
        command_id: order.command.id,
        reachable: order.reachable ? 1 : 0,
        tries: sql`tries + 1`,
        last_try_at: now,
      })
      .where('emergency_id', '=', emergency.id)
      .where('sn', '=', device.sn)
      .where('door_no', '=', door)
      .execute()
  }
}
