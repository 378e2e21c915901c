import { z } from 'zod'
import { HealthSlice, Subscription } from '../../entities/subscription.ts'
import { defineOperations } from '../../operation.ts'
import { common, text } from '../../primitives.ts'
import {
  acknowledgement,
  callbackFields,
  callbackUrl,
  emptyOr,
  format,
  SubscriptionID,
} from '../webhook-fields.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const forPeople = { EmployeeCode: 'attendance:identify' } as const
const ofOne = { ...common, SubscriptionID }

/** Receivers themselves: seen, changed, paused, removed, and what they sign with. */
export const ownWebhooks = defineOperations('webhooks', {
  list: {
    ...own,
    name: 'ListWebhooks',
    aliases: ['ListSubscriptions'],
    method: 'GET',
    summary: 'Who receives events, and how that goes',
    permission: 'webhooks:read',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Subscriptions: z.array(Subscription) }) },
    errors: [],
    changes: [],
    sensitive: forPeople,
  },
  get: {
    ...own,
    name: 'GetWebhook',
    method: 'GET',
    summary: 'One receiver with its figures of the last day, hour by hour',
    permission: 'webhooks:read',
    input: z.object(ofOne),
    answers: { 200: z.object({ Subscription, Health: z.array(HealthSlice) }) },
    errors: ['WEBHOOK_NOT_FOUND'],
    changes: [],
    sensitive: forPeople,
  },
  change: {
    ...own,
    name: 'ChangeWebhook',
    method: 'POST',
    summary: 'Change a receiver; what is absent stays, what is empty is taken away',
    permission: 'webhooks:write',
    input: z.object({
      ...ofOne,
      CallbackUrl: callbackUrl.optional(),
      Format: format.optional(),
      Acknowledgement: acknowledgement.optional(),
      ...callbackFields(emptyOr),
    }),
    answers: { 200: z.object({ Subscription }) },
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_PROTECTED', 'WEBHOOK_URL_REFUSED', 'DEVICE_NOT_FOUND'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID', hide: ['CallbackToken', 'EncryptionKey'] },
    sensitive: forPeople,
  },
  pause: {
    ...own,
    name: 'PauseWebhook',
    method: 'POST',
    summary: 'Stop sending to a receiver; what happens meanwhile is kept for it',
    permission: 'webhooks:write',
    input: z.object(ofOne),
    answers: { 200: z.object({ Subscription }) },
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_PROTECTED'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
    sensitive: forPeople,
  },
  resume: {
    ...own,
    name: 'ResumeWebhook',
    method: 'POST',
    summary: 'Send to a receiver again, with or without what it missed',
    permission: 'webhooks:write',
    input: z.object({
      ...ofOne,
      Missed: z
        .enum(['send', 'skip'])
        .default('send')
        .describe('send: what waits, and what was given up since it began to fail; skip: from now on'),
    }),
    answers: { 200: z.object({ Subscription, Queued: z.int(), Skipped: z.int() }) },
    errors: ['WEBHOOK_NOT_FOUND'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
    sensitive: forPeople,
  },
  remove: {
    ...own,
    name: 'RemoveWebhook',
    aliases: ['DeleteWebhook'],
    method: 'POST',
    summary: 'Forget a receiver with its log and everything that waits for it',
    permission: 'webhooks:write',
    input: z.object(ofOne),
    answers: { 200: z.object({ SubscriptionID: z.string(), Dropped: z.int() }) },
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_PROTECTED'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
  },
  rotateSecret: {
    ...own,
    name: 'RotateWebhookSecret',
    method: 'POST',
    summary: 'Make a new signing secret; until the overlap ends both sign',
    permission: 'webhooks:write',
    input: z.object({
      ...ofOne,
      OverlapHours: z.coerce.number<number>().min(0).max(720).default(24),
    }),
    answers: {
      200: z.object({
        Subscription,
        SecurityKey: z.string().describe('Shown this once'),
      }),
    },
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_PROTECTED'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
    sensitive: forPeople,
  },
  revokeSecret: {
    ...own,
    name: 'RevokeWebhookSecret',
    method: 'POST',
    summary: 'End the overlap now: only the new secret signs',
    permission: 'webhooks:write',
    input: z.object(ofOne),
    answers: { 200: z.object({ Subscription }) },
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_PROTECTED'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
    sensitive: forPeople,
  },
  setSigningKey: {
    ...own,
    name: 'SetWebhookSigningKey',
    method: 'POST',
    summary: 'Also sign with an Ed25519 key of this receiver, a new one, or stop doing so',
    permission: 'webhooks:write',
    input: z.object({
      ...ofOne,
      Action: z
        .enum(['make', 'remove'])
        .default('make')
        .describe('make: a new pair, the one before ends at once'),
    }),
    answers: { 200: z.object({ Subscription }) },
    errors: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_PROTECTED'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
    sensitive: forPeople,
  },
  publicKey: {
    ...own,
    name: 'GetWebhookPublicKey',
    method: 'GET',
    summary: 'The public half of the key a receiver is signed to with',
    permission: 'webhooks:read',
    input: z.object(ofOne),
    answers: {
      200: z.object({
        SubscriptionID: z.string(),
        Algorithm: z.literal('Ed25519'),
        PublicKey: z
          .string()
          .describe('whpk_ and base64 of 32 bytes, as libraries of Standard Webhooks read it'),
        Pem: z.string(),
      }),
    },
    errors: ['WEBHOOK_NOT_FOUND', 'SIGNING_KEY_NOT_FOUND'],
    changes: [],
  },
  settings: {
    ...own,
    name: 'GetWebhookSettings',
    method: 'GET',
    summary: 'How long deliveries are kept, and where receivers may be',
    permission: 'webhooks:read',
    input: z.object({ ...common }),
    answers: {
      200: z.object({
        DeliveredDays: z.int(),
        ParkedDays: z.int(),
        OldestKeptAt: z.iso.datetime().nullable(),
        Kept: z.int().describe('Deliveries there are'),
        Subnets: z.array(z.string()).describe('Local networks open to every receiver; set by the operator'),
        HttpsOnly: z.boolean().describe('Set by the operator'),
      }),
    },
    errors: [],
    changes: [],
  },
  setSettings: {
    ...own,
    name: 'SetWebhookSettings',
    method: 'POST',
    summary: 'Say how long deliveries are kept',
    permission: 'site:manage',
    input: z.object({
      ...common,
      DeliveredDays: z.coerce.number<number>().int().min(1).max(365),
      ParkedDays: z.coerce.number<number>().int().min(1).max(730),
    }),
    answers: { 200: z.object({ DeliveredDays: z.int(), ParkedDays: z.int() }) },
    errors: [],
    changes: ['webhooks'],
    audit: { subject: 'DeliveredDays' },
  },
  test: {
    ...own,
    name: 'TestWebhook',
    method: 'POST',
    summary: 'Send one event to a receiver now, beside everything that waits',
    permission: 'webhooks:write',
    input: z.object({
      ...ofOne,
      Event: z.string().max(40).default('OnAttendance'),
      Body: z
        .union([z.record(z.string(), z.unknown()), text(16_384)])
        .optional()
        .describe(
          'The event as it is to be told, an object or its JSON; absent: the sample of the catalogue',
        ),
    }),
    answers: { 200: z.object({ DeliveryID: z.string(), ...testAnswer() }) },
    errors: ['WEBHOOK_NOT_FOUND'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID', hide: ['Body'] },
  },
  check: {
    ...own,
    name: 'CheckWebhook',
    method: 'POST',
    summary:
      'Look at a receiver from here: name, connection, certificate, time to answer, acknowledgement, signature',
    permission: 'webhooks:write',
    input: z.object({
      ...ofOne,
      WrongSignature: z
        .stringbool()
        .or(z.boolean())
        .default(false)
        .describe('Also send the sample with a wrong signature, to see whether it is refused'),
    }),
    answers: {
      200: z.object({
        SubscriptionID: z.string(),
        Steps: z.array(
          z.object({
            Step: z.enum(['Address', 'Name', 'Connect', 'Tls', 'Answer', 'Acknowledgement', 'Signature']),
            Verdict: z.enum(['ok', 'warn', 'failed', 'skipped']),
            Ms: z.number().nullable(),
            Detail: z.string(),
          }),
        ),
      }),
    },
    errors: ['WEBHOOK_NOT_FOUND'],
    changes: ['webhooks'],
    audit: { subject: 'SubscriptionID' },
  },
})

function testAnswer() {
  return {
    Outcome: z.string(),
    Status: z.int().nullable(),
    Error: z.string().nullable(),
    DurationMs: z.int(),
    Response: z.string().nullable(),
  }
}
