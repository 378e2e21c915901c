import { z } from 'zod'
import { Instant, LocalDate } from '../primitives.ts'
import { Facts } from './alert-facts.ts'

/** How a terminal or a site did over a time; the parts add up to the whole. */
export const Uptime = z.object({
  UpPercent: z
    .number()
    .nullable()
    .describe('Of the time that counts: planned work and what nobody watched do not'),
  UpSeconds: z.int(),
  AwaySeconds: z.int(),
  PlannedSeconds: z.int(),
  UnknownSeconds: z.int().describe('Nobody watched, or the terminal was not ours yet'),
  Outages: z.int(),
})

/** A slice of a heartbeat bar: the worst of its time. */
export const BeatState = z.enum(['up', 'partly', 'away', 'planned', 'unknown'])

export const Beat = z.object({
  From: Instant,
  To: Instant,
  State: BeatState,
  AwaySeconds: z.int(),
})

export const DayUptime = z.object({
  Day: LocalDate,
  State: BeatState,
  UpPercent: z.number().nullable(),
  AwaySeconds: z.int(),
  Outages: z.array(z.object({ From: Instant, To: Instant.nullable(), Cause: z.string() })),
})

export const Storage = z.object({
  Kind: z.enum(['Users', 'Fingerprints', 'Faces', 'Cards', 'Logs']),
  Used: z.int().nullable(),
  Maximum: z.int().nullable(),
  PerDay: z.number().nullable().describe('Entries a day at the pace of the last samples'),
  DaysLeft: z
    .int()
    .nullable()
    .describe('Whole days until it is full at this pace; null: it does not fill up'),
  Samples: z.array(z.object({ Day: LocalDate, Count: z.int() })),
})

/** Planned work: what goes away meanwhile is no incident and does not count. */
export const Maintenance = z.object({
  MaintenanceID: z.string(),
  Name: z.string(),
  Sites: z.array(z.string()).nullable(),
  DeviceSN: z.array(z.string()).nullable(),
  Tags: z.array(z.string()).nullable(),
  StartsAt: Instant,
  EndsAt: Instant,
  Actor: z.string().nullable(),
  State: z.enum(['Planned', 'Running', 'Over']),
})

export const IncidentComment = z.object({
  At: Instant,
  Actor: z.string().nullable().describe('Opaque name of who wrote it, as the caller gave it'),
  Text: z.string(),
})

/** One thing that happened to a terminal. */
export const TimelineEntry = z.object({
  At: Instant,
  Kind: z.enum(['Away', 'Back', 'Incident', 'Command', 'ClockChange', 'Log', 'Adopted', 'Replaced']),
  What: z.string().describe('Operation, kind of incident, or words of the terminal'),
  Detail: z.string().nullable(),
  Facts: Facts.describe('Of an incident the values in its detail, for whoever words it anew; else empty'),
  State: z.string().nullable(),
  Actor: z.string().nullable(),
})
