import { z } from 'zod'
import { Instant } from '../primitives.ts'

/**
 * `RepeatedUpload`: a terminal sends the same body over and over, though every one is acknowledged. `SharedSerial`: two
 * addresses use one serial number by turns. `WrongKey`: a request did not show the key its terminal has to show.
 * `TooLarge`: an upload is larger than we take, so the terminal sends it for ever and everything behind it waits.
 */
export const IncidentKind = z.enum(['RepeatedUpload', 'SharedSerial', 'WrongKey', 'TooLarge'])

/** Something about a terminal that lasts: a start, a last sign, and an end once it is over. */
export const Incident = z.object({
  IncidentID: z.string(),
  DeviceSN: z.string(),
  LabelName: z.string(),
  Kind: IncidentKind,
  Subject: z.string().describe('What it is about, such as the upload table'),
  Detail: z.string().describe('What was seen and what was done about it'),
  Times: z.int().describe('How often it was seen'),
  StartedAt: Instant,
  LastAt: Instant,
  EndedAt: Instant.nullable().describe('null while it lasts'),
})
