import { z } from 'zod'
import { Limit } from '../primitives.ts'

/** One action and, once known, what came of it. Rows are chained by hash; `Hash` is the head after this row. */
export const AuditEntry = z.object({
  Id: z.int(),
  At: z.iso.datetime(),
  Actor: z.string(),
  Roles: z.array(z.string()),
  Address: z.string(),
  Action: z.string().describe('Operation id, or session.signIn and the like'),
  Subject: z.string().nullable(),
  Input: z.record(z.string(), z.unknown()).describe('Without secrets'),
  Outcome: z.enum(['intended', 'done', 'accepted', 'refused', 'failed', 'expired', 'unconfirmed']),
  OutcomeAt: z.iso.datetime().nullable(),
  Code: z.string().nullable(),
  CommandID: z.string().nullable(),
  Hash: z.string(),
})

export const AuditQuery = z.object({
  Before: z.coerce.number<number>().int().optional(),
  Actor: z.string().max(64).optional(),
  Action: z.string().max(64).optional(),
  Limit,
})

export const AuditAnswer = z.object({ Entries: z.array(AuditEntry), Next: z.int().nullable() })

export type AuditEntryBody = z.output<typeof AuditEntry>
export type AuditAnswerBody = z.output<typeof AuditAnswer>
