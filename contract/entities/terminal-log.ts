import { z } from 'zod'
import { Instant } from '../primitives.ts'

/** What a terminal has logged of itself: something done at it, or something that went wrong. */
export const TerminalLogEntry = z.object({
  EntryID: z.string(),
  DeviceSN: z.string(),
  LabelName: z.string(),
  Kind: z.enum(['Operation', 'Error']),
  Code: z.string().describe('Operation number or error code, as sent'),
  Meaning: z.string().describe('In words, as far as the code is documented'),
  Operator: z.string().nullable().describe('Who acted at the terminal; null where nobody is known'),
  About: z.string().describe('Objects of an operation, or the message of an error, as sent'),
  LocalTime: z.string().nullable().describe('Wall clock of the terminal; errors carry none'),
  ReceivedAt: Instant,
})
