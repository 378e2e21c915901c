import { z } from 'zod'
import { Photo } from '../entities/person.ts'
import { Modality, Punch, PunchBucket } from '../entities/punch.ts'
import { defineOperations } from '../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
  Limit,
  LocalDate,
  LocalTime,
  listOf,
  OffSet,
  Order,
  pageAnswer,
} from '../primitives.ts'

const range = { FromDate: LocalDate, ToDate: LocalDate }
const page = { OffSet, Limit, Order }
const clockOff = z
  .stringbool()
  .or(z.boolean())
  .describe('true: only punches made while the clock of their terminal was more than a minute off')
const punches = z.object({ Attendance: z.array(Punch), ...pageAnswer })
const codeOnly = { EmployeeCode: 'attendance:identify' } as const
const personal = { EmployeeCode: 'attendance:identify', EmployeeName: 'attendance:identify' } as const

const dayOfPerson = z.object({
  Date: z.string(),
  EmployeeCode: EmployeeCode,
  FirstIn: LocalTime.nullable(),
  LastOut: LocalTime.nullable(),
  Certainty: z
    .enum(['provisional', 'complete', 'closed', 'reopened'])
    .optional()
    .describe('complete: the day is over and no terminal of the site can still hold punches of it'),
  Reasons: z
    .array(z.string())
    .optional()
    .describe('What a reviewer should see, such as missing_out, double_punch, guessed_direction, late_punch'),
  Confidence: z
    .number()
    .optional()
    .describe('0 to 1: how sure the in and out of the punches are; 1 where no key had to be guessed'),
  ClockErrorSeconds: z
    .number()
    .nullable()
    .optional()
    .describe('Largest measured clock error of its punches, without sign; null when not measured'),
})

export const attendance = defineOperations('attendance', {
  byDate: {
    name: 'GetAttendanceByDate',
    aliases: ['AttendanceByDate'],
    known: true,
    method: 'GET',
    summary: 'Punches of a range of days, whole account',
    permission: 'attendance:read',
    input: z.object({
      ...common,
      ...range,
      ...page,
      DeviceSN: listOf(DeviceSN).optional(),
      EmployeeCode: EmployeeCode.optional(),
      Type: listOf(Modality).optional().describe('Only punches verified so'),
      ClockOff: clockOff.optional(),
    }),
    answers: { 200: punches },
    errors: ['INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: personal,
  },
  byEmployee: {
    name: 'GetAttendanceByEmployee',
    aliases: ['AttendanceByEmployee', 'GetAttendanceByUser'],
    known: true,
    method: 'GET',
    summary: 'Punches of one person',
    permission: 'attendance:read',
    input: z.object({ ...common, EmployeeCode, ...range, ...page }),
    answers: { 200: punches },
    errors: ['USER_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: personal,
  },
  byDevice: {
    name: 'GetAttendanceByDevice',
    aliases: ['AttendanceByDevice'],
    known: true,
    method: 'GET',
    summary: 'Punches of one terminal',
    permission: 'attendance:read',
    input: z.object({ ...common, DeviceSN, ...range, ...page }),
    answers: { 200: punches },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: personal,
  },
  summary: {
    name: 'GetAttendanceSummary',
    aliases: ['AttendanceSummary'],
    known: true,
    method: 'GET',
    summary:
      'First in, last out, hours and count per person and day; a night belongs to the day it starts on',
    permission: 'attendance:read',
    input: z.object({ ...common, ...range, EmployeeCode: EmployeeCode.optional(), OffSet, Limit }),
    answers: {
      200: z.object({
        Summary: z.array(
          dayOfPerson.extend({
            Hours: z
              .number()
              .nullable()
              .describe('Real hours between in and out, time away taken off; null without both'),
            PunchCount: z.int().describe('Punches made again within two minutes count once'),
          }),
        ),
        ...pageAnswer,
      }),
    },
    errors: ['USER_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: codeOnly,
  },
  firstInLastOut: {
    name: 'GetFirstInLastOut',
    aliases: ['FirstInLastOut'],
    known: true,
    method: 'GET',
    summary: 'First in and last out per person and day, with the terminal of each',
    permission: 'attendance:read',
    input: z.object({ ...common, ...range, EmployeeCode: EmployeeCode.optional(), OffSet, Limit }),
    answers: {
      200: z.object({
        Rows: z.array(
          dayOfPerson.extend({
            FirstInDeviceSN: z.string().nullable(),
            LastOutDeviceSN: z.string().nullable(),
          }),
        ),
        ...pageAnswer,
      }),
    },
    errors: ['USER_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: codeOnly,
  },
  today: {
    name: 'GetTodayAttendance',
    aliases: ['TodayAttendance'],
    known: true,
    method: 'GET',
    summary: "Punches of today; today is each terminal's own local day",
    permission: 'attendance:read',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.optional(),
      EmployeeCode: EmployeeCode.optional(),
      Site: z.string().max(100).optional(),
      ...page,
      BucketMinutes: z.coerce
        .number<number>()
        .int()
        .min(1)
        .max(60)
        .optional()
        .describe('Adds counts per slice of this many minutes, for today and the day before'),
    }),
    answers: {
      200: z.object({
        Attendance: z.array(Punch),
        ...pageAnswer,
        Series: z.array(PunchBucket).optional(),
        Previous: z.array(PunchBucket).optional(),
        Present: z.int().optional().describe('People whose last punch of the past 16 hours was not an exit'),
        People: z.int().optional().describe('Different people with a punch today'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND', 'INVALID_CURSOR'],
    changes: [],
    sensitive: personal,
  },
  photo: {
    name: 'GetAttendancePhoto',
    aliases: ['AttendancePhoto', 'GetPunchPhoto'],
    known: true,
    method: 'GET',
    summary: 'The picture taken at a punch',
    permission: 'attendance:photo',
    input: z.object({
      ...common,
      DeviceSN,
      EmployeeCode: EmployeeCode.optional().describe('Absent: of a verification that failed'),
      AttendanceLog: LocalDate.describe(
        'Time of the punch; a photo taken within five seconds of it is its own',
      ),
    }),
    answers: { 200: z.object({ Photo }) },
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND', 'PHOTO_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
    audit: { subject: 'EmployeeCode' },
  },
  export: {
    name: 'ExportAttendance',
    aliases: ['DownloadAttendance'],
    known: true,
    method: 'GET',
    summary: 'Punches of a range as a file, of any size',
    permission: 'attendance:export',
    input: z.object({
      ...common,
      ...range,
      DeviceSN: listOf(DeviceSN).optional(),
      EmployeeCode: EmployeeCode.optional(),
      Site: z.string().max(100).optional(),
      Type: listOf(Modality).optional().describe('Only punches verified so'),
      ClockOff: clockOff.optional(),
      Order,
      Format: z.enum(['csv', 'json', 'xlsx']).default('csv'),
    }),
    answers: {
      200: z.object({
        Rows: z.array(Punch),
        ReturnRowCount: z.int().describe('Last in the file, so that one cut short can be told'),
      }),
    },
    file: {
      csv: 'text/csv; charset=utf-8',
      json: 'application/json',
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
    errors: ['INVALID_DATE'],
    changes: [],
    audit: { subject: 'FromDate' },
    sensitive: personal,
  },
})
