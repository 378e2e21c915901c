import { z } from 'zod'
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

/** What narrows lists of people and their days. */
export const dayFilter = {
  FromDate: LocalDate,
  ToDate: LocalDate.describe('At most 62 days after FromDate'),
  EmployeeCode: EmployeeCode.optional(),
  Department: z.string().max(100).optional(),
  Site: z.string().max(100).optional().describe('Home site, or a punch there'),
  DeviceSN: DeviceSN.optional().describe('A punch there'),
  Status: listOf(DayStatus).optional().describe('A day of one of these'),
  Flag: listOf(DayFlag).optional().describe('A day with one of these'),
  Certainty: listOf(DayCertainty).optional().describe('A day of one of these'),
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
        ActualRowCount: z.int().describe('People known in the range, before what narrows them'),
      }),
    },
    errors: ['USER_NOT_FOUND', 'DEVICE_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
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
