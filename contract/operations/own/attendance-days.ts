import { z } from 'zod'
import { arrivalCounts } from '../../day-states.ts'
import { DayCertainty, DayFlag, DayStatus, ExplainedDay, PersonDays } from '../../entities/attendance-day.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
  Limit,
  LocalDate,
  listOf,
  OffSet,
  pageAnswer,
} from '../../primitives.ts'

const yes = z.stringbool().or(z.boolean())

/** What narrows lists of people and their days. */
export const dayFilter = {
  FromDate: LocalDate,
  ToDate: LocalDate.describe('At most 62 days after FromDate'),
  EmployeeCode: EmployeeCode.optional(),
  Department: z.string().max(100).optional(),
  NoDepartment: yes.optional().describe('Only people who belong to no department'),
  Site: z.string().max(100).optional().describe('Home site, or a punch there'),
  HomeSite: z.string().max(100).optional().describe('Home site, wherever they punched'),
  NoHomeSite: yes.optional().describe('Only people without a home site'),
  DeviceSN: DeviceSN.optional().describe('A punch there'),
  Status: listOf(DayStatus).optional().describe('A day of one of these'),
  Flag: listOf(DayFlag).optional().describe('A day with one of these'),
  Counted: z.enum(arrivalCounts).optional().describe('A day that GetArrivals counts under this name'),
  Certainty: listOf(DayCertainty).optional().describe('A day of one of these'),
  Weekday: z.coerce
    .number<number>()
    .int()
    .min(1)
    .max(7)
    .optional()
    .describe('A day with presence on this weekday, 1 for Monday'),
  Hour: z.coerce
    .number<number>()
    .int()
    .min(0)
    .max(23)
    .optional()
    .describe('A day with presence within this hour of the wall clock'),
}

export const ownAttendanceDays = defineOperations('attendance', {
  days: {
    name: 'ListAttendanceDays',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary:
      'People with the result of each day, certain or not; those with a day that fits, and all their days',
    permission: 'attendance:read',
    input: z.object({ ...common, ...dayFilter, OffSet, Limit }),
    answers: {
      200: z.object({
        People: z.array(PersonDays),
        ...pageAnswer,
        ActualRowCount: z.int().describe('People with a day in the range, before what narrows them'),
      }),
    },
    errors: ['USER_NOT_FOUND', 'DEVICE_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify', EmployeeName: 'attendance:identify' },
  },
  presence: {
    name: 'GetPresenceByHour',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'How many people were there in each hour of each weekday, on average',
    permission: 'attendance:read',
    input: z.object({
      ...common,
      FromDate: LocalDate,
      ToDate: LocalDate.describe('At most 62 days after FromDate'),
      EmployeeCode: EmployeeCode.optional(),
      Department: dayFilter.Department,
      NoDepartment: dayFilter.NoDepartment,
      Site: dayFilter.Site,
      HomeSite: dayFilter.HomeSite,
      NoHomeSite: dayFilter.NoHomeSite,
      DeviceSN: DeviceSN.optional(),
    }),
    answers: {
      200: z.object({
        Hours: z.array(
          z.object({
            Weekday: z.int().describe('1 for Monday'),
            Hour: z.int().describe('0 to 23 on the wall clock'),
            PersonMinutes: z.int(),
            People: z.number().describe('On average over the weekdays of the range'),
          }),
        ),
        Weekdays: z.array(z.int()).describe('How often each weekday is in the range, Monday first'),
        People: z.int(),
        Provisional: z.boolean().describe('Some of it may still change'),
      }),
    },
    errors: ['USER_NOT_FOUND', 'DEVICE_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
  },
  exportDays: {
    name: 'ExportAttendanceDays',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'Days, or one row per person, as a file: what ListAttendanceDays finds, of any size',
    permission: 'attendance:export',
    input: z.object({
      ...common,
      ...dayFilter,
      Content: z.enum(['days', 'summary']).default('days').describe('summary: one row per person'),
      Format: z.enum(['csv', 'json', 'xlsx', 'pdf']).default('csv'),
    }),
    answers: {
      200: z.object({
        Rows: z
          .array(z.looseObject({ EmployeeCode, EmployeeName: z.string().nullable() }))
          .describe('Days of people, or people with their sums'),
        ReturnRowCount: z.int().describe('Last in the file, so that one cut short can be told'),
      }),
    },
    file: {
      csv: 'text/csv; charset=utf-8',
      json: 'application/json',
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      pdf: 'application/pdf',
    },
    errors: ['USER_NOT_FOUND', 'DEVICE_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
    audit: { subject: 'FromDate' },
    sensitive: { EmployeeCode: 'attendance:identify', EmployeeName: 'attendance:identify' },
  },
  explain: {
    name: 'ExplainAttendance',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'Everything behind the numbers of a day: plan, rules, punches used and not used, corrections',
    permission: 'attendance:read',
    input: z.object({ ...common, EmployeeCode, Date: LocalDate }),
    answers: { 200: z.object({ Day: ExplainedDay }) },
    errors: ['USER_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify', EmployeeName: 'attendance:identify' },
  },
})
