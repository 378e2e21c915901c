import { OperationError } from '#contract/errors.ts'
import { requireDevice } from '../http/caller.ts'
import type { DeviceOverview } from '../store/devices.ts'
import { doorCountOf } from '../store/door-states.ts'
import type { Call } from './handler.ts'
import { requireOverview } from './scope.ts'

/**
 * The terminal of a door, or DEVICE_NOT_ALLOWED, DEVICE_NOT_FOUND, DOOR_NOT_FOUND. Attendance terminals have one relay; which further doors
 * exist only an access controller says.
 */
export async function requireDoor(call: Call, sn: string, doorNo: number): Promise<DeviceOverview> {
  // Doors also come as `SN/1` in lists, where nobody has looked at the terminal yet.
  requireDevice(call.caller, sn)
  const device = await requireOverview(call, sn)
  const count = doorCountOf(device)
  if (doorNo <= count) return device
  throw new OperationError('DOOR_NOT_FOUND', { field: 'DoorNo', detail: `${sn} has ${doorsOf(count)}` })
}

function doorsOf(count: number): string {
  if (count === 0) return 'no door'
  return count === 1 ? 'one door, number 1' : `${count} doors, numbers 1 to ${count}`
}
