import { z } from 'zod'
import { Command } from '../entities/command.ts'
import { DoorEvent, DoorNo, DoorNumber, DoorState } from '../entities/door.ts'
import { defineOperations } from '../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
  Instant,
  Limit,
  LocalDate,
  listOf,
  OffSet,
  Order,
  pageAnswer,
  text,
} from '../primitives.ts'

/** Why somebody orders it; marked doors demand one (product doors 41). */
const Reason = text(200).optional().describe('Why; some doors demand it')

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM')

export const doors = defineOperations('doors', {
  open: {
    name: 'OpenDoor',
    aliases: ['UnlockDoor', 'TriggerDoor'],
    known: false,
    method: 'POST',
    summary: 'Open a door for a few seconds',
    permission: 'doors:operate',
    once: true,
    input: z.object({
      ...common,
      DeviceSN,
      DoorNo,
      Seconds: z.coerce.number<number>().int().min(1).max(60).default(5),
      Reason,
    }),
    answers: { 200: Command, 409: Command },
    errors: ['DEVICE_NOT_FOUND', 'DOOR_NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED', 'REASON_REQUIRED'],
    changes: ['doors', 'devices'],
    audit: { subject: 'DeviceSN' },
  },
  lock: {
    name: 'LockDoor',
    aliases: ['CloseDoor', 'HoldDoor'],
    known: false,
    method: 'POST',
    summary: 'Lock, hold open, hold closed or return to normal, always with an end',
    permission: 'doors:operate',
    once: true,
    input: z.object({
      ...common,
      DeviceSN,
      DoorNo,
      Mode: z.enum(['Lock', 'HoldOpen', 'HoldClosed', 'Normal']),
      Until: Instant.optional().describe(
        'When the return order is sent; without it, until somebody ends it, which may need a second person',
      ),
      Reason,
    }),
    answers: { 200: Command, 409: Command },
    errors: [
      'DEVICE_NOT_FOUND',
      'DOOR_NOT_FOUND',
      'NOT_SUPPORTED_BY_DEVICE',
      'IDEMPOTENCY_KEY_REUSED',
      'REASON_REQUIRED',
      'SECOND_PERSON_NEEDED',
    ],
    changes: ['doors', 'devices'],
    audit: { subject: 'DeviceSN' },
  },
  status: {
    name: 'GetDoorStatus',
    aliases: ['DoorStatus'],
    known: false,
    method: 'GET',
    summary: 'What is known of the doors, and since when',
    permission: 'doors:read',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.optional(),
      DoorNo: DoorNumber.optional().describe('Absent: every door'),
    }),
    answers: { 200: z.object({ Doors: z.array(DoorState) }) },
    errors: ['DEVICE_NOT_FOUND', 'DOOR_NOT_FOUND'],
    changes: [],
  },
  setSchedule: {
    name: 'SetAccessSchedule',
    aliases: ['SetTimeZone', 'SetAccessTime'],
    known: false,
    method: 'POST',
    summary: 'When whom a door lets in',
    permission: 'doors:schedule',
    input: z.object({
      ...common,
      DeviceSN,
      ScheduleID: z.coerce.number<number>().int().min(1).max(50),
      Name: text(64).optional(),
      Windows: z
        .array(
          z.object({
            Day: z
              .enum([
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
              .describe('Holiday1 to Holiday3 are in force on the dates of SetAccessHolidays'),
            Start: clock,
            End: clock,
          }),
        )
        .max(30),
      EmployeeCode: listOf(EmployeeCode)
        .optional()
        .describe(
          'Access terminals: who follows it, and nobody else. Once a terminal has a schedule, whoever is in none of them is not let in',
        ),
      GroupID: z.coerce
        .number<number>()
        .int()
        .min(1)
        .max(99)
        .optional()
        .describe('Attendance terminals: the group of the terminal whose people follow it'),
    }),
    answers: { 200: Command, 409: Command },
    errors: ['DEVICE_NOT_FOUND', 'DEVICE_WAITING', 'NOT_SUPPORTED_BY_DEVICE'],
    changes: ['doors', 'devices'],
    audit: { subject: 'DeviceSN' },
  },
  logs: {
    name: 'GetDoorLogs',
    aliases: ['GetAccessLogs', 'GetDoorEvents'],
    known: false,
    method: 'GET',
    summary: 'What happened at a door',
    permission: 'doors:read',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.optional(),
      FromDate: LocalDate,
      ToDate: LocalDate,
      DoorNo: DoorNumber.optional(),
      Event: listOf(DoorEvent.shape.Event).optional(),
      EmployeeCode: EmployeeCode.optional(),
      OffSet,
      Limit,
      Order,
    }),
    answers: { 200: z.object({ Events: z.array(DoorEvent), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
})
