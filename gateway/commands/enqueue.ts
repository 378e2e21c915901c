import { OperationError } from '#contract/errors.ts'
import type { GatewayDeps } from '../deps.ts'
import { type CommandRow, findByKey } from '../store/commands.ts'
import { findDevice } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { commandEvent } from './events.ts'
import { type CommandKind, kinds } from './kinds.ts'

export interface Order {
  readonly sn: string
  readonly kind: CommandKind
  readonly payload: Readonly<Record<string, unknown>>
  readonly actor: string | null
  /** Already made unique per caller; the same key answers with the first one's command. */
  readonly key: string | null
}

export interface Enqueued {
  readonly command: CommandRow
  /** False: the terminal is away. What cannot wait has been stored as expired and will never be sent. */
  readonly reachable: boolean
}

/**
 * Stores an order as a row. A terminal that is away gets what may wait as `queued`; what may not (a door) is stored
 * as `expired` at once, so the refusal is on record and nothing opens late (house 3.6 step 7).
 * Throws DEVICE_NOT_FOUND, DEVICE_WAITING, IDEMPOTENCY_KEY_REUSED.
 */
export async function enqueueCommand(deps: GatewayDeps, order: Order): Promise<Enqueued> {
  const enqueued = await deps.store.write(write => enqueueIn(deps, write, order))
  if (enqueued.command.state === 'queued') deps.wakeCommands(order.sn)
  deps.wakeDelivery()
  return enqueued
}

/** The same in the caller's transaction, who wakes those concerned after the commit. */
export async function enqueueIn(
  deps: Pick<GatewayDeps, 'clock'>,
  write: Write,
  order: Order,
): Promise<Enqueued> {
  const now = deps.clock.now()
  const device = await findDevice(write, order.sn)
  if (!device) throw new OperationError('DEVICE_NOT_FOUND', { field: 'DeviceSN' })
  if (device.state !== 'adopted') throw new OperationError('DEVICE_WAITING', { field: 'DeviceSN' })
  const contact = await write
    .selectFrom('device_contact')
    .select('online')
    .where('sn', '=', order.sn)
    .executeTakeFirst()
  const reachable = contact?.online === 1
  const payload = JSON.stringify(order.payload)
  const before = await sameOrder(write, order, payload)
  if (before) return { command: before, reachable: before.state !== 'expired' || reachable }
  const rules = kinds[order.kind]
  const refused = !reachable && !rules.keepForAbsent
  const command = await write
    .insertInto('command')
    .values({
      sn: order.sn,
      kind: order.kind,
      operation: rules.operation,
      payload,
      state: refused ? 'expired' : 'queued',
      idempotency_key: order.key,
      actor: order.actor,
      created_at: now,
      expires_at: refused ? now : now + rules.liveMs,
      sent_at: null,
      completed_at: refused ? now : null,
      attempts: 0,
      return_code: null,
      error: refused ? 'The terminal is not reachable; nothing was sent' : null,
    })
    // On PostgreSQL the twin of a double click may be inserting at this very moment; it waits here and finds us.
    .onConflict(conflict =>
      conflict.column('idempotency_key').where('idempotency_key', 'is not', null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
  if (!command) {
    const twin = await sameOrder(write, order, payload)
    if (twin) return { command: twin, reachable: twin.state !== 'expired' || reachable }
    throw new OperationError('STORE_UNAVAILABLE')
  }
  if (order.kind === 'attendance.query')
    await write.updateTable('device').set({ query_id: command.id }).where('sn', '=', order.sn).execute()
  await recordEvents(write, [commandEvent(command, now)], deps.clock)
  return { command, reachable }
}

/** The order this key was used for before, if it is this one; another one is IDEMPOTENCY_KEY_REUSED. */
async function sameOrder(write: Write, order: Order, payload: string): Promise<CommandRow | undefined> {
  const before = order.key === null ? undefined : await findByKey(write, order.key)
  if (!before || (before.sn === order.sn && before.kind === order.kind && before.payload === payload))
    return before
  throw new OperationError('IDEMPOTENCY_KEY_REUSED', {
    detail: 'This idempotency key was used for another order',
  })
}
