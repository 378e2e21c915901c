import { z } from 'zod'
import { EmployeeCode, Instant, LocalTime } from '../primitives.ts'

export const DoorNumber = z.coerce.number<number>().int().min(1).max(255)

export const DoorNo = DoorNumber.default(1).describe('1 is the first door')

/** `Unknown` is a state of its own: no sensor, or the terminal is away (product doors 1). */
export const DoorState = z.object({
  DeviceSN: z.string(),
  DoorNo: z.int(),
  DoorCount: z.int().describe('Doors of this terminal'),
  LabelName: z.string(),
  Site: z.string(),
  TimeZone: z.string(),
  State: z.enum(['Open', 'Closed', 'Unknown']),
  LockState: z.enum(['Locked', 'Unlocked', 'Unknown']),
  Alarm: z.enum(['None', 'Forced', 'HeldOpen', 'Tamper', 'Duress', 'Unknown']),
  Since: Instant.nullable(),
  SeenAt: Instant.nullable().describe('When the terminal last said anything about this door'),
  Reason: z
    .enum(['reported', 'no_report', 'device_offline', 'no_sensor'])
    .describe('Why the state is what it is'),
  Online: z.boolean(),
})

export const DoorEvent = z.object({
  DeviceSN: z.string(),
  DoorNo: z.int(),
  LabelName: z.string(),
  Event: z.enum([
    'Opened',
    'Closed',
    'ExitButton',
    'Forced',
    'Tamper',
    'AlarmCancelled',
    'RemoteOpen',
    'RemoteClose',
    'Granted',
    'Denied',
    'HeldOpen',
    'Duress',
    'StateChanged',
    'Other',
  ]),
  Detail: z.string().nullable().default(null).describe('What the terminal says it was, in words'),
  EmployeeCode: EmployeeCode.nullable(),
  EventTime: LocalTime,
  ReceivedAt: Instant,
  CommandID: z.string().nullable(),
})
