import { z } from 'zod'
import { Instant } from '../primitives.ts'

export const eventNames = [
  'OnAttendance',
  'OnDeviceStatus',
  'OnUserSync',
  'OnMigration',
  'OnCommand',
  'OnDoor',
  'OnUserUpdated',
  'OnUserDeleted',
] as const

export const EventName = z.enum(eventNames)

/** The forms a callback can have: ours, and the three generations of CAMS Web API (cams-gateway 2 and 3). */
export const CallbackFormat = z.enum(['v3', 'web-api-3', 'web-api-2', 'web-api-1'])

/** What a receiver has to answer for a callback to count as received. */
export const Acknowledgement = z.enum(['done', 'exact', 'any2xx'])

/** How an encrypted body is filled up to whole blocks. */
export const BodyPadding = z.enum(['pkcs7', 'zero'])

/** A receiver of callbacks with its health at a glance. Secrets are never read back. */
export const Subscription = z.object({
  SubscriptionID: z.string(),
  CallbackUrl: z.string().describe('Query values are hidden'),
  Events: z.array(EventName),
  DeviceSN: z.array(z.string()).nullable().describe('null: every device'),
  Format: CallbackFormat,
  Encrypted: z.boolean().describe('The body is sent encrypted'),
  Acknowledgement: Acknowledgement.describe('Which answers count as received'),
  MaxAgeSeconds: z.int().nullable().describe('Punches older than this are not sent; null sends all'),
  State: z.enum(['Active', 'Paused']),
  Name: z.string().nullable().describe('What people call it'),
  Site: z.array(z.string()).nullable().describe('null: every site'),
  EmployeeCode: z.array(z.string()).nullable().describe('Only events about these people; null: all'),
  PerSecond: z.number().nullable().describe('Attempts a second at most; null: as fast as it answers'),
  Protected: z.boolean().describe('The dashboard itself; it cannot be changed, paused or removed'),
  PauseReason: z
    .enum(['Asked', 'Gone', 'Failing'])
    .nullable()
    .describe('Asked: by somebody; Gone: it answered 410; Failing: for three days, after three warnings'),
  PausedAt: Instant.nullable(),
  Breaker: z
    .enum(['Closed', 'Open', 'HalfOpen'])
    .describe(
      'Open: it is away, nothing is sent before the next probe; HalfOpen: the probe is due or under way',
    ),
  NextProbeAt: Instant.nullable(),
  FailingSince: Instant.nullable().describe('No success since; null: the last attempt that ended was one'),
  Warnings: z.int().describe('Given about the present failure: after 1, 24 and 72 hours'),
  OpenIssues: z.int(),
  SuccessPercent: z.number().nullable().describe('Of attempts in the last 24 hours; null without any'),
  P95Ms: z
    .number()
    .nullable()
    .describe('95 % of attempts in the last 24 hours took at most this; -1: more than 10 s'),
  LastSequence: z.int().describe('The highest number given out'),
  SecretOverlapUntil: Instant.nullable().describe('The secret before also signs until then'),
  SigningPublicKey: z.string().nullable().describe('whpk_ and base64; null: HMAC alone'),
  CreatedAt: Instant,
  Delivered: z.int(),
  Pending: z.int(),
  Parked: z.int().describe('Given up after the last attempt; kept for replay'),
  OldestPendingAt: Instant.nullable(),
  LastSuccessAt: Instant.nullable(),
  LastErrorAt: Instant.nullable(),
  LastError: z.string().nullable(),
})

/** Attempts of one hour. */
export const HealthSlice = z.object({
  Start: Instant,
  Attempts: z.int(),
  Failures: z.int(),
  P50Ms: z.number().nullable().describe('Upper bound of the bucket; -1: more than 10 s'),
  P95Ms: z.number().nullable(),
})
