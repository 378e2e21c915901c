import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { enqueueCommand, type Order } from '../commands/enqueue.ts'
import { isCommandKind, kinds } from '../commands/kinds.ts'
import { applyHappening } from '../commands/settle.ts'
import { putAside } from '../health/put-aside.ts'
import { requireDevice } from '../http/caller.ts'
import { findCommands } from '../store/command-pages.ts'
import { type CommandRow, commandEntity, findCommand, readPayload } from '../store/commands.ts'
import type { DeviceOverview } from '../store/devices.ts'
import { readProfile } from '../store/profiles.ts'
import type { Call, Handlers } from './handler.ts'
import { orderKey } from './order-key.ts'
import { reachesToday, readRange } from './range.ts'
import { requireKnown, requireOverview, visibleDevices } from './scope.ts'

const rereadWithinMs = 60 * 60_000
/** Nothing may be tried again that moves something in the world: people press the button anew, and see it. */
const neverAgain: ReadonlySet<string> = new Set(['door.open', 'door.hold', 'door.control', 'device.clear'])
const retryable: ReadonlySet<string> = new Set(['failed', 'expired', 'unconfirmed', 'cancelled'])

type Queued = OperationAnswer<'devices.queue'>['Commands'][number]

function queuedEntity(row: CommandRow & { readonly label: string | null }): Queued {
  return {
    ...commandEntity(row),
    LabelName: row.label ?? row.sn,
    Attempts: row.attempts,
    MayCancel: row.state === 'queued',
    MayRetry: mayRetry(row),
    RetryOf: row.retry_of === null ? null : String(row.retry_of),
  }
}

function mayRetry({ kind, state }: CommandRow): boolean {
  return retryable.has(state) && isCommandKind(kind) && !neverAgain.has(kind) && kinds[kind].attemptsMax > 1
}

