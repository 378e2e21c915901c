import { EventName } from '#contract/entities/subscription.ts'
import { OperationError } from '#contract/errors.ts'
import { events } from '#contract/events.ts'
import type { ParsedInput } from '#contract/types.ts'
import { type Caller, requirePermission } from '../http/caller.ts'
import type { Store } from '../store/index.ts'
import type { SubscriptionWish } from '../store/webhooks.ts'
import { refusalOf } from '../webhooks/callback-url.ts'
import { forms } from '../webhooks/formats/forms.ts'
import { sealSecret } from '../webhooks/secrets.ts'
import type { Call } from './handler.ts'

const encryptedFormat = 'web-api-3'

type Format = ParsedInput<'webhooks.register'>['Format']

/** May this token have callbacks sent to local addresses? */
export function mayReachLocal({ caller }: Pick<Call, 'caller'>): boolean {
  return caller.permissions === 'all' || caller.permissions.has('webhooks:local')
}

/** Throws WEBHOOK_URL_REFUSED, saying why, for an address callbacks may not be sent to. */
export function requireUrl({ deps }: Pick<Call, 'deps'>, url: string, localAllowed: boolean): void {
  const { webhookSubnets: subnets, webhookHttpsOnly: httpsOnly } = deps.config
  const refusal = refusalOf(url, localAllowed ? 'local' : 'public', { subnets, httpsOnly })
  if (refusal !== null)
    throw new OperationError('WEBHOOK_URL_REFUSED', { detail: refusal, field: 'CallbackUrl' })
}

/** Whoever may not read something may not have it sent either. */
export function requireReadable(caller: Caller, names: readonly string[]): void {
  for (const name of EventName.array().parse(names)) requirePermission(caller, events[name].permission)
}

/** Refuses what could never be sent: events the form has no words for, and a key for a form that has no encryption. */
export function requireWords(given: {
  readonly Format: Format
  readonly Events: readonly string[]
  readonly EncryptionKey?: string | undefined
}): void {
  const { Format, Events, EncryptionKey } = given
  const known = [...forms[Format].events]
  if (!Events.some(name => known.some(own => own === name)))
    throw new OperationError('INVALID_INPUT', {
      field: 'Events',
      detail: `The form ${Format} tells of ${known.join(', ')} only`,
    })
  if (EncryptionKey && Format !== encryptedFormat)
    throw new OperationError('INVALID_INPUT', {
      field: 'EncryptionKey',
      detail: `Only the form ${encryptedFormat} has encrypted bodies`,
    })
}

/** Absent leaves the key as it is, unless the form is one without; empty takes it away. */
export function bodyKeyOf(
  sealKey: Uint8Array,
  given: {
    readonly Format: Format
    readonly EncryptionKey?: string | undefined
    readonly EncryptionPadding?: 'pkcs7' | 'zero' | undefined
  },
): SubscriptionWish['bodyKey'] {
  const { Format, EncryptionKey, EncryptionPadding: padding = 'pkcs7' } = given
  if (EncryptionKey === undefined) return Format === encryptedFormat ? undefined : null
  return EncryptionKey === '' ? null : { sealed: sealSecret(sealKey, EncryptionKey), padding }
}

/** Absent leaves the token as it is; empty takes it away. */
export function sealedToken(sealKey: Uint8Array, token: string | undefined): string | null | undefined {
  if (token === undefined) return undefined
  return token === '' ? null : sealSecret(sealKey, token)
}

/** Throws DEVICE_NOT_FOUND for the first serial number nobody knows. */
export async function requireAllKnown(store: Store, sns: readonly string[]): Promise<void> {
  const rows = await store.read
    .selectFrom('device')
    .select('sn')
    .where('sn', 'in', [...sns])
    .execute()
  const known = new Set(rows.map(({ sn }) => sn))
  const unknown = sns.find(sn => !known.has(sn))
  if (unknown === undefined) return
  throw new OperationError('DEVICE_NOT_FOUND', { field: 'DeviceSN', detail: `There is no device ${unknown}` })
}

/** A filter as its column has it; null: everything. */
export function listColumn(values: readonly string[] | null): string | null {
  return values === null ? null : JSON.stringify(values)
}
