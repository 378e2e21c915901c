import { type ControlLayout, encodeControl } from '../access/control-device.ts'
import { parseLocalTime } from '../device-time.ts'
import { readPin } from '../pin.ts'
import { safeField, safeLine, UnsafeFieldError } from '../unsafe-field.ts'

export type AttendanceCommand =
  /** Door and seconds count only where the door is opened by bytes; AC_UNLOCK knows one door and its own time. */
  | { readonly kind: 'door.open'; readonly door?: number; readonly seconds?: number }
  | { readonly kind: 'device.restart' }
  | { readonly kind: 'device.ping' }
  | { readonly kind: 'device.info' }
  /** Makes it ask for its options again, and upload what has changed. */
  | { readonly kind: 'device.check' }
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

export type CommandLine = { readonly id: string; readonly text: string }

export type CommandLineLimits = {
  readonly linesMax?: number | undefined
  /** Bytes of UTF-8, below which the reply stays. */
  readonly bytesMax?: number | undefined
  /** What stands in front of `C:<id>:`; nothing, except for access terminals with CmdFormat 1. */
  readonly prefixOf?: (id: string) => string
  /** Which texts are restarts; `REBOOT` where absent. */
  readonly isRestart?: (text: string) => boolean
}

export type CommandLines = {
  /** `OK` without newline when nothing is to be sent, because an empty body means "server offline" [FW]. */
  readonly body: string
  /** Ids that are in the body, in its order. */
  readonly included: readonly string[]
  /** Ids that did not fit and must wait for the next poll. */
  readonly deferred: readonly string[]
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
    case 'device.check':
      return 'CHECK'
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

/**
 * The reply to a poll: `C:<id>:<text>` lines, each ended by LF, restarts last because nothing behind one is run.
 * Takes as many as fit (by default 200 lines and under 40 KB of UTF-8); a first command too large by itself goes
 * alone, or it would block the queue. Throws `UnsafeFieldError` for an id or text that would start another line.
 * iclock-push 2.2, 2.4, 6.1 [SDK32][FW]; vectors T43, T46, C7.
 */
export function encodeCommandLines(
  lines: readonly CommandLine[],
  limits: CommandLineLimits = {},
): CommandLines {
  const linesMax = limits.linesMax ?? LINES_MAX
  const bytesMax = limits.bytesMax ?? BYTES_MAX
  const isRestart = limits.isRestart ?? (text => text === REBOOT)
  const ordered = [
    ...lines.filter(line => !isRestart(line.text)),
    ...lines.filter(line => isRestart(line.text)),
  ]
  const included: string[] = []
  let body = ''
  let bytes = 0
  for (const { id, text } of ordered) {
    if (!COMMAND_ID.test(id)) throw new UnsafeFieldError('id', 'it is not 1 to 16 letters and digits')
    const line = `${limits.prefixOf?.(id) ?? ''}C:${id}:${safeLine('command', text)}\n`
    bytes += ENCODER.encode(line).length
    // Order is kept, so the first that does not fit holds back all behind it.
    if (included.length > 0 && (included.length >= linesMax || bytes >= bytesMax)) break
    included.push(id)
    body += line
  }
  const deferred = ordered.slice(included.length).map(line => line.id)
  return { body: body === '' ? 'OK' : body, included, deferred }
}

const REBOOT = 'REBOOT'
const LINES_MAX = 200
const BYTES_MAX = 40_000
const COMMAND_ID = /^[A-Za-z0-9]{1,16}$/
const ENCODER = new TextEncoder()

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

/** `Key=value` fields parted by TAB, each made safe; those without a value are not sent. */
export function joinFields(fields: ReadonlyArray<readonly [key: string, value: string | undefined]>): string {
  const parts: string[] = []
  for (const [key, value] of fields) {
    if (value !== undefined) parts.push(`${key}=${safeField(key, value)}`)
  }
  return parts.join('\t')
}

export function checkedNumber(field: string, value: number | undefined): string | undefined {
  if (value === undefined) return undefined
  if (!Number.isSafeInteger(value)) throw new UnsafeFieldError(field, 'it is not a whole number')
  return String(value)
}

export function checkedTime(field: string, value: string): string {
  const local = parseLocalTime(value)
  if (local === null) throw new UnsafeFieldError(field, 'it is not YYYY-MM-DD HH:MM:SS')
  return local
}

/** `*` deletes all rows on access firmware, and 0 or nothing is not a person anywhere. */
export function checkedPin(value: string): string {
  const pin = readPin(safeField('PIN', value))
  if (pin.kind !== 'ok' || pin.pin !== value || value.includes('*')) {
    throw new UnsafeFieldError('PIN', 'it does not name one person')
  }
  return value
}

export function checkedOptionKey(key: string): string {
  if (!/^~?[A-Za-z]\w*$/.test(key)) throw new UnsafeFieldError('option key', 'it is not a name')
  return key
}