export const deviceOrderHandlers = {
  async 'devices.queue'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const { rows, paging } = await findCommands(
      call.deps.store.read,
      {
        sns: input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN],
        ids: input.CommandID?.map(Number),
        state: input.State,
      },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
    )
    return { status: 200, body: { Commands: rows.map(queuedEntity), ...paging } }
  },

  async 'devices.cancelCommand'(input, call) {
    const row = await requireCommand(call, input.CommandID)
    const { deps } = call
    const to = await deps.store.write(write =>
      applyHappening(
        deps,
        write,
        row,
        { type: 'cancelled' },
        { error: 'Cancelled before the terminal fetched it' },
      ),
    )
    if (to === null) throw underWay(row, 'Only what nobody has fetched yet can be taken back')
    deps.wakeDelivery()
    return { status: 200, body: commandEntity(await requireCommand(call, input.CommandID)) }
  },

  async 'devices.retryCommand'(input, call) {
    const row = await requireCommand(call, input.CommandID)
    const { kind } = row
    if (!isCommandKind(kind) || neverAgain.has(kind))
      throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
        field: 'CommandID',
        detail: 'What moves something in the world is never tried again by itself; order it anew',
      })
    if (!mayRetry(row))
      throw underWay(row, 'Only what failed, expired or was never answered can be tried again')
    const order: Order = {
      sn: row.sn,
      kind,
      payload: readPayload(row),
      actor: call.caller.actor,
      // Pressed twice, it is one.
      key: `retry:${row.id}`,
    }
    const { command, reachable } = await enqueueCommand(call.deps, order)
    await call.deps.store.write(write =>
      write.updateTable('command').set({ retry_of: row.id }).where('id', '=', command.id).execute(),
    )
    return { status: reachable ? 200 : 409, body: commandEntity(command) }
  },

  async 'devices.hurryCommand'(input, call) {
    const row = await requireCommand(call, input.CommandID)
    const { store } = call.deps
    const moved = await store.write(async write => {
      const top = await write
        .selectFrom('command')
        .select(({ fn }) => fn.max('urgency').as('urgency'))
        .where('sn', '=', row.sn)
        .where('state', '=', 'queued')
        .executeTakeFirst()
      return write
        .updateTable('command')
        .set({ urgency: Number(top?.urgency ?? 0) + 1 })
        .where('id', '=', row.id)
        .where('state', '=', 'queued')
        .returningAll()
        .executeTakeFirst()
    })
    if (moved === undefined) throw underWay(row, 'Only what waits can be moved to the front')
    return { status: 200, body: commandEntity(moved) }
  },

  async 'devices.clearData'(input, call) {
    const { deps } = call
    const device = await requireOverview(call, input.DeviceSN)
    if (device.state !== 'adopted') throw new OperationError('DEVICE_WAITING', { field: 'DeviceSN' })
    if (readProfile(device).flavour === 'access')
      throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
        field: 'DeviceSN',
        detail: 'Access controllers have no such command',
      })
    if (input.Confirm !== device.label)
      throw new OperationError('CONFIRMATION_WRONG', {
        field: 'Confirm',
        detail: `Type ${JSON.stringify(device.label)} as it is shown`,
      })
    if (input.What !== 'Photos') await requireReread(call, device)
    const Backup = await putAside(deps, device)
    const { command, reachable } = await enqueueCommand(deps, {
      sn: device.sn,
      kind: 'device.clear',
      payload: { What: input.What },
      actor: call.caller.actor,
      key: orderKey(call),
    })
    return { status: reachable ? 200 : 409, body: { ...commandEntity(command), Backup } }
  },

  async 'devices.reread'(input, call) {
    const { deps } = call
    await requireKnown(call, input.DeviceSN)
    const open = await deps.store.read
      .selectFrom('command')
      .selectAll()
      .where('sn', '=', input.DeviceSN)
      .where('kind', '=', 'attendance.query')
      .where('state', 'in', ['queued', 'sent'])
      .limit(1)
      .executeTakeFirst()
    // Two at once could not tell whose lines came.
    if (open) throw underWay(open, 'It is being asked already')
    const { command, reachable } = await enqueueCommand(deps, {
      sn: input.DeviceSN,
      kind: 'attendance.query',
      payload: { ...readRange(input) },
      actor: call.caller.actor,
      key: orderKey(call),
    })
    return { status: reachable ? 200 : 409, body: commandEntity(command) }
  },
} satisfies Pick<
  Handlers,
  | 'devices.queue'
  | 'devices.cancelCommand'
  | 'devices.retryCommand'
  | 'devices.hurryCommand'
  | 'devices.clearData'
  | 'devices.reread'
>

/** What the terminal still holds alone would be lost for good. */
async function requireReread(call: Call, { sn, zone }: DeviceOverview): Promise<void> {
  const { store, clock } = call.deps
  const since = clock.now() - rereadWithinMs
  const asked = await store.read
    .selectFrom('command')
    .select(['payload', 'created_at'])
    .where('sn', '=', sn)
    .where('kind', '=', 'attendance.query')
    .where('state', '=', 'done')
    .where('completed_at', '>=', since)
    .execute()
  const isWhole = asked.some(({ payload, created_at }) => {
    const { from, to } = readPayload({ payload })
    // As it was when it was asked: midnight in between takes nothing back.
    return (
      typeof from === 'string' &&
      typeof to === 'string' &&
      reachesToday({ from, to }, Number(created_at), zone)
    )
  })
  if (!isWhole)
    throw new OperationError('REREAD_FIRST', {
      field: 'DeviceSN',
      detail: 'Read its punches again first, up to today; what only the terminal holds would be lost',
    })
}

async function requireCommand(call: Call, id: string): Promise<CommandRow> {
  const row = await findCommand(call.deps.store.read, id)
  if (!row)
    throw new OperationError('COMMAND_NOT_FOUND', {
      field: 'CommandID',
      detail: `There is no command ${JSON.stringify(id.slice(0, 40))}`,
    })
  requireDevice(call.caller, row.sn)
  return row
}

function underWay({ state }: CommandRow, detail: string): OperationError {
  return new OperationError('COMMAND_UNDER_WAY', {
    field: 'CommandID',
    detail: `${detail}; this one is ${state}`,
  })
}
