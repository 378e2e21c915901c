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
  const enqueued = await deps.store.write(write => store(deps, write, order))
  if (enqueued.command.state === 'queued') deps.wakeCommands(order.sn)
  deps.wakeDelivery()
  return enqueued
}

async function store(deps: GatewayDeps, write: Write, order: Order): Promise<Enqueued> {
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
  const before = order.key === null ? undefined : await findByKey(write, order.key)
  if (before) {
    if (before.sn === order.sn && before.kind === order.kind && before.payload === payload)
      return { command: before, reachable: before.state !== 'expired' || reachable }
    throw new OperationError('IDEMPOTENCY_KEY_REUSED', {
      detail: 'This idempotency key was used for another order',
    })
  }
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
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordEvents(write, [commandEvent(command, now)], deps.clock)
  return { command, reachable }
}
