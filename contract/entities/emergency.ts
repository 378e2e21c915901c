import { z } from 'zod'
import { Instant } from '../primitives.ts'

/** A lockdown or an evacuation, real or as an exercise, with how far it has come. */
export const Emergency = z.object({
  EmergencyID: z.string(),
  Kind: z.enum(['Lockdown', 'Evacuation']),
  Scope: z.enum(['Door', 'Zone', 'Site', 'Everything']),
  ScopeName: z.string(),
  Drill: z.boolean(),
  MovesRelays: z.boolean(),
  Reason: z.string().nullable(),
  StartedAt: Instant,
  StartedBy: z.string().nullable().describe('Opaque name of who started it'),
  EndedAt: Instant.nullable(),
  EndedBy: z.string().nullable(),
  EndNote: z.string().nullable(),
  Doors: z.int(),
  Confirmed: z.int().describe('Doors whose terminal has said that it did it'),
  Pending: z.int(),
  Unreachable: z.int(),
  Failed: z.int().describe('Refused, without an answer, or nothing such a terminal can do'),
  Returned: z.int().describe('Doors that are back to normal after its end'),
  Ms95: z
    .int()
    .nullable()
    .describe('Milliseconds until 95 of 100 doors had said so; null while they have not'),
})

/** One door of an emergency. The states before `Confirmed` are those that need somebody to go there. */
export const EmergencyDoor = z.object({
  DeviceSN: z.string(),
  DoorNo: z.int(),
  LabelName: z.string(),
  DoorName: z.string().nullable(),
  Site: z.string(),
  State: z.enum([
    'Unreachable',
    'Failed',
    'Unconfirmed',
    'NotSupported',
    'Queued',
    'Sent',
    'Confirmed',
    'DrillOnly',
  ]),
  Since: Instant.describe('Since when it is in that state'),
  SeenAt: Instant.nullable().describe('When its terminal was last heard'),
  ConfirmedAt: Instant.nullable(),
  AfterMs: z.int().nullable().describe('Milliseconds from the start to its word'),
  Tries: z.int(),
  CommandID: z.string().nullable(),
  Error: z.string().nullable(),
  ReturnState: z.enum(['None', 'Pending', 'Returned', 'Overdue']),
})

/** Somebody who may be inside. */
export const MusterPerson = z.object({
  EmployeeCode: z.string(),
  Name: z.string().nullable(),
  Site: z.string(),
  Place: z.string().describe('Terminal of the last sign of life'),
  SeenAt: Instant,
  Basis: z.enum(['entered', 'passed', 'no_direction']).describe('What the last sign of life was'),
  CardDisabled: z.boolean().describe('Lost, expired or blocked: somebody else may carry the card'),
  DisabledWhy: z.string().nullable(),
})

/** One tick on somebody's list; ticks are never changed, the latest of a person counts. */
export const MusterTick = z.object({
  TickID: z.string(),
  EmployeeCode: z.string(),
  State: z.enum(['Safe', 'Missing', 'Unmarked']),
  At: Instant,
  By: z.string().nullable(),
  Actor: z.string().nullable(),
  ReceivedAt: Instant,
  Note: z.string().nullable(),
})
