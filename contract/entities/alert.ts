import { z } from 'zod'
import { Instant } from '../primitives.ts'
import { AlertCode, Facts } from './alert-facts.ts'

/**
 * What an alert can be about. `Device…` come from the terminals' health, `Door…` from doors, `Webhook…` from
 * deliveries, `Gatehouse…` from the product's own self-check.
 */
export const alertKinds = [
  'DeviceOffline',
  'DeviceWrongKey',
  'DeviceShared',
  'DeviceRefused',
  'DeviceClock',
  'DeviceStorage',
  'DeviceRepeats',
  'DeviceCommand',
  'DoorForced',
  'DoorHeldOpen',
  'DoorTamper',
  'DoorDuress',
  'DoorFire',
  'DoorLockdown',
  'DoorAlarm',
  'WebhookFailing',
  'WebhookPaused',
  'WebhookErrors',
  'WebhookQueue',
  'GatehouseSelf',
] as const

export const AlertKind = z.enum(alertKinds)

export const AlertSeverity = z.enum(['Info', 'Warning', 'Critical'])

/** Something that wants a person: open until its cause is over or somebody clears it. */
export const Alert = z.object({
  AlertID: z.string(),
  Kind: AlertKind,
  Severity: AlertSeverity,
  Subject: z.string().describe('What it is about, such as a serial number or a subscription'),
  DeviceSN: z.string().nullable(),
  LabelName: z.string().nullable(),
  Site: z.string().nullable(),
  Door: z.string().nullable(),
  Title: z.string().describe('In English'),
  Detail: z.string().describe('In English'),
  Code: AlertCode.nullable().describe('What it says; null for alerts of an older release'),
  Facts: Facts.describe('The values of that code, for whoever words it anew'),
  Times: z.int().describe('How often it was raised while open'),
  StartedAt: Instant,
  LastAt: Instant,
  ClearedAt: Instant.nullable().describe('null while it lasts'),
  AcknowledgedAt: Instant.nullable(),
  AcknowledgedBy: z.string().nullable().describe('Opaque name of who did, as the caller gave it'),
  Notified: z.int().describe('Messages sent because of it'),
  Pending: z.int().describe('Messages that wait to be sent'),
  Failed: z.int().describe('Messages that could not be sent'),
})
