import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { cancelQueued } from '../commands/cancel.ts'
import { enqueueCommand } from '../commands/enqueue.ts'
import { adoptDevice } from '../device/adopt.ts'
import { learnedInfo } from '../device/learned-info.ts'
import { requireDevice } from '../http/caller.ts'
import { commandEntity, findCommand, recentCommands } from '../store/commands.ts'
import { findDeviceKey } from '../store/device-keys.ts'
import { type DeviceOverview, deviceEntity, findDevices, toIso } from '../store/devices.ts'
import { deviceDayHandlers } from './day-completeness.ts'
import { deviceClockHandlers } from './device-clock.ts'
import { deviceHealthHandlers } from './device-health.ts'
import { deviceOrderHandlers } from './device-orders.ts'
import { deviceProfileHandlers } from './device-profile.ts'
import { deviceTraceHandlers } from './device-trace.ts'
import { deviceTroubleHandlers } from './device-troubles.ts'
import { fleetHandlers } from './fleet.ts'
import type { Call, Handlers } from './handler.ts'
import { incidentHandlers } from './incidents.ts'
import { maintenanceHandlers } from './maintenance.ts'
import { orderKey } from './order-key.ts'
import { replacementHandlers } from './replacement.ts'
import { requireOverview, visibleDevices } from './scope.ts'

const commandsShown = 20

async function statusOf(call: Call, device: DeviceOverview) {
  const commands = await recentCommands(call.deps.store.read, device.sn, commandsShown)
  const queued = commands.filter(({ state }) => state === 'queued')
  const { DeviceSN, Online, OnlineReason, LastSeen, OfflineSince, QueueDepth, ClockSkewSeconds } =
    deviceEntity(device)
  return {
    DeviceSN,
    Online,
    OnlineReason,
    LastSeen,
    OfflineSince,
    QueueDepth,
    ClockSkewSeconds,
    OldestQueuedAt: toIso(
      queued.length === 0 ? null : Math.min(...queued.map(({ created_at }) => created_at)),
    ),
    Commands: commands.map(commandEntity),
  }
}

export const deviceHandlers = {
  ...deviceDayHandlers,
  ...deviceClockHandlers,
  ...deviceProfileHandlers,
  ...deviceTroubleHandlers,
  ...deviceHealthHandlers,
  ...deviceOrderHandlers,
  ...deviceTraceHandlers,
  ...fleetHandlers,
  ...incidentHandlers,
  ...maintenanceHandlers,
  ...replacementHandlers,

  async 'devices.list'(_input, call) {
    const devices = await findDevices(call.deps.store.read, visibleDevices(call))
    return { status: 200, body: { Devices: devices.map(deviceEntity) } }
  },

  async 'devices.info'(input, call) {
    const device = await requireOverview(call, input.DeviceSN)
    return {
      status: 200,
      body: {
        ...deviceEntity(device),
        FirstSeen: new Date(device.first_seen_at).toISOString(),
        KeySet: (await findDeviceKey(call.deps.store.read, device.sn)) !== undefined,
        ...learnedInfo(device),
      },
    }
  },

  async 'devices.status'(input, call) {
    if (input.DeviceSN.toUpperCase() === 'ALL') {
      const devices = await findDevices(call.deps.store.read, visibleDevices(call))
      return {
        status: 200,
        body: { Devices: await Promise.all(devices.map(device => statusOf(call, device))) },
      }
    }
    return { status: 200, body: await statusOf(call, await requireOverview(call, input.DeviceSN)) }
  },

  async 'devices.ping'(input, call) {
    const { command, reachable } = await enqueueCommand(call.deps, {
      sn: input.DeviceSN,
      kind: 'device.ping',
      payload: {},
      actor: call.caller.actor,
      key: orderKey(call),
    })
    return { status: reachable ? 200 : 409, body: { ...commandEntity(command), Reachable: reachable } }
  },

  async 'devices.restart'(input, call) {
    const { command, reachable } = await enqueueCommand(call.deps, {
      sn: input.DeviceSN,
      kind: 'device.restart',
      payload: {},
      actor: call.caller.actor,
      key: orderKey(call),
    })
    return { status: reachable ? 200 : 409, body: commandEntity(command) }
  },

  async 'devices.clearCommands'(input, call) {
    await requireOverview(call, input.DeviceSN)
    const cleared = await cancelQueued(call.deps, input.DeviceSN)
    return { status: 200, body: { ClearedCount: cleared } }
  },

  async 'devices.commandStatus'(input, call) {
    // Callers of older generations ask by OperationID (cams-gateway 1.2 row 33).
    const id = input.CommandID ?? input.OperationID
    if (id === undefined)
      throw new OperationError('INVALID_INPUT', { field: 'CommandID', detail: 'CommandID is missing' })
    const command = await findCommand(call.deps.store.read, id)
    if (!command)
      throw new OperationError('COMMAND_NOT_FOUND', {
        field: 'CommandID',
        detail: `There is no command ${JSON.stringify(id.slice(0, 40))}`,
      })
    requireDevice(call.caller, command.sn)
    return { status: 200, body: commandEntity(command) }
  },

  async 'devices.adopt'(input, call) {
    const takenIn = await adoptDevice(call.deps, {
      sn: input.DeviceSN,
      label: input.LabelName,
      zone: input.TimeZone,
      site: input.Site,
      hasDoor: input.HasDoor,
      simulated: input.Simulated,
      takeHeld: input.TakeHeld,
    })
    const body: OperationAnswer<'devices.adopt'> = {
      Device: deviceEntity(await requireOverview(call, input.DeviceSN)),
      TakenIn: takenIn,
    }
    return { status: 200, body }
  },
} satisfies Pick<Handlers, Extract<keyof Handlers, `devices.${string}`>>
