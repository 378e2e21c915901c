import type { AccessCommand } from '../device/protocol/access/access-command.ts'
import type { AttendanceCommand } from '../device/protocol/attendance/commands.ts'

export type CommandKind = 'door.open' | 'device.restart' | 'device.ping' | 'time.sync' | 'attendance.query'

/** What a kind of command may do and for how long (house 3.6). */
export interface KindRules {
  /** The contract's operation it came from. */
  readonly operation: string
  /** Life while nobody has picked it up; afterwards it is expired and never leaves us. */
  readonly liveMs: number
  /** Wait for the terminal's answer after it was handed over. */
  readonly confirmMs: number
  /** Times it may be handed over. 1 for whatever moves something in the world. */
  readonly attemptsMax: number
  /** False: refused at once when the terminal is away, because late would be wrong. */
  readonly keepForAbsent: boolean
}

const minute = 60_000
const day = 24 * 60 * minute

export const kinds: Readonly<Record<CommandKind, KindRules>> = {
  'door.open': {
    operation: 'OpenDoor',
    liveMs: 15_000,
    confirmMs: 15_000,
    attemptsMax: 1,
    keepForAbsent: false,
  },
  'device.restart': {
    operation: 'RestartDevice',
    liveMs: 10 * minute,
    confirmMs: 3 * minute,
    attemptsMax: 1,
    keepForAbsent: true,
  },
  'device.ping': {
    operation: 'PingDevice',
    liveMs: minute,
    confirmMs: 30_000,
    attemptsMax: 3,
    keepForAbsent: false,
  },
  // Both flavours are given the time of the moment they fetch it, so that it may wait and be repeated.
  'time.sync': {
    operation: 'SyncTime',
    liveMs: 10 * minute,
    confirmMs: 2 * minute,
    attemptsMax: 3,
    keepForAbsent: true,
  },
  'attendance.query': {
    operation: 'QueryAttendance',
    liveMs: day,
    confirmMs: 10 * minute,
    attemptsMax: 3,
    keepForAbsent: true,
  },
}

/** Narrows text from a row; an unknown kind is from a newer build and is left alone. */
export function isCommandKind(value: string): value is CommandKind {
  return Object.hasOwn(kinds, value)
}

/**
 * The command in the attendance flavour's words. Its clock follows the Date of our replies and the offset of its
 * handshake, so a sync makes it ask for that again; it has no command that sets the time (iclock-push 7).
 */
export function attendanceCommand(
  kind: CommandKind,
  payload: Readonly<Record<string, unknown>>,
): AttendanceCommand {
  if (kind === 'attendance.query') return { kind, from: String(payload.from), to: String(payload.to) }
  if (kind === 'time.sync') return { kind: 'device.check' }
  if (kind === 'door.open')
    return {
      kind,
      ...(typeof payload.DoorNo === 'number' ? { door: payload.DoorNo } : {}),
      ...(typeof payload.Seconds === 'number' ? { seconds: payload.Seconds } : {}),
    }
  return { kind }
}

/**
 * The command in the access flavour's words; a door is always named by its number. `local` is the wall clock of the
 * terminal's zone at this moment.
 */
export function accessCommand(
  kind: CommandKind,
  payload: Readonly<Record<string, unknown>>,
  local: string,
): AccessCommand {
  if (kind === 'time.sync') return { kind: 'time.set', local }
  if (kind === 'attendance.query') return { kind, from: String(payload.from), to: String(payload.to) }
  if (kind === 'door.open')
    return { kind, door: Number(payload.DoorNo ?? 1), seconds: Number(payload.Seconds ?? openSeconds) }
  return { kind }
}

const openSeconds = 5
