import { z } from 'zod'
import { EmployeeCode, Instant, LocalTime } from '../primitives.ts'

export const DoorNumber = z.coerce.number<number>().int().min(1).max(255)

export const DoorNo = DoorNumber.default(1).describe('1 is the first door')

/** A door by terminal and number, `SN/1`; lists of doors are lists of these. */
export const DoorRef = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}\/[1-9]\d{0,2}$/, 'must be a door: serial number, "/", number')
  .describe('A door: serial number of its terminal, "/", number')

/** What a door can be told to be until further notice. */
export const HoldMode = z.enum(['Lock', 'HoldOpen', 'HoldClosed'])

/**
 * An order that lasts, from its wish to its end. `Unclear`: handed over and never answered, so it may be in force.
 * `Overdue`: it should have ended, and the return could not be sent or was not carried out yet.
 */
export const DoorHold = z.object({
  HoldID: z.string(),
  DeviceSN: z.string(),
  DoorNo: z.int(),
  Mode: HoldMode,
  State: z.enum([
    'AwaitsSecond',
    'Ordered',
    'InForce',
    'Unclear',
    'Returning',
    'Overdue',
    'Ended',
    'Refused',
    'Replaced',
    'Lapsed',
  ]),
  Since: Instant.describe('When it was ordered'),
  Until: Instant.nullable().describe('null: until somebody ends it'),
  EndsBy: z
    .enum(['Terminal', 'Order'])
    .describe('Terminal: it counts the seconds itself; Order: a return order is sent at the end'),
  EndedAt: Instant.nullable(),
  CommandID: z.string().nullable(),
  ReturnCommandID: z.string().nullable(),
  Actor: z.string().nullable(),
  SecondActor: z.string().nullable().describe('Who agreed to an order without an end'),
  Reason: z.string().nullable(),
  EmergencyID: z.string().nullable(),
  Note: z.string().nullable().describe('What is known of its end, in words'),
})

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
  AlsoSaid: z
    .string()
    .nullable()
    .describe('What its terminal last said of its doors in fields no document explains, as sent'),
  DoorName: z.string().nullable().describe('A name of its own, where the terminal has several doors'),
  ReasonRequired: z.boolean().describe('Opening it from afar needs a reason'),
  SecondPerson: z.boolean().describe('Holding it without an end needs a second person'),
  Modes: z.array(z.enum(['Lock', 'HoldOpen', 'HoldClosed', 'Normal'])).describe('What it can be told to be'),
  Hold: DoorHold.nullable().describe('The lasting order in force or under way'),
  NotKnown: z
    .array(z.enum(['movement', 'lock', 'alarm', 'hold']))
    .describe('What nobody can say of this door now'),
})

/** One of the three ticks of an order: handed over, acknowledged, moved. */
export const DoorTick = z.object({
  Tick: z.enum(['Sent', 'Acknowledged', 'Moved']),
  State: z.enum(['Known', 'Waiting', 'NotKnown', 'DidNotHappen']),
  At: Instant.nullable(),
  AfterMs: z.int().nullable().describe('Milliseconds after the order was given'),
  Why: z
    .enum(['no_sensor', 'no_report', 'not_sent', 'no_answer', 'refused', 'nothing_moves', 'device_offline'])
    .nullable()
    .describe('What is missing, where it is'),
  By: z.enum(['command', 'event', 'state']).nullable().describe('What says so'),
})

export const DoorEvent = z.object({
  EventID: z.string().nullable().default(null).describe('null: it is told and not kept'),
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
    'Locked',
    'Unlocked',
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
  Actor: z.string().nullable().default(null).describe('Opaque name of who ordered it from afar'),
})
