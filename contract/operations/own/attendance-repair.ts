import { z } from 'zod'
import { IncidentID } from '../../entities/incident.ts'
import {
  AffectedPerson,
  ExceptionRow,
  LikelyPunch,
  Repair,
  RepairableOutage,
  RepairPunch,
} from '../../entities/repair.ts'
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
  text,
} from '../../primitives.ts'
import { Reason } from './attendance-corrections.ts'

const names = { EmployeeCode: 'attendance:identify', EmployeeName: 'attendance:identify' } as const
const window = {
  DeviceSN,
  FromDate: LocalDate.describe('Since when the terminal could not tell, on its wall clock'),
  ToDate: LocalDate.describe('Until when; at most seven days'),
}

export const ownAttendanceRepair = defineOperations('attendance', {
  exceptions: {
    name: 'ListAttendanceExceptions',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary:
      'Days somebody has to look at, with what was found; what was settled is left out. Newest days first',
    permission: 'attendance:read',
    input: z.object({
      ...common,
      FromDate: LocalDate,
      ToDate: LocalDate.describe('At most 62 days after FromDate'),
      Kind: listOf(text(40)).optional().describe('Only days with one of these'),
      Site: text(100).optional(),
      EmployeeCode: EmployeeCode.optional(),
      OffSet,
      Limit,
    }),
    answers: {
      200: z.object({
        Days: z.array(ExceptionRow),
        Counts: z.array(z.object({ Kind: z.string(), Count: z.int() })).describe('Whatever Kind asks for'),
        ...pageAnswer,
      }),
    },
    errors: ['USER_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: names,
  },
  outages: {
    name: 'ListOutages',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary:
      'Times terminals were away, what lasts first, with what has been repaired of each; of the last 92 days',
    permission: 'attendance:correct',
    input: z.object({
      ...common,
      IncidentID: IncidentID.optional().describe('Only the terminals of this incident'),
    }),
    answers: { 200: z.object({ Outages: z.array(RepairableOutage).describe('The first hundred') }) },
    errors: [],
    changes: [],
    actors: ['By'],
  },
  proposeRepair: {
    name: 'ProposeRepair',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'Who was probably there while a terminal could not tell, and when, each with what speaks for it',
    permission: 'attendance:correct',
    input: z.object({
      ...common,
      ...window,
      IncidentID: IncidentID.optional().describe('The incident that is to be repaired'),
    }),
    answers: {
      200: z.object({
        LabelName: z.string(),
        TimeZone: z.string(),
        Punches: z.array(LikelyPunch),
        Considered: z.int().describe('People who use this terminal'),
        Affected: z
          .array(AffectedPerson)
          .nullable()
          .describe('Whom the incident touched at this terminal; null where none was named'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND', 'INCIDENT_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
    sensitive: names,
  },
  acceptRepair: {
    name: 'AcceptRepair',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary:
      'Add punches marked as estimated, as one act with one reason. Each gives way when the real one arrives',
    permission: 'attendance:correct',
    input: z.object({
      ...common,
      ...window,
      IncidentID: IncidentID.optional().describe('The incident this repairs; its terminal must be one of it'),
      Reason,
      Punches: z.array(RepairPunch).min(1).max(2000),
    }),
    answers: { 200: z.object({ Repair }) },
    errors: ['DEVICE_NOT_FOUND', 'INCIDENT_NOT_FOUND', 'INVALID_DATE', 'INVALID_INPUT'],
    changes: ['attendance', 'devices'],
    audit: { subject: 'DeviceSN' },
    actors: ['By'],
  },
  repairs: {
    name: 'ListRepairs',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'Repairs of outages, newest first, with how many of their punches the real ones have replaced',
    permission: 'attendance:read',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Repairs: z.array(Repair) }) },
    errors: [],
    changes: [],
    actors: ['By'],
  },
})
