import { z } from 'zod'
import { Command } from '../../entities/command.ts'
import { DoorEvent, DoorNo, DoorNumber } from '../../entities/door.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
  Instant,
  LocalDate,
  listOf,
  newestFirst,
  text,
} from '../../primitives.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const id = z.union([z.string(), z.int().transform(String)]).pipe(z.string().trim().min(1).max(20))
const scheduleId = z.coerce.number<number>().int().min(1).max(50)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM')
const Day = z.enum([
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Holiday1',
  'Holiday2',
  'Holiday3',
])
const Window = z.object({ Day, Start: clock, End: clock })
const Holiday = z.object({
  HolidayID: z.int().min(1).max(99),
  Name: text(40),
  Date: z.iso.date(),
  Yearly: z.boolean(),
  Kind: z.union([z.literal(1), z.literal(2), z.literal(3)]).describe('Windows Holiday1 to Holiday3 hold'),
  ScheduleID: scheduleId.nullable().default(null).describe('Attendance terminals: the schedule of that day'),
})
/** Whose windows a decision rests on. */
const Rule = z.object({
  ScheduleID: z.int(),
  Name: z.string().nullable(),
  Window: Window.nullable().describe('The window that lets in; null: none does'),
  Holiday: z.string().nullable().describe('Name of the holiday whose windows hold'),
})

export const ownDoorAccess = defineOperations('doors', {
  schedules: {
    ...own,
    name: 'ListAccessSchedules',
    method: 'GET',
    summary: 'Windows, holidays and people as wanted of a terminal, and whether it holds them',
    permission: 'doors:read',
    input: z.object({ ...common, DeviceSN }),
    answers: {
      200: z.object({
        Flavour: z.enum(['Access', 'Attendance']),
        WindowsPerDay: z.int(),
        CanReadBack: z.boolean(),
        Schedules: z.array(
          z.object({
            ScheduleID: z.int(),
            Name: z.string().nullable(),
            Windows: z.array(Window),
            EmployeeCodes: z.array(z.string()),
            UpdatedAt: Instant,
            Command: Command.nullable().describe('The order that carried it, newest first'),
          }),
        ),
        Holidays: z.array(Holiday),
      }),
    },
    errors: ['DEVICE_NOT_FOUND'],
    changes: [],
    sensitive: { EmployeeCodes: 'attendance:identify' },
  },
  setHolidays: {
    ...own,
    name: 'SetAccessHolidays',
    method: 'POST',
    summary: 'Days on which other windows hold, one-day exceptions included',
    permission: 'doors:schedule',
    input: z.object({ ...common, DeviceSN, Holidays: z.array(Holiday).max(60) }),
    answers: { 200: z.object({ Commands: z.array(Command) }) },
    errors: ['DEVICE_NOT_FOUND', 'DEVICE_WAITING', 'NOT_SUPPORTED_BY_DEVICE'],
    changes: ['doors', 'devices'],
    audit: { subject: 'DeviceSN' },
  },
  whoCanOpen: {
    ...own,
    name: 'WhoCanOpen',
    method: 'GET',
    summary: 'Who can open a door at a minute, and by which window',
    permission: 'doors:read',
    input: z.object({ ...common, DeviceSN, DoorNo, At: LocalDate.optional().describe('Absent: now') }),
    answers: {
      200: z.object({
        At: z.string().describe('Wall clock of the door'),
        Decided: z
          .boolean()
          .describe(
            'false: the terminal was given no windows by us, or its people follow groups, so only it knows',
          ),
        People: z.array(z.object({ EmployeeCode: z.string(), Name: z.string().nullable(), Rule })),
        Others: z
          .int()
          .describe('People with a right here, at other times or barred: suspended, gone, not valid'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND', 'DOOR_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify', Name: 'attendance:identify' },
  },
  whatCanOpen: {
    ...own,
    name: 'WhatCanOpen',
    method: 'GET',
    summary: 'Which doors a person can open, and when',
    permission: 'doors:read',
    input: z.object({ ...common, EmployeeCode }),
    answers: {
      200: z.object({
        EmployeeCode: z.string(),
        Doors: z.array(
          z.object({
            DeviceSN: z.string(),
            DoorNo: z.int(),
            LabelName: z.string(),
            DoorName: z.string().nullable(),
            Site: z.string(),
            Now: z.boolean(),
            Schedules: z.array(
              z.object({
                ScheduleID: z.int(),
                Name: z.string().nullable(),
                Windows: z.array(Window),
                Since: Instant.nullable().describe('When its windows were last changed'),
              }),
            ),
          }),
        ),
        Undecided: z
          .array(z.string())
          .describe(
            'Terminals that were given no windows by us, or whose people follow groups: only they know',
          ),
      }),
    },
    errors: ['USER_NOT_FOUND'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
  whyDenied: {
    ...own,
    name: 'WhyDenied',
    method: 'GET',
    summary: 'Why somebody was refused at a door: the rule, and the nearest time it would have been yes',
    permission: 'doors:read',
    input: z.object({ ...common, EventID: id }),
    answers: {
      200: z.object({
        Event: DoorEvent,
        Terminal: z.string().nullable().describe("The terminal's own reason, in words"),
        Verdict: z.enum([
          'no_right',
          'outside_window',
          'would_be_let_in',
          'undecided',
          'unknown_person',
          'terminal',
        ]),
        Rules: z.array(Rule.extend({ Windows: z.array(Window) })),
        NearestYes: z
          .object({ At: z.string(), ScheduleID: z.int(), MinutesAway: z.int() })
          .nullable()
          .describe('The nearest minute, before or after, in which a window would have let in'),
        ChangedSince: z.boolean().describe('The windows were changed after it happened'),
      }),
    },
    errors: ['EVENT_NOT_FOUND'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
  previewSchedule: {
    ...own,
    name: 'PreviewAccessSchedule',
    method: 'POST',
    summary: 'What a changed schedule would have done to the events of the days before',
    permission: 'doors:schedule',
    input: z.object({
      ...common,
      DeviceSN,
      ScheduleID: scheduleId,
      Windows: z.array(Window).max(30),
      EmployeeCode: listOf(EmployeeCode).optional(),
      Days: z.coerce.number<number>().int().min(1).max(31).default(7),
    }),
    answers: {
      200: z.object({
        Events: z.int().describe('Passes and refusals of people that were looked at'),
        NowDenied: z.int(),
        NowAllowed: z.int(),
        Examples: z.array(
          z.object({
            Event: DoorEvent,
            Change: z.enum(['would_be_denied', 'would_be_let_in']),
          }),
        ),
      }),
    },
    errors: ['DEVICE_NOT_FOUND'],
    changes: [],
    audit: { subject: 'DeviceSN' },
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
  exportLogs: {
    ...own,
    name: 'ExportDoorLogs',
    method: 'GET',
    summary: 'What happened at the doors, as a file; no row cap',
    permission: 'doors:read',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.optional(),
      DoorNo: DoorNumber.optional(),
      Event: listOf(DoorEvent.shape.Event).optional(),
      FromDate: LocalDate,
      ToDate: LocalDate,
      Format: z.enum(['csv', 'json', 'xlsx']).default('csv'),
      Order: newestFirst,
    }),
    answers: { 200: z.object({ Rows: z.array(DoorEvent), ReturnRowCount: z.int() }) },
    file: {
      csv: 'text/csv; charset=utf-8',
      json: 'application/json; charset=utf-8',
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
    audit: { subject: 'FromDate' },
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
})
