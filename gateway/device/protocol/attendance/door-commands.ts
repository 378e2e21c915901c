import { type ControlLayout, encodeControl } from '../access/control-device.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import type { CommandOf, DoorHolding } from './attendance-command.ts'

/**
 * What moves a door or silences it. Throws `UnsafeFieldError` where the profile knows AC_UNLOCK only and the door is
 * to be held, locked or closed: sent as an opening it would do the opposite. iclock-push 7, 12.5 [ATT58][SEC29].
 */
export function encodeDoor(
  action: CommandOf<'door.open' | 'alarm.cancel'> | DoorHolding,
  layout: 'unlock' | ControlLayout,
): string {
  switch (action.kind) {
    case 'door.open': {
      const { kind, door = 1, seconds = DOOR_SECONDS } = action
      return layout === 'unlock' ? 'AC_UNLOCK' : encodeControl({ kind, door, seconds }, layout)
    }
    case 'alarm.cancel': {
      const { kind, door = 'all' } = action
      return layout === 'unlock' ? 'AC_UNALARM' : encodeControl({ kind, door }, layout)
    }
    default:
      if (layout === 'unlock')
        throw new UnsafeFieldError('door', 'this terminal can only open it, for a time of its own')
      return encodeControl(action, layout)
  }
}

const DOOR_SECONDS = 5
