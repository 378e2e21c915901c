import { z } from 'zod'
import { DayCompleteness } from '../../entities/correction.ts'
import {
  Beat,
  DayUptime,
  IncidentComment,
  Maintenance,
  Storage,
  TimelineEntry,
  Uptime,
} from '../../entities/health.ts'
import { Incident, IncidentID } from '../../entities/incident.ts'
import { Repair } from '../../entities/repair.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
  Instant,
  Limit,
  LocalDate,
  listOf,
  OffSet,
  text,
} from '../../primitives.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const read = { ...own, method: 'GET', permission: 'devices:read', changes: [] } as const
const IncidentDetail = z.object({
  Incident,
  Members: z.array(
    z.object({
      DeviceSN: z.string(),
      LabelName: z.string(),
      Site: z.string(),
      StartedAt: Instant,
      DeclaredAt: Instant,
      EndedAt: Instant.nullable(),
      Cause: z.string(),
    }),
  ),
  MemberCount: z.int().describe('Absences in it; the first 200 are listed'),
  Comments: z.array(IncidentComment),
  Repairs: z
    .array(Repair.omit({ Reason: true }))
    .describe('Punches estimated for it, and how many the real ones have replaced; newest first'),
  Impact: z
    .object({
      From: Instant,
      To: Instant,
      People: z.int().describe('People who usually punch there at that time'),
      EmployeeCode: z.array(EmployeeCode).describe('Of those the first 100'),
      UsualLow: z.int().nullable().describe('Fewest punches of that time in the four weeks before'),
      UsualHigh: z.int().nullable(),
      Came: z.int().describe('Punches of that time, however late they came'),
      Missing: z.int(),
    })
    .nullable()
    .describe('Of an absence; null for other kinds'),
})

export const ownHealth = defineOperations('devices', {
  health: {
    ...read,
    name: 'GetDeviceHealth',
    summary:
      'How a terminal did: heartbeat of a day, uptime of 24 hours, 30 and 90 days, memory and its forecast',
    input: z.object({ ...common, DeviceSN }),
    answers: {
      200: z.object({
        DeviceSN: z.string(),
        PollSeconds: z.number().nullable().describe('Its own rhythm as learned'),
        SilenceAllowedSeconds: z.number().describe('Silent for longer, it counts as away'),
        Day: Uptime,
        Month: Uptime,
        Quarter: Uptime,
        Beats: z.array(Beat).describe('The last 24 hours in half hours, oldest first'),
        Days: z.array(DayUptime).describe('The last 90 days of its zone, oldest first'),
        Storage: z.array(Storage),
        Zone: z.object({
          Device: z.string(),
          Site: z
            .string()
            .nullable()
            .describe('What most terminals of its site have; null: it is alone there'),
          Agrees: z.boolean(),
        }),
        DriftedPunches: z.int().describe('Punches of the last 30 days made while the clock was a minute off'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND'],
  },
  days: {
    ...read,
    name: 'ListDeviceDays',
    summary:
      'Of one terminal, day by day: whether everything it recorded is here, and if not, since when and why',
    input: z.object({
      ...common,
      DeviceSN,
      FromDate: LocalDate,
      ToDate: LocalDate.describe('At most 62 days after FromDate'),
    }),
    answers: {
      200: z.object({
        Days: z.array(DayCompleteness).describe('Oldest first; none while the terminal is not adopted'),
        StatedLogs: z.int().nullable().describe('Log lines it last said it holds; null: it never said'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_DATE'],
  },
  timeline: {
    ...read,
    name: 'ListDeviceTimeline',
    summary:
      'What happened to a terminal, newest first: absences, incidents, orders, clock changes, its own log',
    input: z.object({
      ...common,
      DeviceSN,
      OffSet,
      Limit,
    }),
    answers: {
      200: z.object({
        Entries: z.array(TimelineEntry),
        OffSet: z.string().describe('For what happened earlier; empty: there is nothing earlier'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    actors: ['Actor'],
  },
  incident: {
    ...read,
    name: 'GetIncident',
    summary: 'One incident with its terminals, whom it touched and what was said about it',
    input: z.object({ ...common, IncidentID }),
    answers: { 200: IncidentDetail },
    errors: ['INCIDENT_NOT_FOUND'],
    sensitive: { EmployeeCode: 'attendance:identify' },
    actors: ['By', 'AcknowledgedBy', 'Actor'],
  },
  updateIncident: {
    ...own,
    name: 'UpdateIncident',
    method: 'POST',
    permission: 'devices:operate',
    summary: 'Acknowledge an incident, give it to somebody, or say something about it',
    input: z.object({
      ...common,
      IncidentID,
      Acknowledge: z.stringbool().or(z.boolean()).optional(),
      Assignee: text(100).optional().describe('Empty: nobody'),
      Comment: text(2000).optional(),
    }),
    answers: { 200: z.object({ Incident }) },
    errors: ['INCIDENT_NOT_FOUND'],
    changes: ['devices'],
    audit: { subject: 'IncidentID' },
  },
  maintenance: {
    ...read,
    name: 'ListMaintenance',
    summary: 'Planned work, what runs and comes first',
    input: z.object({ ...common, Limit }),
    answers: { 200: z.object({ Maintenance: z.array(Maintenance) }) },
    errors: [],
    actors: ['Actor'],
  },
  planMaintenance: {
    ...own,
    name: 'PlanMaintenance',
    method: 'POST',
    permission: 'devices:operate',
    summary: 'Say that work is planned: what goes away meanwhile is no incident and does not count',
    input: z.object({
      ...common,
      Name: text(100).min(1),
      Sites: listOf(text(100)).optional(),
      DeviceSN: listOf(DeviceSN).optional(),
      Tags: listOf(text(40)).optional(),
      StartsAt: Instant,
      EndsAt: Instant,
    }),
    answers: { 200: z.object({ Maintenance }) },
    errors: ['INVALID_DATE'],
    changes: ['devices'],
    audit: { subject: 'Name' },
  },
  endMaintenance: {
    ...own,
    name: 'EndMaintenance',
    method: 'POST',
    permission: 'devices:operate',
    summary: 'End planned work now, or strike it off before it began',
    input: z.object({
      ...common,
      MaintenanceID: z
        .string()
        .trim()
        .regex(/^\d{1,15}$/),
    }),
    answers: { 200: z.object({ Ended: z.boolean() }) },
    errors: [],
    changes: ['devices'],
    audit: { subject: 'MaintenanceID' },
  },
  serviceLevels: {
    ...read,
    name: 'GetServiceLevels',
    summary: 'Uptime of every terminal and site in a month, planned work and what nobody watched left out',
    input: z.object({
      ...common,
      Month: z
        .string()
        .trim()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month as YYYY-MM'),
      Site: text(100).optional(),
    }),
    answers: {
      200: z.object({
        Month: z.string(),
        Sites: z.array(z.object({ Site: z.string(), Devices: z.int(), ...Uptime.shape })),
        Devices: z.array(
          z.object({ DeviceSN: z.string(), LabelName: z.string(), Site: z.string(), ...Uptime.shape }),
        ),
      }),
    },
    errors: [],
  },
})
