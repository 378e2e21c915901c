import { z } from 'zod'
import { Acknowledgement, BodyPadding, CallbackFormat, EventName } from '../entities/subscription.ts'
import { DeviceSN, EmployeeCode, listOf, text } from '../primitives.ts'

export const SubscriptionID = z.string().trim().min(1).max(64).describe('As RegisterWebhook answered it')

export const callbackUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .max(2000)

export const format = CallbackFormat.describe(
  'web-api-3, web-api-2 and web-api-1 speak to receivers written for these; they are told of punches and, but for 1, of people changed at a terminal, and of nothing else',
)

export const acknowledgement = Acknowledgement.describe(
  'done: 2xx with {"status":"done"}, or a bare done or ok, or 204; exact: only what the form itself demands; any2xx: every 2xx that does not name an API_RESPONSE_ error',
)

/** Also takes nothing at all, as an empty text or list: that filter or limit goes away. */
export const emptyOr = <T extends z.ZodType>(schema: T) =>
  z.union([
    z.literal('').transform(() => null),
    z
      .array(z.never())
      .max(0)
      .transform(() => null),
    schema,
  ])

/** What a receiver hears of and how it is called, beside address and form; `wrap` says what absent and empty mean. */
export function callbackFields(wrap: <T extends z.ZodType>(schema: T) => z.ZodType<z.output<T> | null>) {
  return {
    Name: wrap(text(80)).optional().describe('What people call it'),
    Events: listOf(EventName).optional(),
    DeviceSN: wrap(listOf(DeviceSN)).optional(),
    Site: wrap(listOf(text(100)))
      .optional()
      .describe('Events of these sites only'),
    EmployeeCode: wrap(listOf(EmployeeCode)).optional().describe('Events about these people only'),
    MaxAgeSeconds: wrap(z.coerce.number<number>().int().min(60).max(31_622_400)).optional(),
    PerSecond: wrap(z.coerce.number<number>().min(0.1).max(1000))
      .optional()
      .describe('Attempts a second at most'),
    CallbackToken: text(200).optional().describe('Sent back as AuthToken in every callback'),
    EncryptionKey: encryptionKey.optional(),
    EncryptionPadding: BodyPadding.optional(),
  }
}

export const encryptionKey = z
  .string()
  .regex(/^([!-~]{32})?$/, 'must be 32 characters without spaces, or empty')
  .describe(
    'web-api-3 only: encrypts every body with AES-256-ECB, as the Security Key of CAMS does, and opens encrypted requests; absent leaves what is set, empty takes it away',
  )
