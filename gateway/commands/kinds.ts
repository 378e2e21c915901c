export type CommandKind =
  | 'door.open'
  | 'door.hold-open'
  | 'door.close'
  | 'door.lock'
  | 'door.unlock'
  | 'door.normal-open'
  | 'alarm.cancel'
  | 'device.restart'
  | 'device.ping'
  | 'device.clear'
  | 'time.sync'
  | 'schedule.write'
  | 'holiday.write'
  | 'holiday.remove'
  | 'group.write'
  | 'right.write'
  | 'right.remove'
  | 'read.back'
  | 'read.count'
  | 'attendance.query'
  | 'user.write'
  | 'user.remove'
  | 'user.query'
  | 'template.write'
  | 'template.remove'
  | 'template.query'
  | 'photo.write'
  | 'authorization.write'
  | 'fingerprint.enroll'
  | 'biometric.enroll'
  | 'card.enroll'

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

/** Written or read again without harm, and worth waiting for. */
const rowOfTable = { liveMs: 7 * day, confirmMs: 2 * minute, attemptsMax: 3, keepForAbsent: true } as const

/** Somebody stands before the terminal; later they have gone. */
const enrolment = {
  liveMs: 60_000,
  confirmMs: 3 * minute,
  attemptsMax: 1,
  keepForAbsent: false,
} as const
/** Moves something at a door: within seconds or not at all, and once. */
const atDoor = { liveMs: 15_000, confirmMs: 15_000, attemptsMax: 1, keepForAbsent: false } as const

export const kinds: Readonly<Record<CommandKind, KindRules>> = {
  'door.open': { operation: 'OpenDoor', ...atDoor },
  'door.hold-open': { operation: 'LockDoor', ...atDoor },
  'door.close': { operation: 'LockDoor', ...atDoor },
  'door.lock': { operation: 'LockDoor', ...atDoor },
  'door.unlock': { operation: 'LockDoor', ...atDoor },
  'door.normal-open': { operation: 'LockDoor', ...atDoor },
  'alarm.cancel': { operation: 'ActOnDoorAlarm', ...atDoor },
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
  // Cannot be taken back, and late it would take what came meanwhile.
  'device.clear': {
    operation: 'ClearDeviceData',
    liveMs: 2 * minute,
    confirmMs: 5 * minute,
    attemptsMax: 1,
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
  'schedule.write': { operation: 'SetAccessSchedule', ...rowOfTable },
  'group.write': { operation: 'SetAccessSchedule', ...rowOfTable },
  'holiday.write': { operation: 'SetAccessHolidays', ...rowOfTable },
  'holiday.remove': { operation: 'SetAccessHolidays', ...rowOfTable },
  'right.write': { operation: 'SetAccessSchedule', ...rowOfTable },
  'right.remove': { operation: 'SetAccessSchedule', ...rowOfTable },
  'read.back': { operation: 'ReadBack', ...rowOfTable },
  // A question nobody waits for: late, the answer to the next ping is better.
  'read.count': {
    operation: 'CountMemory',
    liveMs: 10 * minute,
    confirmMs: 2 * minute,
    attemptsMax: 3,
    keepForAbsent: false,
  },
  'attendance.query': {
    operation: 'QueryAttendance',
    liveMs: day,
    confirmMs: 10 * minute,
    attemptsMax: 3,
    keepForAbsent: true,
  },
  'user.write': { operation: 'UpdateUser', ...rowOfTable },
  'user.remove': { operation: 'DeleteUser', ...rowOfTable },
  'user.query': { operation: 'ReadUsersBack', ...rowOfTable },
  'template.write': { operation: 'ResendUser', ...rowOfTable },
  'template.remove': { operation: 'DeleteUser', ...rowOfTable },
  'template.query': { operation: 'ReadUsersBack', ...rowOfTable },
  'photo.write': { operation: 'EnrollFace', ...rowOfTable },
  'authorization.write': { operation: 'AddUser', ...rowOfTable },
  'fingerprint.enroll': { operation: 'EnrollFingerprint', ...enrolment },
  'biometric.enroll': { operation: 'EnrollFace', ...enrolment },
  'card.enroll': { operation: 'AssignCard', ...enrolment },
}

/** Narrows text from a row; an unknown kind is from a newer build and is left alone. */
export function isCommandKind(value: string): value is CommandKind {
  return Object.hasOwn(kinds, value)
}

/** Kinds that move a door or its lock. */
export const doorKinds = [
  'door.open',
  'door.hold-open',
  'door.close',
  'door.lock',
  'door.unlock',
  'door.normal-open',
] as const satisfies readonly CommandKind[]
