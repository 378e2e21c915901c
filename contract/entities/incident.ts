import { z } from 'zod'
import { Instant } from '../primitives.ts'
import { Facts } from './alert-facts.ts'

/**
 * `Offline`: terminals are away. `Clock`: a clock is more than a minute off. `Flood`: requests come faster than is
 * allowed. `RepeatedUpload`: a terminal sends the same body over and over, though every one is acknowledged. `SharedSerial`: two
 * addresses use one serial number by turns. `WrongKey`: a request did not show the key its terminal has to show.
 * `TooLarge`: an upload is larger than we take, so the terminal sends it for ever and everything behind it waits.
 */
export const IncidentKind = z.enum([
  'Offline',
  'Clock',
  'Flood',
  'RepeatedUpload',
  'SharedSerial',
  'WrongKey',
  'TooLarge',
])

/** Why terminals are away, as far as the gateway can tell. */
export const AwayCause = z.enum(['NoPoll', 'WrongKey', 'Refused', 'Restart', 'NetworkShared'])

/** What an incident is called: its number. */
export const IncidentID = z
  .string()
  .trim()
  .regex(/^\d{1,15}$/, 'must be the number of an incident')

/** Something about a terminal that lasts: a start, a last sign, and an end once it is over. */
export const Incident = z.object({
  IncidentID: z.string(),
  DeviceSN: z.string(),
  LabelName: z.string(),
  Kind: IncidentKind,
  Subject: z.string().describe('What it is about, such as the upload table'),
  Detail: z.string().describe('What was seen and what was done about it, in English'),
  Facts: Facts.describe('Its values, for whoever words it anew; empty for incidents of an older release'),
  Times: z.int().describe('How often it was seen; of an absence: how often the terminal went away'),
  Cause: AwayCause.nullable().describe('Of an absence'),
  Devices: z.int().describe('Terminals it is about'),
  SharedSite: z.string().nullable().describe('What the terminals of one absence have in common'),
  SharedPrefix: z.string().nullable(),
  SharedFirmware: z.string().nullable(),
  People: z.int().nullable().describe('People who usually punch there at that time; null: not judged'),
  PunchesMissing: z.int().nullable().describe('Fewer punches than the usual band of that weekday'),
  AcknowledgedAt: Instant.nullable(),
  AcknowledgedBy: z.string().nullable().describe('Opaque name of who did, as the caller gave it'),
  Assignee: z.string().nullable(),
  Repairs: z.int().describe('Of an absence: how often punches it cost were estimated'),
  StartedAt: Instant,
  LastAt: Instant,
  EndedAt: Instant.nullable().describe('null while it lasts'),
})
