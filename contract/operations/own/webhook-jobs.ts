import { z } from 'zod'
import { JobKind, WebhookJob } from '../../entities/delivery.ts'
import { defineOperations } from '../../operation.ts'
import { common, DeviceSN, EmployeeCode, Instant, LocalDate, listOf } from '../../primitives.ts'
import { SubscriptionID } from '../webhook-fields.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const PerSecond = z.coerce.number<number>().min(0.1).max(1000).default(20)
const replay = {
  ...common,
  SubscriptionID,
  Kind: JobKind.extract(['Failed', 'Missed'])
    .default('Failed')
    .describe(
      'Failed: what was given up; Missed: what happened in the range and was never recorded for this receiver',
    ),
  From: Instant,
  To: Instant.optional(),
  PerSecond,
}
const copy = {
  ...common,
  SubscriptionID: SubscriptionID.optional().describe('Copy to this receiver'),
  TargetDeviceSN: DeviceSN.optional().describe('Or copy people to this terminal'),
  Kind: JobKind.extract(['Punches', 'Users']).default('Punches'),
  DeviceSN: listOf(DeviceSN).optional().describe('What these terminals hold; absent: all'),
  EmployeeCode: listOf(EmployeeCode).optional(),
  FromDate: LocalDate.optional().describe('Punches from this day on, on the clock of each terminal'),
  ToDate: LocalDate.optional(),
  PerSecond,
}

/** Bulk work that says first how much it will be, shows how far it is, and can be stopped. */
export const ownWebhookJobs = defineOperations('webhooks', {
  estimate: {
    ...own,
    name: 'EstimateReplay',
    method: 'GET',
    summary: 'How many deliveries a bulk replay would send, and how long it would take',
    permission: 'webhooks:read',
    input: z.object(replay),
    answers: { 200: z.object({ Count: z.int(), PerSecond: z.number(), Seconds: z.int() }) },
    errors: ['WEBHOOK_NOT_FOUND'],
    changes: [],
  },
  startReplay: {
    ...own,
    name: 'StartReplay',
    method: 'POST',
    summary: 'Send everything given up since a time again, or what a new receiver missed',
    permission: 'webhooks:replay',
    input: z.object(replay),
    answers: { 200: z.object({ Job: WebhookJob }) },
    errors: ['WEBHOOK_NOT_FOUND', 'JOB_RUNNING'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
  },
  startMigration: {
    ...own,
    name: 'StartMigration',
    method: 'POST',
    summary:
      'Copy punches of some days, or people, to a receiver or a terminal, and prove at the end that all arrived',
    permission: 'webhooks:replay',
    input: z.object(copy),
    answers: { 200: z.object({ Job: WebhookJob }) },
    errors: ['WEBHOOK_NOT_FOUND', 'DEVICE_NOT_FOUND', 'INVALID_DATE', 'JOB_RUNNING'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
  },
  jobs: {
    ...own,
    name: 'ListWebhookJobs',
    method: 'GET',
    summary: 'Bulk replays and copies, those under way first',
    permission: 'webhooks:read',
    input: z.object({ ...common, SubscriptionID: SubscriptionID.optional() }),
    answers: { 200: z.object({ Jobs: z.array(WebhookJob) }) },
    errors: [],
    changes: [],
  },
  cancelJob: {
    ...own,
    name: 'CancelWebhookJob',
    method: 'POST',
    summary: 'Stop a bulk replay or copy; what it has queued and not sent is taken back',
    permission: 'webhooks:replay',
    input: z.object({
      ...common,
      JobID: z.coerce.string<string>().regex(/^\d{1,15}$/, 'must be the number of a job'),
    }),
    answers: { 200: z.object({ Job: WebhookJob }) },
    errors: ['JOB_NOT_FOUND'],
    changes: ['webhooks'],
    audit: { subject: 'JobID' },
  },
})
