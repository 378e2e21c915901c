import { z } from 'zod'
import { EmployeeCode, Instant } from '../primitives.ts'

export const PeriodScope = z.enum(['everyone', 'site', 'department'])

/** `stopped`: more had come up than whoever closes had seen, so nothing was closed. */
export const PeriodState = z.enum(['closing', 'closed', 'stopped', 'reopened'])

/** Days that somebody has closed: their numbers stay, whatever comes afterwards. */
export const Period = z.object({
  PeriodID: z.string(),
  Scope: PeriodScope,
  ScopeValue: z.string().describe('Name of the site or id of the department; empty for everyone'),
  ScopeName: z.string(),
  FromDate: z.string(),
  ToDate: z.string(),
  State: PeriodState,
  Note: z.string(),
  ClosedBy: z.string(),
  AskedAt: Instant,
  ClosedAt: Instant.nullable(),
  People: z.int(),
  Days: z.int(),
  Exceptions: z.int().describe('Matters that were open when it was closed'),
  OpenDifferences: z.int(),
  ReopenedBy: z.string().nullable(),
  ReopenedAt: Instant.nullable(),
  ReopenReason: z.string().nullable(),
})

export const DifferenceState = z.enum(['open', 'accepted', 'carried', 'void'])

const Value = z.union([z.string(), z.number()]).nullable()

/** What a recalculation would make of a closed day. Minutes may be negative. */
export const Difference = z.object({
  DifferenceID: z.string(),
  PeriodID: z.string(),
  EmployeeCode: EmployeeCode,
  EmployeeName: z.string().nullable(),
  Date: z.string(),
  State: DifferenceState.describe('void: what caused it has gone, or its period was reopened'),
  WorkedDelta: z.int(),
  OvertimeDelta: z.int(),
  Changes: z.array(z.object({ Field: z.string(), Before: Value, After: Value })),
  Causes: z.array(z.object({ Kind: z.enum(['punch_added', 'punch_gone', 'correction']), ID: z.string() })),
  OpenedAt: Instant,
  UpdatedAt: Instant,
  DecidedBy: z.string().nullable(),
  DecidedAt: Instant.nullable(),
  Reason: z.string().nullable(),
  CarryDate: z
    .string()
    .nullable()
    .describe('First open day after the period, which gets the minutes of a carried one'),
})
