import { OperationError } from '#contract/errors.ts'
import { enqueueCommand } from '../commands/enqueue.ts'
import { describeDoors } from '../doors/describe-doors.ts'
import { type HoldMode, modesOf } from '../doors/door-orders.ts'
import { lockDoor, returnDoor } from '../doors/lock-door.ts'
import { commandEntity } from '../store/commands.ts'
import { type DeviceOverview, findDevices } from '../store/devices.ts'
import { doorSettings } from '../store/door-holds.ts'
import { findDoorEvents } from '../store/doors.ts'
import { doorAccessHandlers } from './door-access.ts'
import { doorAlarmHandlers } from './door-alarms.ts'
import { doorEmergencyHandlers } from './door-emergencies.ts'
import { doorFileHandlers } from './door-files.ts'
import { doorHolidayHandlers } from './door-holidays.ts'
import { doorOrderHandlers } from './door-orders.ts'
import { doorPlanHandlers } from './door-plans.ts'
import type { Call, Handlers } from './handler.ts'
import { orderKey } from './order-key.ts'
import { readRange } from './range.ts'
import { requireDoor } from './require-door.ts'
import { scheduleHandlers } from './schedules.ts'
import { requireKnown, visibleDevices } from './scope.ts'

export const doorHandlers = {
  ...scheduleHandlers,
  ...doorOrderHandlers,
  ...doorEmergencyHandlers,
  ...doorAlarmHandlers,
  ...doorPlanHandlers,
  ...doorAccessHandlers,
  ...doorHolidayHandlers,
  ...doorFileHandlers,

  async 'doors.open'(input, call) {
    await requireDoor(call, input.DeviceSN, input.DoorNo)
    await requireReason(call, input)
    const { command, reachable } = await enqueueCommand(call.deps, {
      sn: input.DeviceSN,
      kind: 'door.open',
      payload: {
        DoorNo: input.DoorNo,
        Seconds: input.Seconds,
        ...(input.Reason ? { Reason: input.Reason } : {}),
      },
      actor: call.caller.actor,
      key: orderKey(call),
    })
    return { status: reachable ? 200 : 409, body: commandEntity(command) }
  },

  async 'doors.lock'(input, call) {
    const device = await requireDoor(call, input.DeviceSN, input.DoorNo)
    const mode = requireMode(device, input.Mode)
    await requireReason(call, input)
    const order = {
      device,
      door: input.DoorNo,
      reason: input.Reason || null,
      actor: call.caller.actor,
      key: orderKey(call),
    }
    const until = mode === null || input.Until === undefined ? null : futureOf(input.Until, call)
    const { command, reachable } =
      mode === null
        ? await returnDoor(call.deps, order)
        : await lockDoor(call.deps, { ...order, mode, until })
    return { status: reachable ? 200 : 409, body: commandEntity(command) }
  },

  async 'doors.status'(input, call) {
    if (input.DeviceSN !== undefined) await requireDoor(call, input.DeviceSN, input.DoorNo ?? 1)
    const devices = await findDevices(
      call.deps.store.read,
      input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN],
    )
    return { status: 200, body: { Doors: await describeDoors(call.deps.store.read, devices, input.DoorNo) } }
  },

  async 'doors.logs'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const { rows, paging } = await findDoorEvents(
      call.deps.store.read,
      {
        sns,
        ...readRange(input),
        doorNo: input.DoorNo,
        events: input.Event,
        employeeCode: input.EmployeeCode,
      },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
    )
    return { status: 200, body: { Events: rows, ...paging } }
  },
} satisfies Pick<Handlers, Extract<keyof Handlers, `doors.${string}`>>

const modes: Readonly<Record<string, HoldMode>> = {
  Lock: 'lock',
  HoldOpen: 'hold-open',
  HoldClosed: 'hold-closed',
}
const modeWords: Readonly<Record<HoldMode, string>> = {
  lock: 'locked from afar',
  'hold-open': 'held open',
  'hold-closed': 'kept closed',
}

/** The mode in our words, null for normal. NOT_SUPPORTED_BY_DEVICE where the protocol gives this terminal no such order. */
function requireMode(device: DeviceOverview, name: string): HoldMode | null {
  const known = modesOf(device)
  const mode = modes[name] ?? null
  if (mode === null ? known.length > 0 : known.includes(mode)) return mode
  throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
    field: 'Mode',
    detail:
      known.length === 0
        ? 'This terminal can only open its door, for a time it was set up with (AC_UNLOCK); whether it takes orders by bytes is the DoorLayout of its profile'
        : `The door of this terminal cannot be ${mode === null ? 'returned' : modeWords[mode]}`,
  })
}

async function requireReason(
  call: Call,
  { DeviceSN, DoorNo, Reason }: { DeviceSN: string; DoorNo: number; Reason?: string | undefined },
): Promise<void> {
  if (Reason) return
  const settings = await doorSettings(call.deps.store.read, [DeviceSN])
  if (settings(DeviceSN, DoorNo).reason_required === 1)
    throw new OperationError('REASON_REQUIRED', { field: 'Reason' })
}

/** Epoch milliseconds of an end that lies ahead; it may be past by what two clocks differ. */
function futureOf(until: string, call: Call): number {
  const at = Date.parse(until)
  if (at > call.deps.clock.now()) return at
  throw new OperationError('INVALID_INPUT', { field: 'Until', detail: `Until ${until} is over already` })
}
