import { z } from 'zod'
import type { AccessCommand } from '../device/protocol/access/access-command.ts'
import type { AttendanceCommand } from '../device/protocol/attendance/commands.ts'
import { UnsafeFieldError } from '../device/protocol/unsafe-field.ts'
import { isWeekday, scheduleDays } from '../schedules/windows.ts'
import type { CommandKind } from './kinds.ts'

/** What the rows of commands carry, by kind; read again when a command is handed out or judged. */
export const DoorOrder = z.object({ DoorNo: z.int().default(1), Seconds: z.int().default(5) })
/** A door and nothing else; `Enabled` of the weekly unlock windows. */
const AtDoor = z.object({ DoorNo: z.int().default(1), Enabled: z.boolean().default(true) })
export const HolidayOrder = z.object({
  HolidayID: z.int(),
  Name: z.string(),
  /** `YYYY-MM-DD`. */
  Day: z.string(),
  Yearly: z.boolean(),
  Kind: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  ScheduleID: z.int().nullable(),
})
const GroupOrder = z.object({ GroupID: z.int(), Schedules: z.array(z.int()) })
const Range = z.object({ from: z.string(), to: z.string() })
export const ScheduleOrder = z.object({
  ScheduleID: z.int(),
  Windows: z.array(z.object({ Day: z.enum(scheduleDays), Start: z.string(), End: z.string() })),
})
export const RightOrder = z.object({
  EmployeeCode: z.string(),
  ScheduleID: z.int(),
  Doors: z.array(z.int()).default([]),
})
const ClearOrder = z.object({ What: z.enum(['Punches', 'Photos', 'Everything']) })
const cleared = { Punches: 'punches', Photos: 'photos', Everything: 'everything' } as const
export const CountOrder = z.object({ table: z.string() })
const Question = z.object({
  of: z.int(),
  table: z.string(),
  filter: z.array(z.tuple([z.string(), z.string()])),
})

/**
 * The command in the attendance flavour's words. Its clock follows the Date of our replies and the offset of its
 * handshake, so a sync makes it ask for that again; it has no command that sets the time (iclock-push 7). Null for
 * what only the other flavour can be told.
 */
export function attendanceCommand(kind: CommandKind, payload: unknown): AttendanceCommand | null {
  switch (kind) {
    case 'attendance.query':
      return { kind, ...Range.parse(payload) }
    case 'time.sync':
      return { kind: 'device.check' }
    case 'device.clear':
      return { kind, what: cleared[ClearOrder.parse(payload).What] }
    case 'door.open': {
      const { DoorNo: door, Seconds: seconds } = DoorOrder.parse(payload)
      return { kind, door, seconds }
    }
    case 'device.restart':
    case 'device.ping':
      return { kind }
    case 'door.hold-open':
    case 'door.close':
    case 'door.lock':
    case 'door.unlock':
    case 'alarm.cancel':
      return { kind, door: AtDoor.parse(payload).DoorNo }
    case 'schedule.write': {
      const { ScheduleID: id, Windows } = ScheduleOrder.parse(payload)
      const windows = Windows.flatMap(({ Day: day, Start: start, End: end }) =>
        isWeekday(day) ? [{ day, start, end }] : [],
      )
      return { kind: 'schedule.update', id, windows }
    }
    case 'group.write': {
      const { GroupID: id, Schedules: schedules } = GroupOrder.parse(payload)
      return { kind: 'group.update', id, schedules, isValidOnHolidays: true }
    }
    case 'holiday.write': {
      const { HolidayID: id, Name: name, Day, ScheduleID } = HolidayOrder.parse(payload)
      const day = Day.slice(5)
      return ScheduleID === null
        ? null
        : { kind: 'holiday.update', id, name, from: day, to: day, schedule: ScheduleID }
    }
    case 'holiday.remove':
      return { kind: 'holiday.delete', id: HolidayOrder.parse(payload).HolidayID }
    default:
      return null
  }
}

/**
 * The command in the access flavour's words; a door is always named by its number. `local` is the wall clock of the
 * terminal's zone at this moment.
 */
export function accessCommand(kind: CommandKind, payload: unknown, local: string): AccessCommand | null {
  switch (kind) {
    case 'attendance.query':
      return { kind, ...Range.parse(payload) }
    case 'time.sync':
      return { kind: 'time.set', local }
    case 'door.open': {
      const { DoorNo: door, Seconds: seconds } = DoorOrder.parse(payload)
      return { kind, door, seconds }
    }
    case 'door.hold-open':
    case 'door.close':
    case 'door.lock':
    case 'door.unlock':
    case 'alarm.cancel':
      return { kind, door: AtDoor.parse(payload).DoorNo }
    case 'door.normal-open': {
      const { DoorNo: door, Enabled: isEnabled } = AtDoor.parse(payload)
      return { kind, door, isEnabled }
    }
    case 'holiday.write': {
      const { Day: date, Kind: type, Yearly: isYearly } = HolidayOrder.parse(payload)
      return { kind: 'holiday.update', date, type, isYearly }
    }
    case 'holiday.remove':
      return { kind: 'holiday.delete', date: HolidayOrder.parse(payload).Day }
    case 'schedule.write': {
      const { ScheduleID: id, Windows } = ScheduleOrder.parse(payload)
      const windows = Windows.map(({ Day: day, Start: start, End: end }) => ({ day, start, end }))
      return { kind: 'schedule.update', id, windows }
    }
    case 'right.write': {
      const { EmployeeCode: pin, ScheduleID: timeZoneId, Doors: doors } = RightOrder.parse(payload)
      return { kind: 'authorization.update', pin, timeZoneId, doors }
    }
    case 'right.remove':
      return { kind: 'person.delete', table: 'userauthorize', pin: RightOrder.parse(payload).EmployeeCode }
    case 'read.back': {
      const { table, filter } = Question.parse(payload)
      return { kind: 'table.query', table, filter }
    }
    case 'read.count':
      return { kind: 'table.count', table: CountOrder.parse(payload).table }
    case 'device.restart':
    case 'device.ping':
      return { kind }
    case 'device.clear':
      throw new UnsafeFieldError('command', 'access controllers have no such command')
    default:
      return null
  }
}
