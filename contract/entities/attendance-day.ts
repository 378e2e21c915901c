import { z } from 'zod'
import { dayCertainties, dayFlags, dayStatuses } from '../day-states.ts'
import { EmployeeCode, Instant } from '../primitives.ts'
import { Direction, Modality } from './punch.ts'

/** What somebody's day comes to. */
export const DayStatus = z.enum(dayStatuses)

/** What a reviewer should see of a day. */
export const DayFlag = z.enum(dayFlags)

/** How far a day can be relied on. `complete`: over, and every terminal has told everything. */
export const DayCertainty = z.enum(dayCertainties)

const DayReason = z.enum(['running', 'still_in', 'waiting_for_terminals', 'no_terminals'])

/** A moment with the wall clock it was read on: one text carries both. */
export const Stamp = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
  .describe('RFC 3339: wall clock of the terminal or the shift, with its offset at that moment')

const minutes = z.int().optional()

/** Whom a day still waits for. */
const WaitingTerminal = z.object({
  DeviceSN: z.string(),
  LabelName: z.string(),
  Why: z.enum(['offline', 'not_stated', 'behind']),
  Since: z.string().nullable().describe('On its own wall clock; null: it has never said'),
})

/**
 * A day as a cell shows it. Compact, since a month of a thousand people is thirty thousand of them: what is absent is
 * zero, none or no.
 */
export const DayCell = z.object({
  Date: z.string(),
  Status: DayStatus,
  Certainty: DayCertainty,
  Reason: DayReason.optional(),
  WaitingFor: z.array(z.string()).optional().describe('Labels of terminals that may still hold punches'),
  In: Stamp.optional(),
  Out: Stamp.optional(),
  Last: Stamp.optional().describe('Last punch of any kind, where it is not the exit'),
  TimeZone: z.string().optional().describe('Where it is not the one of the person'),
  Shift: z.string().optional(),
  Punches: z.int().optional().describe('Double punches count once'),
  Worked: minutes.describe('Minutes that count, overtime included'),
  Expected: minutes,
  Late: minutes.describe('Beyond the grace, from the first minute'),
  EarlyLeave: minutes,
  Overtime: minutes,
  Break: minutes,
  Flags: z.array(DayFlag).optional(),
  Confidence: z.number().optional().describe('0 to 1, where a direction had to be guessed'),
  ClockErrorSeconds: z.number().optional().describe('Largest measured one of its punches, without sign'),
  Corrections: z.int().optional().describe('In force on this day'),
  Difference: z.boolean().optional().describe('Its period is closed, and a recalculation says otherwise'),
  Holiday: z.string().optional().describe('Name of the holiday or leave'),
})

/** Sums of the days in the range. */
export const DaySums = z.object({
  Present: z.int(),
  HalfDays: z.int(),
  Absent: z.int(),
  NotKnownYet: z.int(),
  Leave: z.int(),
  Holidays: z.int(),
  Provisional: z.int().describe('Days whose numbers may still change'),
  Worked: z.int(),
  Expected: z.int(),
  Overtime: z.int(),
  OvertimeWeighted: z.int(),
  Late: z.int(),
  LateTimes: z.int(),
  EarlyLeave: z.int(),
  EarlyLeaveTimes: z.int(),
  MissingPunches: z.int(),
  Differences: z.int(),
})

/** One person and their days. */
export const PersonDays = z.object({
  EmployeeCode: EmployeeCode,
  EmployeeName: z.string().nullable(),
  Department: z.string().nullable(),
  Site: z.string().nullable().describe('Home site, or the one most punches are from'),
  TimeZone: z.string(),
  Days: z.array(DayCell).describe('In order; days about which nothing is known are left out'),
  Sums: DaySums,
})

export const Band = z.object({
  Kind: z.enum(['worked', 'break', 'gap', 'between', 'early', 'after', 'overtime', 'unclear', 'open']),
  From: Stamp,
  To: Stamp,
  Paid: z.boolean(),
})

const Verdict = z.object({
  Minutes: z.int(),
  Exceeded: z.boolean().describe('Beyond the grace'),
  Uncertain: z.boolean().describe('The clock error of the terminal could turn it'),
})

