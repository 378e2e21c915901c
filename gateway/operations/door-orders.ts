import { OperationError } from '#contract/errors.ts'
import { doorKinds } from '../commands/kinds.ts'
import { applyHappening } from '../commands/settle.ts'
import { approveHold } from '../doors/lock-door.ts'
import { ticksOf } from '../doors/ticks.ts'
import { requireDevice } from '../http/caller.ts'
import { type CommandRow, commandEntity, findCommand, readPayload } from '../store/commands.ts'
import { findHold, holdEntity, openHolds, recentHolds, saveDoorSetting } from '../store/door-holds.ts'
import { findDoorStates } from '../store/doors.ts'
import type { Call, Handlers } from './handler.ts'
import { orderKey } from './order-key.ts'
import { requireDoor } from './require-door.ts'
import { requireKnown, requireOverview, visibleDevices } from './scope.ts'

const holdsShown = 100

export const doorOrderHandlers = {
  async 'doors.cancel'(input, call) {
    const command = await requireDoorCommand(call, input.CommandID)
    await refuseOfEmergency(call, command)
    const to = await call.deps.store.write(write =>
      applyHappening(
        call.deps,
        write,
        command,
        { type: 'cancelled' },
        { error: 'Taken back before it was sent' },
      ),
    )
    if (to === null)
      throw new OperationError('ORDER_TOO_LATE', {
        field: 'CommandID',
        detail: 'The terminal has fetched this order, or it is over',
      })
    call.deps.wakeDelivery()
    return {
      status: 200,
      body: commandEntity((await findCommand(call.deps.store.read, input.CommandID)) ?? command),
    }
  },

  async 'doors.approve'(input, call) {
    const hold = await findHold(call.deps.store.read, input.HoldID)
    if (hold) requireDevice(call.caller, hold.sn)
    const { command, reachable } = await approveHold(call.deps, {
      holdId: input.HoldID,
      actor: call.caller.actor,
      key: orderKey(call),
      deviceOf: sn => requireOverview(call, sn),
    })
    return { status: reachable ? 200 : 409, body: commandEntity(command) }
  },

  async 'doors.holds'(input, call) {
    const { read } = call.deps.store
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const rows = input.Open ? await openHolds(read, sns) : await recentHolds(read, sns, holdsShown)
    return { status: 200, body: { Holds: rows.map(holdEntity) } }
  },

  async 'doors.proof'(input, call) {
    const command = await requireDoorCommand(call, input.CommandID)
    return {
      status: 200,
      body: { Command: commandEntity(command), Ticks: await ticksOfCommand(call, command) },
    }
  },

  async 'doors.setDoor'(input, call) {
    await requireDoor(call, input.DeviceSN, input.DoorNo)
    const door = { sn: input.DeviceSN, door: input.DoorNo }
    await call.deps.store.write(write =>
      saveDoorSetting(write, door, {
        name: input.DoorName,
        reasonRequired: input.ReasonRequired,
        secondPerson: input.SecondPerson,
      }),
    )
    return { status: 200, body: { DeviceSN: input.DeviceSN, DoorNo: input.DoorNo } }
  },
} satisfies Partial<Handlers>

/** What an emergency has ordered ends with it, by those who may end it, and not door by door. */
async function refuseOfEmergency(call: Call, { id }: CommandRow): Promise<void> {
  const found = await call.deps.store.read
    .selectFrom('emergency_door')
    .select('emergency_id')
    .where('command_id', '=', id)
    .executeTakeFirst()
  if (found)
    throw new OperationError('PERMISSION_DENIED', {
      field: 'CommandID',
      detail: `This order belongs to emergency ${found.emergency_id}, and ends with it`,
    })
}

async function requireDoorCommand(call: Call, id: string): Promise<CommandRow> {
  const command = await findCommand(call.deps.store.read, id)
  if (command && doorKinds.some(kind => kind === command.kind)) {
    requireDevice(call.caller, command.sn)
    return command
  }
  throw new OperationError('COMMAND_NOT_FOUND', {
    field: 'CommandID',
    detail: `There is no door order ${id}`,
  })
}

async function ticksOfCommand(call: Call, command: CommandRow) {
  const { read } = call.deps.store
  const door = Number(readPayload(command).DoorNo ?? 1)
  const [device, proof] = await Promise.all([
    requireOverview(call, command.sn),
    read.selectFrom('door_proof').selectAll().where('command_id', '=', command.id).executeTakeFirst(),
  ])
  const [state] = await findDoorStates(read, [device], door)
  return ticksOf({
    kind: command.kind,
    state: command.state,
    queuedAt: command.created_at,
    sentAt: command.sent_at,
    completedAt: command.completed_at,
    moved: proof ? { at: proof.moved_at, by: proof.said_by === 'event' ? 'event' : 'state' } : null,
    sensor:
      state?.Reason === 'no_sensor'
        ? 'none'
        : state?.State === 'Open'
          ? 'open'
          : state?.State === 'Closed'
            ? 'closed'
            : 'unknown',
    online: device.online === 1,
    now: call.deps.clock.now(),
  })
}
