import { z } from 'zod'
import { isRealDateTime, text } from '../primitives.ts'
import { dayMinutes, shiftFaults, shiftMinutesMax } from '../shift-faults.ts'

/** What has no beginning has held since this date. */
const sinceEver = '0001-01-01'

/** A date without a time, as plans have them. */
export const PlanDate = z
  .string()
  .trim()
  .refine(
    value => value === sinceEver || (/^\d{4}-\d\d-\d\d$/.test(value) && isRealDateTime(value)),
    'must be a real date as YYYY-MM-DD',
  )
  .describe('YYYY-MM-DD, by the wall clock of the site')

/** What a shift, a rotation, a department or a calendar is called by programs; given once and never changed. */
export const PlanID = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/, 'must be 1 to 40 letters, digits, ".", "_" or "-"')

const minutes = (max: number) => z.int().min(0).max(max)
const clockMinute = minutes(3 * dayMinutes)

const Period = z.object({
  StartMinute: clockMinute.describe("Minutes since 00:00 of the shift's date; 1440 is the next midnight"),
  EndMinute: clockMinute,
})

const BreakRule = z.discriminatedUnion('Kind', [
  z.object({ Kind: z.literal('fixed'), StartMinute: clockMinute, EndMinute: clockMinute, Paid: z.boolean() }),
  z.object({
    Kind: z.literal('automatic'),
    AfterMinutes: minutes(dayMinutes),
    LengthMinutes: minutes(480),
    Paid: z.boolean(),
  }),
  z.object({ Kind: z.literal('punched'), AllowedMinutes: minutes(480), Paid: z.boolean() }),
])

/** What a shift may set for itself; the policy holds otherwise. */
const ShiftRules = z.object({
  LateGraceMinutes: minutes(240),
  EarlyLeaveGraceMinutes: minutes(240),
  WindowBeforeMinutes: minutes(720).describe('How long before its start a punch may belong to a shift'),
  WindowAfterMinutes: minutes(960),
  HalfDayBelowMinutes: minutes(dayMinutes).nullable().describe('Less work is half a day; null: no such rule'),
  AbsentBelowMinutes: minutes(dayMinutes)
    .nullable()
    .describe('Less work is an absence although there are punches; null: no such rule'),
})

/** How a shift works, without its name. */
export const ShiftDefinition = z
  .object({
    Kind: z
      .enum(['fixed', 'flexible'])
      .default('fixed')
      .describe('flexible: the periods are the frame, RequiredMinutes are owed and Core must be kept'),
    Periods: z.array(Period).min(1, 'must hold at least one period').max(4),
    Breaks: z.array(BreakRule).max(6).default([]),
    RequiredMinutes: minutes(shiftMinutesMax)
      .nullable()
      .default(null)
      .describe('Work owed without breaks; null: the periods less their unpaid breaks'),
    Core: Period.nullable().default(null),
    Rules: ShiftRules.partial().default({}),
  })
  .superRefine((shift, context) => {
    for (const { path, message } of shiftFaults(shift)) context.addIssue({ code: 'custom', path, message })
  })

const SavedFields = {
  SavedAt: z.string().describe('ISO 8601, UTC'),
  SavedBy: z.string().nullable().describe('Opaque name of who saved it'),
}

/** A version of a shift or a rotation: what holds from a date until the next one begins. */
export const PlanVersion = z.object({
  FromDate: z.string(),
  Name: z.string(),
  Removed: z.boolean(),
  ...SavedFields,
})

export const Shift = z.object({
  ShiftID: z.string(),
  Name: z.string(),
  FromDate: z.string().describe('0001-01-01: since ever'),
  ...ShiftDefinition.shape,
  ...SavedFields,
  History: z.array(PlanVersion).describe('Every version, oldest first'),
})

/** Days of a cycle with the shifts of each; an empty day is off. */
export const RotationDefinition = z.object({
  Anchor: PlanDate.describe('A date on which the first day of the cycle falls'),
  Days: z
    .array(z.array(PlanID).max(3))
    .min(1, 'must hold at least one day')
    .max(366)
    .describe('Shifts of each day of the cycle; an empty day is off'),
})

export const Rotation = z.object({
  RotationID: z.string(),
  Name: z.string(),
  FromDate: z.string(),
  ...RotationDefinition.shape,
  ...SavedFields,
  History: z.array(PlanVersion),
})