/** A planned shift, or a stay that no plan speaks of, with its timeline. */
const ExplainedShift = z.object({
  ShiftID: z.string(),
  Planned: z.boolean(),
  Name: z.string().nullable(),
  TimeZone: z.string(),
  From: Stamp.nullable(),
  To: Stamp.nullable(),
  Status: z.enum(['attended', 'excused', 'expected', 'not_arrived', 'not_known_yet', 'absent']),
  Bands: z.array(Band),
  Late: Verdict,
  EarlyLeave: Verdict,
  Worked: z.int(),
  Expected: z.int(),
  Break: z.int(),
  Overtime: z.int(),
  OvertimeMultiplier: z.number(),
})

/** One step of how a result came about; the words for `Code` belong to the screen. */
const ExplanationStep = z.object({
  Code: z.string(),
  ShiftID: z.string().nullable(),
  PunchIDs: z.array(z.string()),
  Numbers: z.record(z.string(), z.number()).describe('Named with their unit, such as graceMinutes'),
})

/** What was sent to receivers about a punch, as far as it is still kept. */
const PunchDelivery = z.object({
  SubscriptionID: z.string(),
  Url: z.string().describe('Without the values of its query'),
  State: z.enum(['pending', 'delivered', 'parked']),
  Attempts: z.int(),
  SettledAt: Instant.nullable(),
})

/** A punch of the day, whether it counted, and all that speaks for or against its time. */
export const ExplainedPunch = z.object({
  OperationID: z.string(),
  EmployeeCode: EmployeeCode,
  AttendanceLog: z.string(),
  At: Stamp,
  Counted: Stamp.nullable().describe('What rounding made of it; null where it does not count'),
  TimeZone: z.string(),
  DeviceSN: z.string(),
  LabelName: z.string(),
  Site: z.string(),
  Type: Modality,
  Pressed: Direction,
  Used: z.boolean(),
  WhyNot: z
    .enum(['double', 'implausible_time', 'ignored', 'estimate_withdrawn'])
    .nullable()
    .describe('null where it is used'),
  Role: z.enum(['in', 'out', 'break_start', 'break_end', 'between']).nullable(),
  RoleReason: z
    .enum(['key', 'key_contradicts_order', 'no_key', 'first_last', 'toggle', 'corrected'])
    .nullable(),
  Confidence: z.number().nullable(),
  ClockSkewSeconds: z.number().nullable().describe('Terminal clock minus ours; null when not measured'),
  ReceivedAt: Instant,
  Late: z.boolean().describe('Reached the gateway long after it was made, or after the day was closed'),
  Added: z.boolean().describe('By a correction; no terminal has sent it'),
  Deliveries: z.array(PunchDelivery),
})

export const AppliedCorrection = z.object({
  CorrectionID: z.string(),
  Kind: z.string(),
  By: z.string(),
  Reason: z.string(),
  At: Instant,
  PunchIDs: z.array(z.string()),
})

/** Everything behind the numbers of one person's day. */
export const ExplainedDay = z.object({
  EmployeeCode: EmployeeCode,
  EmployeeName: z.string().nullable(),
  Cell: DayCell,
  TimeZone: z.string(),
  From: Stamp.describe('Midnight that begins the date'),
  To: Stamp.describe('Midnight that ends it; 23 or 25 hours later where the clock is changed'),
  Now: Instant,
  WaitingFor: z.array(WaitingTerminal),
  ClosedAt: Instant.nullable(),
  Shifts: z.array(ExplainedShift),
  Findings: z.array(
    z.object({
      Kind: DayFlag,
      ShiftID: z.string().nullable(),
      PunchIDs: z.array(z.string()),
      Minutes: z.int().nullable(),
      Uncertain: z.boolean(),
    }),
  ),
  Steps: z.array(ExplanationStep),
  Punches: z.array(ExplainedPunch).describe('In order of time'),
  Corrections: z.array(AppliedCorrection),
  Changes: z
    .array(
      z.object({
        Field: z.string(),
        Before: z.union([z.string(), z.number()]).nullable(),
        After: z.union([z.string(), z.number()]).nullable(),
      }),
    )
    .describe('What a recalculation of the closed day would change'),
})
