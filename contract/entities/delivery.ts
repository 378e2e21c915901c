import { z } from 'zod'
import { Instant } from '../primitives.ts'
import { CallbackFormat, EventName } from './subscription.ts'

/** `Parked`: given up after the last attempt and kept as a dead letter. `Skipped`: not wanted when it was resumed. */
export const DeliveryState = z.enum(['Pending', 'Delivered', 'Parked', 'Skipped'])

/** What a delivery is: as it happened, a test, sent again, or copied for a receiver that came later. */
export const DeliveryKind = z.enum(['Live', 'Test', 'Replay', 'Copy'])

/** How an attempt ended, in the words of the engine. */
export const AttemptOutcome = z.enum([
  'delivered',
  'not-acknowledged',
  'redirected',
  'rejected',
  'gone',
  'throttled',
  'broken',
  'timeout',
  'unreachable',
  'refused-address',
  'unspeakable',
])

/** One event for one receiver. */
export const Delivery = z.object({
  DeliveryID: z.string(),
  SubscriptionID: z.string(),
  Name: z.string().nullable().describe('What the receiver is called, where it was given a name'),
  CallbackUrl: z.string().describe('Query values are hidden'),
  Protected: z.boolean().describe('True for the receiver the dashboard itself is told by'),
  Event: EventName,
  OperationID: z.string().describe('The id every attempt carries; receivers drop repeats by it'),
  DeviceSN: z.string().nullable(),
  LabelName: z.string().nullable(),
  EmployeeCode: z.string().nullable(),
  Sequence: z
    .int()
    .nullable()
    .describe('Number among everything recorded for this receiver; null for tests and copies'),
  Kind: DeliveryKind,
  State: DeliveryState,
  Attempts: z.int(),
  CreatedAt: Instant.describe('When the event was recorded for this receiver'),
  SettledAt: Instant.nullable(),
  LastStatus: z.int().nullable(),
  LastOutcome: AttemptOutcome.nullable(),
  LastError: z.string().nullable(),
  LastMs: z.int().nullable(),
  LastAt: Instant.nullable(),
  NextAttemptAt: Instant.nullable().describe('null: settled, paused, or waiting for an earlier one'),
  WaitsForID: z.string().nullable().describe('The earlier delivery of the same lane that goes first'),
  JobID: z.string().nullable(),
})

export const HeaderPair = z.object({ Name: z.string(), Value: z.string() })

/** How an attempt spent its time; null where that part did not happen. */
export const AttemptTiming = z.object({
  NewConnection: z.boolean().describe('false: it went over an open connection, without lookup or handshake'),
  DnsMs: z.number().nullable(),
  ConnectMs: z.number().nullable(),
  TlsMs: z.number().nullable(),
  FirstByteMs: z.number().nullable().describe('From the start to the first byte of the reply'),
  Address: z.string().nullable().describe('Where a new connection went'),
})

export const Attempt = z.object({
  Number: z.int(),
  StartedAt: Instant,
  DurationMs: z.int(),
  Status: z.int().nullable(),
  Outcome: AttemptOutcome,
  Error: z.string().nullable(),
  CallbackUrl: z.string().nullable().describe('Query values are hidden'),
  Format: CallbackFormat.nullable(),
  RequestHeaders: z.array(HeaderPair).describe('The signature is hidden'),
  ResponseHeaders: z.array(HeaderPair),
  Response: z.string().nullable().describe('Cut at 4,096 characters, secrets hidden'),
  Timing: AttemptTiming.nullable(),
})

/** Failures of one receiver with one cause. */
export const WebhookIssue = z.object({
  IssueID: z.string(),
  SubscriptionID: z.string(),
  Name: z.string().nullable(),
  CallbackUrl: z.string(),
  State: z.enum(['Open', 'Acknowledged', 'Snoozed', 'Resolved']),
  Event: EventName.describe('Of the last failure'),
  Outcome: AttemptOutcome,
  Status: z.int().nullable(),
  Detail: z.string().nullable(),
  Times: z.int(),
  FirstAt: Instant,
  LastAt: Instant,
  SnoozedUntil: Instant.nullable(),
  SettledAt: Instant.nullable(),
  BySomebody: z.boolean().describe('false: it opened or resolved by itself'),
  LastDeliveryID: z.string(),
})

export const JobKind = z.enum(['Failed', 'Missed', 'Punches', 'Users'])

/** A bulk replay or copy. */
export const WebhookJob = z.object({
  JobID: z.string(),
  SubscriptionID: z.string().nullable().describe('null: to a terminal'),
  TargetDeviceSN: z.string().nullable(),
  Kind: JobKind,
  State: z.enum(['Running', 'Verifying', 'Done', 'Cancelled', 'Failed']),
  Total: z.int(),
  Queued: z.int(),
  Delivered: z.int(),
  Failed: z.int(),
  PerSecond: z.number(),
  Percent: z.number(),
  StartedAt: Instant,
  EndedAt: Instant.nullable(),
  SecondsLeft: z.int().nullable(),
  SourceHash: z.string().nullable().describe('SHA-256 over what was to be copied; copies only'),
  ArrivedCount: z.int().nullable(),
  ArrivedHash: z.string().nullable().describe('The same over what was acknowledged'),
  Equal: z.boolean().nullable().describe('Counts and hashes are the same; null until verified'),
  Error: z.string().nullable(),
})
