import { z } from 'zod'
import { Acknowledgement, BodyPadding, CallbackFormat, EventName } from '../entities/subscription.ts'
import { defineOperations } from '../operation.ts'
import { common, DeviceSN, listOf, text } from '../primitives.ts'

export const webhooks = defineOperations('webhooks', {
  register: {
    name: 'RegisterWebhook',
    aliases: ['RegisterCallback', 'SetCallbackUrl'],
    known: false,
    method: 'POST',
    summary: 'Have events sent to an address; the same address again changes it',
    permission: 'webhooks:write',
    input: z.object({
      ...common,
      CallbackUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2000),
      Events: listOf(EventName).default(['OnAttendance']),
      DeviceSN: listOf(DeviceSN).optional(),
      Format: CallbackFormat.default('v3').describe(
        'web-api-3, web-api-2 and web-api-1 speak to receivers written for these; they are told of punches and, but for 1, of people changed at a terminal, and of nothing else',
      ),
      Acknowledgement: Acknowledgement.default('done').describe(
        'done: 2xx with {"status":"done"}, or a bare done or ok, or 204; exact: only what the form itself demands; any2xx: every 2xx that does not name an API_RESPONSE_ error',
      ),
      MaxAgeSeconds: z.coerce
        .number<number>()
        .int()
        .min(60)
        .max(31_622_400)
        .optional()
        .describe('Leave out punches older than this when they arrive, such as a history upload'),
      CallbackToken: text(200).optional().describe('Sent back as AuthToken in every callback'),
      SecurityKey: z
        .string()
        .regex(
          /^(whsec_)?[A-Za-z0-9+/=]{24,200}$/,
          'must be base64 of 18 bytes or more, with or without whsec_',
        )
        .optional()
        .describe('Signing secret; made for you when absent, and shown once'),
      EncryptionKey: z
        .string()
        .regex(/^([!-~]{32})?$/, 'must be 32 characters without spaces, or empty')
        .optional()
        .describe(
          'web-api-3 only: encrypts every body with AES-256-ECB, as the Security Key of CAMS does, and opens encrypted requests; absent leaves what is set, empty takes it away',
        ),
      EncryptionPadding: BodyPadding.default('pkcs7').describe(
        'zero: for receivers that know no other padding',
      ),
    }),
    answers: {
      200: z.object({
        SubscriptionID: z.string(),
        SecurityKey: z.string().optional().describe('Only when it was made for you'),
      }),
    },
    errors: ['WEBHOOK_URL_REFUSED', 'DEVICE_NOT_FOUND'],
    changes: ['webhooks'],
    audit: { subject: 'CallbackUrl', hide: ['SecurityKey', 'CallbackToken', 'EncryptionKey'] },
  },
})
