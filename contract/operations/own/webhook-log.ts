import { z } from 'zod'
import {
  Attempt,
  AttemptOutcome,
  Delivery,
  DeliveryKind,
  DeliveryState,
  WebhookIssue,
} from '../../entities/delivery.ts'
import { CallbackFormat, EventName } from '../../entities/subscription.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
  Instant,
  Limit,
  listOf,
  OffSet,
  pageAnswer,
  text,
} from '../../primitives.ts'
import { SubscriptionID } from '../webhook-fields.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const DeliveryID = z.coerce.string<string>().regex(/^\d{1,15}$/, 'must be the number of a delivery')
const forPeople = { EmployeeCode: 'attendance:identify' } as const

/** What went out and what became of it: log, attempts, dead letters, issues, catalogue, gaps and traces. */
export const ownWebhookLog = defineOperations('webhooks', {
  deliveries: {
    ...own,
    name: 'ListDeliveries',
    method: 'GET',
    summary: 'Deliveries, newest first; pages stay as they are while new ones arrive',
    permission: 'webhooks:read',
    input: z.object({
      ...common,
      SubscriptionID: SubscriptionID.optional(),
      State: listOf(DeliveryState).optional(),
      StatusClass: listOf(z.enum(['2xx', '3xx', '4xx', '5xx', 'none']))
        .optional()
        .describe('Of the last attempt; none: there was no answer'),
      Outcome: listOf(AttemptOutcome).optional(),
      Kind: listOf(DeliveryKind).optional(),
      Event: listOf(EventName).optional(),
      DeviceSN: DeviceSN.optional(),
      EmployeeCode: EmployeeCode.optional(),
      From: Instant.optional().describe('Recorded at or after'),
      To: Instant.optional().describe('Recorded before'),
      Text: text(100).optional().describe('Part of an id, an error or a reply'),
      OffSet,
      Limit,
      CountAfter: DeliveryID.optional().describe('Also count those newer than this one'),
    }),
    answers: {
      200: z.object({
        Deliveries: z.array(Delivery),
        ...pageAnswer,
        NewCount: z.int().nullable().describe('Newer than CountAfter; null when not asked for'),
      }),
    },
    errors: ['INVALID_CURSOR'],
    changes: [],
    sensitive: forPeople,
  },
  delivery: {
    ...own,
    name: 'GetDelivery',
    method: 'GET',
    summary: 'One delivery with its message and every attempt',
    permission: 'webhooks:read',
    input: z.object({ ...common, DeliveryID }),
    answers: {
      200: z.object({
        Delivery,
        Format: CallbackFormat,
        ContentType: z.string(),
        Encrypted: z.boolean().describe('On the way the body is encrypted'),
        RequestBody: z
          .string()
          .nullable()
          .describe('As it is sent, without the token and without who it is about'),
        FullRequestBody: z.string().nullable().describe('As it is sent, without the token'),
        Attempts: z.array(Attempt),
      }),
    },
    errors: ['DELIVERY_NOT_FOUND'],
    changes: [],
    sensitive: { ...forPeople, FullRequestBody: 'attendance:identify' },
  },
  replay: {
    ...own,
    name: 'ReplayDelivery',
    method: 'POST',
    summary: 'Send one delivery again, with the same id, marked as a replay',
    permission: 'webhooks:replay',
    input: z.object({ ...common, DeliveryID }),
    answers: { 200: z.object({ DeliveryID: z.string() }) },
    errors: ['DELIVERY_NOT_FOUND', 'DELIVERY_BUSY'],
    changes: ['webhooks'],
    audit: { subject: 'DeliveryID' },
  },
  issues: {
    ...own,
    name: 'ListWebhookIssues',
    method: 'GET',
    summary: 'Failures grouped by receiver and cause',
    permission: 'webhooks:read',
    input: z.object({
      ...common,
      SubscriptionID: SubscriptionID.optional(),
      State: listOf(WebhookIssue.shape.State).optional(),
    }),
    answers: { 200: z.object({ Issues: z.array(WebhookIssue) }) },
    errors: [],
    changes: [],
  },
  setIssue: {
    ...own,
    name: 'SetWebhookIssue',
    method: 'POST',
    summary: 'Say that somebody looks after an issue, that it waits, or that it is over',
    permission: 'webhooks:replay',
    input: z.object({
      ...common,
      IssueID: z.coerce.string<string>().regex(/^\d{1,15}$/, 'must be the number of an issue'),
      State: WebhookIssue.shape.State,
      SnoozeHours: z.coerce.number<number>().min(0.5).max(720).default(24),
    }),
    answers: { 200: z.object({ IssueID: z.string() }) },
    errors: ['ISSUE_NOT_FOUND'],
    changes: ['webhooks'],
    audit: { subject: 'IssueID' },
  },
  events: {
    ...own,
    name: 'ListWebhookEvents',
    method: 'GET',
    summary:
      'What receivers can be told of: each event with its schema and a sample in every form that has it',
    permission: 'webhooks:read',
    input: z.object({ ...common }),
    answers: {
      200: z.object({
        Events: z.array(
          z.object({
            Event: EventName,
            Summary: z.string(),
            Published: z.boolean(),
            Permission: z.string(),
            Schema: z.record(z.string(), z.unknown()).describe('JSON Schema'),
            Sample: z.record(z.string(), z.unknown()),
            Forms: z.array(z.object({ Format: CallbackFormat, ContentType: z.string(), Body: z.string() })),
          }),
        ),
      }),
    },
    errors: [],
    changes: [],
  },
  missed: {
    ...own,
    name: 'ListMissedEvents',
    method: 'GET',
    summary: 'What a receiver was sent after a number it knows, so that it can close a gap by itself',
    permission: 'webhooks:read',
    input: z.object({
      ...common,
      SubscriptionID,
      AfterSequence: z.coerce.number<number>().int().min(0),
      BeforeSequence: z.coerce.number<number>().int().min(1).optional(),
      Limit,
    }),
    answers: {
      200: z.object({
        LastSequence: z.int().describe('The highest number given out so far'),
        OldestKept: z.int().nullable().describe('What is before it is no longer kept here'),
        Missed: z.array(
          z.object({
            Sequence: z.int(),
            Event: EventName,
            OperationID: z.string(),
            State: DeliveryState,
            EventBody: z.record(z.string(), z.unknown()).nullable(),
          }),
        ),
      }),
    },
    errors: ['WEBHOOK_NOT_FOUND'],
    changes: [],
    sensitive: { EventBody: 'attendance:identify' },
  },
  trace: {
    ...own,
    name: 'TraceEvent',
    method: 'GET',
    summary: 'From a delivery back to what happened, and from what happened to every delivery of it',
    permission: 'webhooks:read',
    input: z.object({
      ...common,
      DeliveryID: DeliveryID.optional(),
      TracedID: text(64)
        .optional()
        .describe('Id of a punch, door event or command, as replies and events have it'),
    }),
    answers: {
      200: z.object({
        TracedID: z.string(),
        Event: EventName.nullable().describe('null: nobody was told of it, or it is no longer kept'),
        Origin: z
          .object({
            Kind: z.enum(['Punch', 'Door', 'Command', 'Terminal', 'Person', 'Job', 'Test']),
            DeviceSN: z.string().nullable(),
            LabelName: z.string().nullable(),
            LocalTime: z.string().nullable().describe('Clock of the terminal'),
            ReceivedAt: Instant.nullable(),
            EmployeeCode: z.string().nullable(),
            What: z.string().describe('Direction of a punch, name of a door event, operation of a command'),
          })
          .nullable(),
        RecordedAt: Instant.nullable(),
        Deliveries: z.array(Delivery),
      }),
    },
    errors: ['DELIVERY_NOT_FOUND'],
    changes: [],
    sensitive: forPeople,
  },
})
