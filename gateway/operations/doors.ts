import { OperationError } from '#contract/errors.ts'
import { enqueueCommand } from '../commands/enqueue.ts'
import { commandEntity } from '../store/commands.ts'
import { findDevices } from '../store/devices.ts'
import { doorCountOf } from '../store/door-states.ts'
import { findDoorEvents, findDoorStates } from '../store/doors.ts'
import type { Call, Handlers } from './handler.ts'
import { notBuiltYet } from './not-built-yet.ts'
import { orderKey } from './order-key.ts'
import { readRange } from './range.ts'
import { scheduleHandlers } from './schedules.ts'
import { requireKnown, requireOverview, visibleDevices } from './scope.ts'

/** Attendance terminals have one relay; which further doors exist only an access controller says. */
async function requireDoor(call: Call, sn: string, doorNo: number): Promise<void> {
  const count = doorCountOf(await requireOverview(call, sn))
  if (doorNo <= count) return
  throw new OperationError('DOOR_NOT_FOUND', { field: 'DoorNo', detail: `${sn} has ${doorsOf(count)}` })
}

function doorsOf(count: number): string {
  if (count === 0) return 'no door'
  return count === 1 ? 'one door, number 1' : `${count} doors, numbers 1 to ${count}`
}

export const doorHandlers = {
  ...scheduleHandlers,

  async 'doors.open'(input, call) {
    await requireDoor(call, input.DeviceSN, input.DoorNo)
    const { command, reachable } = await enqueueCommand(call.deps, {
      sn: input.DeviceSN,
      kind: 'door.open',
      payload: { DoorNo: input.DoorNo, Seconds: input.Seconds },
      actor: call.caller.actor,
      key: orderKey(call),
    })
    return { status: reachable ? 200 : 409, body: commandEntity(command) }
  },

  async 'doors.status'(input, call) {
    if (input.DeviceSN !== undefined) await requireDoor(call, input.DeviceSN, input.DoorNo ?? 1)
    const devices = await findDevices(
      call.deps.store.read,
      input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN],
    )
    return { status: 200, body: { Doors: await findDoorStates(call.deps.store.read, devices, input.DoorNo) } }
  },

  async 'doors.logs'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const { rows, paging } = await findDoorEvents(
      call.deps.store.read,
      { sns, ...readRange(input) },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
    )
    return { status: 200, body: { Events: rows, ...paging } }
  },

  'doors.lock': notBuiltYet('doors.lock'),
} satisfies Pick<Handlers, Extract<keyof Handlers, `doors.${string}`>>
