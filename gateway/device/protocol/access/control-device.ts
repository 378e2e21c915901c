import { UnsafeFieldError } from '../unsafe-field.ts'
import { checkedDoor } from './door-mask.ts'

/** A door by number, from 1 to 16, or every door at once. */
export type DoorTarget = number | 'all'

/** What CONTROL DEVICE can do. Each moves something in the world: at most once, never late. */
export type ControlAction =
  /** 1 to 254 seconds. */
  | { readonly kind: 'door.open'; readonly door: DoorTarget; readonly seconds: number }
  | { readonly kind: 'door.hold-open'; readonly door: DoorTarget }
  /** Ends an opening or a holding open. */
  | { readonly kind: 'door.close'; readonly door: DoorTarget }
  /** Lock-down: nobody gets through until it is unlocked. Needs position 2 of AccSupportFunList. */
  | { readonly kind: 'door.lock'; readonly door: DoorTarget }
  | { readonly kind: 'door.unlock'; readonly door: DoorTarget }
  /** The weekly normal-open schedule, for the rest of the day. */
  | { readonly kind: 'door.normal-open'; readonly door: DoorTarget; readonly isEnabled: boolean }
  | { readonly kind: 'output.open'; readonly output: number; readonly seconds: number }
  | { readonly kind: 'output.close'; readonly output: number }
  | { readonly kind: 'alarm.cancel'; readonly door: DoorTarget }
  | { readonly kind: 'device.restart' }

/**
 * How outputs are addressed. 'vendor': AA BB CC DD, where DD is 00 close, FF hold, else seconds. 'state-then-seconds':
 * five bytes, where DD is 00 or FF and the seconds follow; a vendor terminal would read its opening as closing, so it is
 * for terminals only where it has been seen to work. iclock-push 12.5, 17 [SEC29][ESSL-PY].
 */
export type ControlLayout = 'vendor' | 'state-then-seconds'

/** The restart command, behind which nothing in a reply is run. */
export const CONTROL_RESTART = 'CONTROL DEVICE 03000000'

/**
 * The text of a control command. Throws `UnsafeFieldError` for a door or a duration out of range: 255 seconds would
 * mean "for ever". iclock-push 12.5 [SEC29]; vectors A29, C3.
 */
export function encodeControl(action: ControlAction, layout: ControlLayout = 'vendor'): string {
  return `CONTROL DEVICE ${controlBytes(action, layout).map(toHex).join('')}`
}

const DOOR_MAX = 16
const SECONDS_MAX = 254
const CLOSE = 0x00
const HOLD = 0xff
const OUTPUT = 0x01
const LOCK_RELAY = 0x01
const AUX_RELAY = 0x02

function controlBytes(action: ControlAction, layout: ControlLayout): number[] {
  switch (action.kind) {
    case 'door.open':
      return [OUTPUT, doorByte(action.door), LOCK_RELAY, ...secondsBytes(action.seconds, layout)]
    case 'door.hold-open':
      return [OUTPUT, doorByte(action.door), LOCK_RELAY, ...stateBytes(HOLD, layout)]
    case 'door.close':
      return [OUTPUT, doorByte(action.door), LOCK_RELAY, ...stateBytes(CLOSE, layout)]
    case 'output.open':
      return [
        OUTPUT,
        checkedDoor(action.output, DOOR_MAX),
        AUX_RELAY,
        ...secondsBytes(action.seconds, layout),
      ]
    case 'output.close':
      return [OUTPUT, checkedDoor(action.output, DOOR_MAX), AUX_RELAY, ...stateBytes(CLOSE, layout)]
    case 'alarm.cancel':
      return [0x02, doorByte(action.door), 0, 0]
    case 'device.restart':
      return [0x03, 0, 0, 0]
    case 'door.normal-open':
      return [0x04, doorByte(action.door), action.isEnabled ? 1 : 0, 0]
    case 'door.lock':
      return [0x06, doorByte(action.door), 1, 0]
    case 'door.unlock':
      return [0x06, doorByte(action.door), 0, 0]
  }
}

function doorByte(door: DoorTarget): number {
  return door === 'all' ? 0 : checkedDoor(door, DOOR_MAX)
}

function secondsBytes(seconds: number, layout: ControlLayout): number[] {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > SECONDS_MAX)
    throw new UnsafeFieldError('seconds', `it is not 1 to ${SECONDS_MAX}`)
  return layout === 'vendor' ? [seconds] : [0, seconds]
}

function stateBytes(state: number, layout: ControlLayout): number[] {
  return layout === 'vendor' ? [state] : [state, 0]
}

function toHex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}
