import { z } from 'zod'
import { BodyPadding, EventName } from '../entities/subscription.ts'
import { defineOperations } from '../operation.ts'
import { common, DeviceSN, EmployeeCode, listOf, text } from '../primitives.ts'
import { acknowledgement, callbackUrl, encryptionKey, format } from './webhook-fields.ts'

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
      CallbackUrl: callbackUrl,
      Name: text(80).optional().describe('What people call it'),
      Events: listOf(EventName).default(['OnAttendance']),
      DeviceSN: listOf(DeviceSN).optional(),
      Site: listOf(text(100)).optional().describe('Events of these sites only'),
      EmployeeCode: listOf(EmployeeCode).optional().describe('Events about these people only'),
      PerSecond: z.coerce
        .number<number>()
        .min(0.1)
        .max(1000)
        .optional()
        .describe('Attempts a second at most'),
      Format: format.default('v3'),
      Acknowledgement: acknowledgement.default('done'),
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
      EncryptionKey: encryptionKey.optional(),
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
