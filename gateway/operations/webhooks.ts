import { EventName } from '#contract/entities/subscription.ts'
import { OperationError } from '#contract/errors.ts'
import { events } from '#contract/events.ts'
import { createSecret } from '#contract/signature.ts'
import type { ParsedInput } from '#contract/types.ts'
import { type Caller, requirePermission } from '../http/caller.ts'
import type { Store } from '../store/index.ts'
import { listSubscriptions, type SubscriptionWish, upsertSubscription } from '../store/webhooks.ts'
import { refusalOf } from '../webhooks/callback-url.ts'
import { forms } from '../webhooks/formats/forms.ts'
import { sealSecret } from '../webhooks/secrets.ts'
import type { Handlers } from './handler.ts'

const encryptedFormat = 'web-api-3'

export const webhookHandlers = {
  async 'webhooks.register'(input, { deps, caller }) {
    const localAllowed = caller.permissions === 'all' || caller.permissions.has('webhooks:local')
    const refusal = refusalOf(input.CallbackUrl, localAllowed ? 'local' : 'public')
    if (refusal !== null)
      throw new OperationError('WEBHOOK_URL_REFUSED', { detail: refusal, field: 'CallbackUrl' })
    // Whoever may not read something may not have it sent either.
    for (const name of EventName.array().parse(input.Events))
      requirePermission(caller, events[name].permission)
    requireWords(input)
    if (input.DeviceSN) await requireAllKnown(deps.store, input.DeviceSN)
    const { sealKey } = deps.config
    const secret = input.SecurityKey ?? createSecret()
    const kept = await deps.store.write(write =>
      upsertSubscription(write, {
        tokenId: caller.tokenId,
        url: input.CallbackUrl,
        events: [...new Set(input.Events)],
        devices: input.DeviceSN ?? devicesOf(caller),
        format: input.Format,
        ack: input.Acknowledgement,
        maxAgeMs: input.MaxAgeSeconds === undefined ? null : input.MaxAgeSeconds * 1000,
        secret: sealSecret(sealKey, secret),
        replaceSecret: input.SecurityKey !== undefined,
        callbackToken: sealedToken(sealKey, input.CallbackToken),
        bodyKey: bodyKeyOf(sealKey, input),
        localAllowed,
        now: deps.clock.now(),
      }),
    )
    // A known address may have been paused or backing off; what waits for it goes out now.
    deps.wakeDelivery()
    const isMade = kept.isNew && input.SecurityKey === undefined
    return { status: 200, body: { SubscriptionID: kept.id, ...(isMade ? { SecurityKey: secret } : {}) } }
  },

  async 'webhooks.list'(_input, { deps, caller }) {
    // A token for some terminals sees its own receivers only: the others' filters name terminals it may not know.
    const tokenId = caller.devices === 'all' ? null : caller.tokenId
    return { status: 200, body: { Subscriptions: await listSubscriptions(deps.store.read, tokenId) } }
  },
} satisfies Pick<Handlers, Extract<keyof Handlers, `webhooks.${string}`>>

/** Without a filter a token still hears only of the terminals it is valid for. */
function devicesOf(caller: Pick<Caller, 'devices'>): readonly string[] | null {
  return caller.devices === 'all' ? null : [...caller.devices]
}

type Registration = ParsedInput<'webhooks.register'>

/** Refuses what could never be sent: events the form has no words for, and a key for a form that has no encryption. */
function requireWords({ Format, Events, EncryptionKey }: Registration): void {
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
function bodyKeyOf(sealKey: Uint8Array, input: Registration): SubscriptionWish['bodyKey'] {
  const { Format, EncryptionKey, EncryptionPadding: padding } = input
  if (EncryptionKey === undefined) return Format === encryptedFormat ? undefined : null
  return EncryptionKey === '' ? null : { sealed: sealSecret(sealKey, EncryptionKey), padding }
}

/** Absent leaves the token as it is; empty takes it away. */
function sealedToken(sealKey: Uint8Array, token: string | undefined): string | null | undefined {
  if (token === undefined) return undefined
  return token === '' ? null : sealSecret(sealKey, token)
}

async function requireAllKnown(store: Store, sns: readonly string[]): Promise<void> {
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
