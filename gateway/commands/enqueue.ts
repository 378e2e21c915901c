import { sql } from 'kysely'
import { OperationError } from '#contract/errors.ts'
import { type JsonColumnType, rowsFromJson } from '#platform/database/dialect.ts'
import type { GatewayDeps } from '../deps.ts'
import { type CommandRow, findByKey } from '../store/commands.ts'
import { findDevice } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { commandEvents } from './events.ts'
import { type CommandKind, kinds } from './kinds.ts'

export interface Order {
  readonly sn: string
  readonly kind: CommandKind
  readonly payload: Readonly<Record<string, unknown>>
  readonly actor: string | null
  /** Already made unique per caller; the same key answers with the first one's command. */
  readonly key: string | null
}

const refusal = 'The terminal is not reachable; nothing was sent'

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
      error: refused ? refusal : null,
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
  await recordEvents(write, await commandEvents(write, [command], now), deps.clock)
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

const columns = {
  n: 'integer',
  sn: 'text',
  kind: 'text',
  operation: 'text',
  payload: 'text',
  state: 'text',
  actor: 'text',
  expires_at: 'integer',
  completed_at: 'integer',
  error: 'text',
} as const satisfies Record<string, JsonColumnType>

/**
 * Many orders at once, in the caller's transaction and in two statements whatever their number; answers them in the
 * order given. Without idempotency keys: whoever gives many at once has a key of its own. Throws DEVICE_NOT_FOUND,
 * DEVICE_WAITING.
 */
export async function enqueueMany(
  deps: Pick<GatewayDeps, 'clock' | 'store'>,
  write: Write,
  orders: readonly Omit<Order, 'key'>[],
): Promise<Enqueued[]> {
  if (orders.length === 0) return []
  const now = deps.clock.now()
  const sns = [...new Set(orders.map(({ sn }) => sn))]
  const devices = await write
    .selectFrom('device')
    .leftJoin('device_contact', 'device_contact.sn', 'device.sn')
    .select(['device.sn', 'device.state', 'device_contact.online'])
    .where('device.sn', 'in', sns)
    .execute()
  const known = new Map(devices.map(device => [device.sn, device]))
  const rows = orders.map((order, n) => {
    const device = known.get(order.sn)
    if (!device) throw new OperationError('DEVICE_NOT_FOUND', { field: 'DeviceSN' })
    if (device.state !== 'adopted') throw new OperationError('DEVICE_WAITING', { field: 'DeviceSN' })
    const { operation, keepForAbsent, liveMs } = kinds[order.kind]
    const refused = device.online !== 1 && !keepForAbsent
    return {
      n,
      sn: order.sn,
      kind: order.kind,
      operation,
      payload: JSON.stringify(order.payload),
      state: refused ? 'expired' : 'queued',
      actor: order.actor,
      expires_at: refused ? now : now + liveMs,
      completed_at: refused ? now : null,
      error: refused ? refusal : null,
    }
  })
  const { rows: inserted } = await sql<CommandRow>`
    insert into command (sn, kind, operation, payload, state, actor, created_at, expires_at, completed_at, attempts, error)
    select sn, kind, operation, payload, state, actor, cast(${now} as bigint), expires_at, completed_at, 0, error
    from ${rowsFromJson(deps.store.dialect, columns, rows)} as given order by n returning *`.execute(write)
  const commands = inserted.sort((a, b) => a.id - b.id)
  await recordEvents(write, await commandEvents(write, commands, now), deps.clock)
  return commands.map(command => ({ command, reachable: known.get(command.sn)?.online === 1 }))
}
