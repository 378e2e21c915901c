import { z } from 'zod'
import { Instant } from '../primitives.ts'

/**
 * `Unconfirmed`: it left us and no answer came, so nobody knows; `Expired`: it never left us (house 3.6).
 * The published list has no Unconfirmed; it is ours, because "Failed" would be a guess.
 */
export const CommandState = z.enum([
  'Queued',
  'Sent',
  'Done',
  'Failed',
  'Expired',
  'Cancelled',
  'Unconfirmed',
])

export const Command = z.object({
  CommandID: z.string(),
  Operation: z.string(),
  DeviceSN: z.string(),
  State: CommandState,
  ReturnCode: z.int().nullable().describe("The terminal's own code"),
  QueuedAt: Instant,
  ExpiresAt: Instant,
  SentAt: Instant.nullable(),
  CompletedAt: Instant.nullable(),
  Error: z.string().nullable(),
  Result: z.string().nullable().describe('What it brought, where that can be told'),
  DoorNo: z.int().nullable(),
  Actor: z.string().nullable().describe('Opaque name of who asked, as the caller gave it'),
})
