import { z } from 'zod'
import { EmployeeCode, Instant } from '../primitives.ts'
import { Direction } from './punch.ts'

/**
 * A fact beside the punches, which stay as they are. `Excuse`: an absence, lateness or early leave is in order. `Note`:
 * words without an effect. `Settle`: somebody has looked at what the rules found, and it is in order so. `Withdraw`:
 * another correction no longer holds.
 */
export const CorrectionKind = z.enum([
  'AddPunch',
  'IgnorePunch',
  'SetDirection',
  'AssignShift',
  'Excuse',
  'Note',
  'Settle',
  'Withdraw',
])

/** `pending`: a second person has to agree before it counts. */
export const CorrectionState = z.enum(['pending', 'in_force', 'refused', 'withdrawn'])

export const Correction = z.object({
  CorrectionID: z.string(),
  EmployeeCode: EmployeeCode,
  EmployeeName: z.string().nullable(),
  Date: z.string().describe('Day it is about, by the wall clock it is about'),
  Kind: CorrectionKind,
  PunchID: z
    .string()
    .nullable()
    .describe('OperationID of the punch; of AddPunch the id under which it counts'),
  LocalTime: z.string().nullable().describe('Wall clock of that punch'),
  TimeZone: z.string().nullable(),
  DeviceSN: z.string().nullable(),
  LabelName: z.string().nullable(),
  Before: z.string().nullable().describe('What it was, such as the key that was pressed'),
  After: z
    .string()
    .nullable()
    .describe('What it counts as: a direction, a planned shift, what is excused or settled'),
  TargetID: z.string().nullable().describe('The correction that a Withdraw takes back'),
  Estimated: z.boolean().describe('A guess after an outage: gives way when the real punch arrives'),
  RepairID: z.string().nullable(),
  Reason: z.string(),
  By: z.string(),
  At: Instant,
  State: CorrectionState,
  DecidedBy: z.string().nullable(),
  DecidedAt: Instant.nullable(),
  DecisionReason: z.string().nullable(),
  WithdrawnBy: z.string().nullable(),
  WithdrawnAt: Instant.nullable(),
  WithdrawReason: z.string().nullable(),
  MayDecide: z.boolean().describe('It waits, and whoever asks is not the one who proposed it'),
})

export const CorrectedDirection = Direction.exclude(['None'])

/** What a terminal has stated of one day. `missing`: the day is over, and it may still hold punches of it. */
export const DayCompleteness = z.object({
  DeviceSN: z.string(),
  LabelName: z.string(),
  Site: z.string(),
  TimeZone: z.string(),
  Date: z.string(),
  State: z.enum(['complete', 'running', 'missing']),
  Why: z
    .enum(['offline', 'not_stated', 'behind'])
    .nullable()
    .describe('behind: it is known to hold punches that are not here'),
  Since: z
    .string()
    .nullable()
    .describe('Since when, on its own wall clock; null: it has never said anything'),
  CompleteThrough: Instant.nullable().describe('Everything it recorded up to then is here'),
  Held: z.int().nullable().describe('Punches it counted more than came, when it last stated its counter'),
  StatedAt: Instant.nullable().describe('When it last stated its counter'),
  Punches: z.int(),
  LastPunch: z.string().nullable(),
})
