import { z } from 'zod'
import type { AccessCommand } from '../device/protocol/access/access-command.ts'
import type { AttendanceCommand } from '../device/protocol/attendance/commands.ts'
import { weekdays } from '../schedules/windows.ts'
import type { CommandKind } from './kinds.ts'

/** What the rows of commands carry, by kind; read again when a command is handed out or judged. */
export const DoorOrder = z.object({ DoorNo: z.int().default(1), Seconds: z.int().default(5) })
const Range = z.object({ from: z.string(), to: z.string() })
export const ScheduleOrder = z.object({
  ScheduleID: z.int(),
  Windows: z.array(z.object({ Day: z.enum(weekdays), Start: z.string(), End: z.string() })),
})
export const RightOrder = z.object({
  EmployeeCode: z.string(),
  ScheduleID: z.int(),
  Doors: z.array(z.int()).default([]),
})
const ClearOrder = z.object({ What: z.enum(['Punches', 'Photos', 'Everything']) })
const cleared = { Punches: 'punches', Photos: 'photos', Everything: 'everything' } as const
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
    default:
      return null
  }
}

/**
 * The command in the access flavour's words; a door is always named by its number. `local` is the wall clock of the
 * terminal's zone at this moment.
 */
export function accessCommand(kind: CommandKind, payload: unknown, local: string): AccessCommand {
  switch (kind) {
    case 'attendance.query':
      return { kind, ...Range.parse(payload) }
    case 'time.sync':
      return { kind: 'time.set', local }
    case 'door.open': {
      const { DoorNo: door, Seconds: seconds } = DoorOrder.parse(payload)
      return { kind, door, seconds }
    }
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
    case 'device.restart':
    case 'device.ping':
      return { kind }
  }
}
