import { z } from 'zod'
import { Instant } from '../primitives.ts'

/** Why a terminal counts as online or not; words are made on the screen. */
export const OnlineReason = z.enum([
  'contact',
  'clock',
  'silent',
  'wrong_key',
  'refused',
  'never_seen',
  'waiting',
  'restarting',
])

export const Device = z.object({
  DeviceSN: z.string(),
  Model: z.string().nullable(),
  LabelName: z.string(),
  Site: z.string(),
  TimeZone: z.string(),
  Adoption: z.enum(['Adopted', 'Waiting']),
  Simulated: z.boolean(),
  Online: z.boolean(),
  OnlineReason: OnlineReason,
  LastSeen: Instant.nullable(),
  OfflineSince: Instant.nullable(),
  Address: z.string().nullable().describe('Network address of the last contact'),
  FirmwareVersion: z.string().nullable(),
  QueueDepth: z.int().describe('Commands queued or sent and not yet answered'),
  ClockSkewSeconds: z.number().nullable(),
  HasDoor: z.boolean(),
  HeldUploads: z.int().describe('Uploads kept until the terminal is adopted'),
  Rejects: z.int().describe('Lines kept in quarantine because they could not be read'),
  Incidents: z.int().describe('Incidents that have not ended'),
})

const counts = z.object({
  Users: z.int().nullable(),
  Fingerprints: z.int().nullable(),
  Faces: z.int().nullable(),
  Cards: z.int().nullable(),
  Logs: z.int().nullable(),
})

export const DeviceInfo = Device.extend({
  Platform: z.string().nullable(),
  MacAddress: z.string().nullable(),
  PushVersion: z.string().nullable(),
  FirstSeen: Instant,
  KeySet: z.boolean().describe('Whether it has to show a communication key'),
  Capacity: counts.describe('As the terminal states them; some firmware counts in hundreds'),
  Counters: counts,
  Options: z.record(z.string(), z.string()).describe('Everything else the terminal has told about itself'),
  FixedOptions: z
    .array(z.string())
    .describe('Names in Options that the terminal writes with "~" in front: its own, not to be set'),
})
