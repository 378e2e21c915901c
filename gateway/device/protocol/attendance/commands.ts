import { type ControlLayout, encodeControl } from '../access/control-device.ts'
import { checkedNumber, checkedOptionKey, checkedPin, checkedTime, joinFields } from '../checked-fields.ts'
import { REBOOT } from '../command-lines.ts'

export { encodeCommandLines } from '../command-lines.ts'

export type AttendanceCommand =
  /** Door and seconds count only where the door is opened by bytes; AC_UNLOCK knows one door and its own time. */
  | { readonly kind: 'door.open'; readonly door?: number; readonly seconds?: number }
  | { readonly kind: 'device.restart' }
  | { readonly kind: 'device.ping' }
  | { readonly kind: 'device.info' }
  /** Device-local wall clock, `YYYY-MM-DD HH:MM:SS`. */
  | { readonly kind: 'attendance.query'; readonly from: string; readonly to: string }
  | { readonly kind: 'options.read'; readonly key: string }
  | { readonly kind: 'user.update'; readonly user: UserFields }
  | { readonly kind: 'user.delete'; readonly pin: string }

/** Absent fields are not sent and stay as they are on the terminal; '' clears. */
export type UserFields = {
  readonly pin: string
  readonly name?: string | undefined
  readonly privilege?: number | undefined
  readonly password?: string | undefined
  /** Decimal as displayed, or `[hex]`. */
  readonly card?: string | undefined
  readonly group?: number | undefined
  readonly timeZones?: string | undefined
  readonly verify?: number | undefined
  readonly viceCard?: string | undefined
}

/** How one terminal wants its commands, from its profile; the documented way where absent. */
export type AttendanceDialect = {
  /** Spelling of the key that names a person: a firmware that knows another one deletes everybody. */
  readonly pinKey?: 'PIN' | 'Pin' | 'pin' | undefined
  readonly doorLayout?: 'unlock' | ControlLayout | undefined
}

/**
 * The text of a command for an attendance terminal, without the `C:<id>:` in front. Throws `UnsafeFieldError` for
 * values that would change its shape, for times that are none, and for a missing PIN: without one,
 * `DATA DELETE USERINFO` empties the terminal. iclock-push 7 [ATT58][SDK32][s0x90]; vectors T46, C6.
 */
export function encodeCommand(command: AttendanceCommand, dialect: AttendanceDialect = {}): string {
  const pinKey = dialect.pinKey ?? 'PIN'
  switch (command.kind) {
    case 'door.open':
      return encodeDoorOpen(command, dialect.doorLayout ?? 'unlock')
    case 'device.restart':
      return REBOOT
    case 'device.ping':
    case 'device.info':
      return 'INFO'
    case 'attendance.query':
      return `DATA QUERY ATTLOG ${joinFields([
        ['StartTime', checkedTime('StartTime', command.from)],
        ['EndTime', checkedTime('EndTime', command.to)],
      ])}`
    case 'options.read':
      return `GET OPTION FROM ${checkedOptionKey(command.key)}`
    case 'user.update':
      return `DATA UPDATE USERINFO ${encodeUser(command.user, pinKey)}`
    case 'user.delete':
      return `DATA DELETE USERINFO ${pinKey}=${checkedPin(command.pin)}`
  }
}

const DOOR_SECONDS = 5

function encodeDoorOpen(
  { door = 1, seconds = DOOR_SECONDS }: Extract<AttendanceCommand, { kind: 'door.open' }>,
  layout: 'unlock' | ControlLayout,
): string {
  return layout === 'unlock' ? 'AC_UNLOCK' : encodeControl({ kind: 'door.open', door, seconds }, layout)
}

function encodeUser(user: UserFields, pinKey: string): string {
  return joinFields([
    [pinKey, checkedPin(user.pin)],
    ['Name', user.name],
    ['Pri', checkedNumber('Pri', user.privilege)],
    ['Passwd', user.password],
    ['Card', user.card],
    ['Grp', checkedNumber('Grp', user.group)],
    ['TZ', user.timeZones],
    ['Verify', checkedNumber('Verify', user.verify)],
    ['ViceCard', user.viceCard],
  ])
}
