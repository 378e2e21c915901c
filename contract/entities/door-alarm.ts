import { z } from 'zod'
import { Instant } from '../primitives.ts'

export const AlarmKind = z.enum(['Forced', 'HeldOpen', 'Tamper', 'Duress', 'HoldOverdue'])

/** What somebody, or the clock, did with an alarm. */
export const AlarmStep = z.object({
  At: Instant,
  Actor: z.string().nullable().describe('null: Gatehouse itself, or the terminal'),
  What: z.enum([
    'Raised',
    'RaisedAgain',
    'Escalated',
    'Acknowledged',
    'Assigned',
    'Snoozed',
    'Woke',
    'Cleared',
    'Note',
  ]),
  Text: z.string().nullable(),
})

/** An alarm of a door, from its raising until somebody, or the door, clears it. */
export const DoorAlarm = z.object({
  AlarmID: z.string(),
  Kind: AlarmKind,
  State: z.enum(['Raised', 'Acknowledged', 'Assigned', 'Snoozed', 'Cleared']),
  Silent: z.boolean().describe('Duress: shown without sound, so that nobody at the door notices'),
  DeviceSN: z.string(),
  DoorNo: z.int(),
  DoorCount: z.int().describe('Doors of this terminal'),
  LabelName: z.string(),
  DoorName: z.string().nullable(),
  Site: z.string(),
  TimeZone: z.string(),
  EmployeeCode: z.string().nullable(),
  RaisedAt: Instant,
  LastAt: Instant.describe('When it was last heard of'),
  Count: z.int().describe('How often it was heard of while it was open'),
  AcknowledgedAt: Instant.nullable(),
  AssignedTo: z.string().nullable(),
  SnoozedUntil: Instant.nullable(),
  ClearedAt: Instant.nullable(),
  Sound: z.boolean().describe('Whether a rule asks for sound now'),
  Notify: z
    .array(z.string())
    .describe('Names of accounts, roles, or channels of alerts that are told; none named: everybody'),
  EscalatesAt: Instant.nullable().describe('When others are told, if nobody has taken it by then'),
  EscalatedAt: Instant.nullable(),
  Rule: z.string().nullable().describe('Name of the rule that decided this'),
  Steps: z.array(AlarmStep),
})

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM')

/** What is to happen for which alarms: what, where, when, whom, and how often again. The first that fits decides. */
export const AlarmRule = z.object({
  RuleID: z.string(),
  Name: z.string(),
  Kinds: z.array(AlarmKind),
  Site: z.string().nullable().describe('null: every site'),
  Zone: z.string().nullable().describe('null: all doors, those to come included'),
  From: clock.nullable().describe('From and To: part of the day, wall clock of the door; null: always'),
  To: clock.nullable(),
  Sound: z.boolean(),
  Notify: z.array(z.string()),
  RepeatMinutes: z.int().describe('The same alarm of a door within this time is the same alarm'),
  EscalateMinutes: z
    .int()
    .nullable()
    .describe('Others are told once nobody has taken it for so long; null: never'),
  EscalateTo: z.array(z.string()).describe('Who is told then; none named: everybody'),
  Raise: z.boolean().describe('false: such alarms are only written into the log'),
  Enabled: z.boolean(),
})
