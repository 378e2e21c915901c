import { z } from 'zod'
import { defineOperations } from '../../operation.ts'
import { common, Instant, text } from '../../primitives.ts'

const own = { aliases: [], known: false, origin: 'own' } as const

const StatusSite = z.object({
  Site: z.string(),
  State: z.enum(['working', 'partly', 'not_working', 'planned', 'unknown']),
  Message: z.string().nullable(),
  Since: Instant.nullable(),
})

export const ownSelf = defineOperations('site', {
  selfCheck: {
    ...own,
    name: 'GetSelfCheck',
    method: 'GET',
    permission: 'devices:read',
    changes: [],
    summary: 'How Gatehouse itself is: store, queues, disk, backups, clock',
    input: z.object({ ...common }),
    answers: {
      200: z.object({
        At: Instant,
        StartedAt: Instant,
        Checks: z.array(
          z.object({
            Name: z.enum([
              'WriteLatency',
              'ReadLatency',
              'LoopDelay',
              'OldestDelivery',
              'OldestCommand',
              'UnsentAlerts',
              'Disk',
              'DiskFull',
              'Store',
              'Backup',
              'Clock',
              'Unwatched',
              'Memory',
            ]),
            State: z.enum(['good', 'warn', 'bad', 'unknown']),
            Value: z.number().nullable(),
            Unit: z.enum(['ms', 's', 'bytes', 'days', 'count', 'percent']).nullable(),
            At: Instant.nullable(),
          }),
        ),
      }),
    },
    errors: [],
  },
  statusPage: {
    ...own,
    name: 'GetStatusPage',
    method: 'GET',
    permission: 'devices:read',
    changes: [],
    summary: 'What people without an account are told of each site, where that is switched on',
    input: z.object({ ...common }),
    answers: {
      200: z.object({ Enabled: z.boolean(), Title: z.string(), Sites: z.array(StatusSite), At: Instant }),
    },
    errors: [],
  },
  setStatusPage: {
    ...own,
    name: 'SetStatusPage',
    method: 'POST',
    permission: 'site:manage',
    changes: ['site'],
    summary: 'Switch the page for people without an account on or off, and say something about a site',
    input: z.object({
      ...common,
      Enabled: z.stringbool().or(z.boolean()),
      Title: text(100).optional(),
      Site: text(100).optional().describe('The site Message is about'),
      Message: text(300).optional().describe('Empty: nothing'),
    }),
    answers: { 200: z.object({ Enabled: z.boolean() }) },
    errors: [],
    audit: { subject: 'Enabled' },
  },
})