export const Department = z.object({
  DepartmentID: z.string(),
  Name: z.string(),
  Site: z.string().nullable(),
  People: z.int().describe('Who belongs to it today'),
  ...SavedFields,
})

export const Membership = z.object({
  EmployeeCode: z.string(),
  EmployeeName: z.string(),
  FromDate: z.string(),
  DepartmentID: z.string().nullable().describe('null: to none from then on'),
})

export const Weekdays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .describe('Days on which an assigned shift is worked: 1 Monday to 7 Sunday. A rotation has its own days')

/** Who works what, from when to when. */
export const Assignment = z.object({
  AssignmentID: z.string(),
  EmployeeCode: z.string().nullable(),
  EmployeeName: z.string().nullable(),
  DepartmentID: z.string().nullable(),
  ShiftID: z.string().nullable(),
  RotationID: z.string().nullable(),
  Weekdays,
  OffsetDays: z.int().describe('Days by which this crew is ahead in the cycle of the rotation'),
  FromDate: z.string(),
  ToDate: z.string().nullable(),
  Site: z.string().nullable().describe('Home site; its zone is the zone of the plan'),
  WorksHolidays: z.boolean(),
  Removed: z.boolean(),
  ...SavedFields,
})

export const Portion = z.enum(['full', 'first_half', 'second_half'])

export const CalendarDay = z.object({
  Date: PlanDate,
  Name: text(120).min(1),
  Portion: Portion.default('full'),
})

export const Calendar = z.object({
  CalendarID: z.string(),
  Name: z.string(),
  Sites: z.array(z.string()).describe('Sites it holds for; none: everywhere'),
  Days: z.array(z.object({ Date: z.string(), Name: z.string(), Portion })),
  ...SavedFields,
})

export const LeaveKind = z.enum(['vacation', 'sick', 'unpaid', 'training', 'other'])

export const Leave = z.object({
  LeaveID: z.string(),
  EmployeeCode: z.string(),
  EmployeeName: z.string(),
  FromDate: z.string(),
  ToDate: z.string(),
  Kind: LeaveKind,
  Portion,
  Note: z.string(),
  Removed: z.boolean(),
  ...SavedFields,
})

const Rounding = z.object({
  StepMinutes: minutes(60).describe('0: none. Counted from local midnight'),
  Mode: z.enum(['nearest', 'up', 'down']),
})

/** What holds for everybody; what shifts may set for themselves first. */
export const AttendancePolicy = z.object({
  ...ShiftRules.shape,
  DoubleWindowMinutes: minutes(60).describe('A punch so soon after one that counts is the same one again'),
  Direction: z.enum(['keys', 'first_last', 'toggle']).describe('first_last: forgive every key'),
  WithoutKeys: z.enum(['first_last', 'toggle']).describe('What stands in for keys where nobody presses them'),
  ImpossibleSpanMinutes: z.int().min(60).max(2880),
  GapFromMinutes: minutes(240).describe('Time away inside a shift is reported from here on'),
  EarlyInCounts: z.boolean().describe('Presence before a shift counts as work'),
  Rounding: z.object({ In: Rounding, Out: Rounding }),
  AutomaticBreak: z
    .object({ AfterMinutes: minutes(dayMinutes), LengthMinutes: minutes(240) })
    .describe('Where a shift has no break rules of its own; a length of 0 is none'),
  Overtime: z.object({
    Enabled: z.boolean(),
    FromMinutes: minutes(480).describe('Less than this after a shift is none; from here on all of it counts'),
    DailyCapMinutes: minutes(dayMinutes).nullable(),
    WeeklyCapMinutes: minutes(7 * dayMinutes).nullable(),
    OrdinaryMultiplier: z.number().min(1).max(5),
    DayOffMultiplier: z.number().min(1).max(5),
    HolidayMultiplier: z.number().min(1).max(5),
  }),
  HandOverMinutes: minutes(240).describe('Shifts no further apart hand over to each other'),
  UnplannedRestMinutes: minutes(dayMinutes),
  UnplannedNightMinutes: minutes(dayMinutes),
  LateArrivalMinutes: minutes(dayMinutes).describe(
    'A punch that came so long after it was made is named late',
  ),
  EstimateWindowMinutes: minutes(480),
})
