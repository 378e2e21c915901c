import { OperationError } from '#contract/errors.ts'
import { type DeviceOverview, findDevice, findDevices } from '../store/devices.ts'
import { personExists } from '../store/punches.ts'
import type { Call } from './handler.ts'

/** The serial numbers a caller may see, or null for all. */
export function visibleDevices(call: Call): readonly string[] | null {
  return call.caller.devices === 'all' ? null : [...call.caller.devices]
}

/** Narrows what was asked for to what may be seen; null means everything. */
export function narrowDevices(call: Call, asked: readonly string[] | undefined): readonly string[] | null {
  return asked ?? visibleDevices(call)
}

/** One terminal with all a screen shows of it, or DEVICE_NOT_FOUND. */
export async function requireOverview(call: Call, sn: string): Promise<DeviceOverview> {
  const [device] = await findDevices(call.deps.store.read, [sn])
  if (!device) throw notFound(sn)
  return device
}

/** Throws DEVICE_NOT_FOUND unless the terminal exists. */
export async function requireKnown(call: Call, sn: string): Promise<void> {
  if (!(await findDevice(call.deps.store.read, sn))) throw notFound(sn)
}

/** Throws USER_NOT_FOUND unless a terminal, the directory or an added punch has told of the person. */
export async function requirePerson(call: Call, code: string): Promise<void> {
  if (!(await personExists(call.deps.store.read, code))) {
    throw new OperationError('USER_NOT_FOUND', {
      field: 'EmployeeCode',
      detail: `Nothing has ever told of a person ${code}`,
    })
  }
}

/** DEVICE_NOT_FOUND, naming the serial number. */
export function notFound(sn: string): OperationError {
  return new OperationError('DEVICE_NOT_FOUND', { field: 'DeviceSN', detail: `There is no device ${sn}` })
}
