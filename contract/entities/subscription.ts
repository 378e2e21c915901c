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
  CreatedAt: Instant,
  Delivered: z.int(),
  Pending: z.int(),
  Parked: z.int().describe('Given up after the last attempt; kept for replay'),
  OldestPendingAt: Instant.nullable(),
  LastSuccessAt: Instant.nullable(),
  LastErrorAt: Instant.nullable(),
  LastError: z.string().nullable(),
})
