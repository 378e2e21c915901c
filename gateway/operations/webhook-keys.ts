import { OperationError } from '#contract/errors.ts'
import { createSecret, createSigningKeys } from '#contract/signature.ts'
import { changeSubscription } from '../store/webhook-changes.ts'
import { keptSince, readRetention, writeRetention } from '../store/webhook-retention.ts'
import { sealSecret } from '../webhooks/secrets.ts'
import type { Handlers } from './handler.ts'
import { requireChangeable, requireSubscription, shownSubscription, visibleToken } from './webhook-scope.ts'

const dayMs = 86_400_000

/** DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex')

export const webhookKeyHandlers = {
  async 'webhooks.rotateSecret'({ SubscriptionID, OverlapHours }, call) {
    const { store, clock, config } = call.deps
    const row = await requireChangeable(call, SubscriptionID)
    const secret = createSecret()
    const until = clock.now() + OverlapHours * 3_600_000
    await store.write(write =>
      changeSubscription(write, row.id, {
        secret: sealSecret(config.sealKey, secret),
        secret_before: OverlapHours === 0 ? null : row.secret,
        secret_before_until: OverlapHours === 0 ? null : until,
      }),
    )
    const Subscription = await shownSubscription(call, row.id)
    return { status: 200, body: { Subscription, SecurityKey: secret } }
  },

  async 'webhooks.revokeSecret'({ SubscriptionID }, call) {
    const row = await requireChangeable(call, SubscriptionID)
    await call.deps.store.write(write =>
      changeSubscription(write, row.id, { secret_before: null, secret_before_until: null }),
    )
    return { status: 200, body: { Subscription: await shownSubscription(call, row.id) } }
  },

  async 'webhooks.setSigningKey'({ SubscriptionID, Action }, call) {
    const { store, config } = call.deps
    const row = await requireChangeable(call, SubscriptionID)
    const keys = Action === 'make' ? await createSigningKeys() : null
    await store.write(write =>
      changeSubscription(write, row.id, {
        signing_key: keys === null ? null : sealSecret(config.sealKey, keys.privateKey),
        signing_public: keys?.publicKey ?? null,
      }),
    )
    return { status: 200, body: { Subscription: await shownSubscription(call, row.id) } }
  },

  async 'webhooks.publicKey'({ SubscriptionID }, call) {
    const { id, signing_public } = await requireSubscription(call, SubscriptionID)
    if (signing_public === null) throw new OperationError('SIGNING_KEY_NOT_FOUND')
    const der = Buffer.concat([spkiHead, Buffer.from(signing_public, 'base64')]).toString('base64')
    return {
      status: 200,
      body: {
        SubscriptionID: id,
        Algorithm: 'Ed25519' as const,
        PublicKey: `whpk_${signing_public}`,
        Pem: `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----\n`,
      },
    }
  },

  async 'webhooks.settings'(_input, call) {
    const { store, config } = call.deps
    const { deliveredMs, parkedMs } = await readRetention(store.read)
    const { oldest, kept } = await keptSince(store.read, visibleToken(call))
    return {
      status: 200,
      body: {
        DeliveredDays: deliveredMs / dayMs,
        ParkedDays: parkedMs / dayMs,
        OldestKeptAt: oldest === null ? null : new Date(oldest).toISOString(),
        Kept: kept,
        Subnets: [...(config.webhookSubnets ?? [])],
        HttpsOnly: config.webhookHttpsOnly ?? false,
      },
    }
  },

  async 'webhooks.setSettings'({ DeliveredDays, ParkedDays }, call) {
    await call.deps.store.write(write =>
      writeRetention(write, { deliveredMs: DeliveredDays * dayMs, parkedMs: ParkedDays * dayMs }),
    )
    return { status: 200, body: { DeliveredDays, ParkedDays } }
  },
} satisfies Partial<Handlers>
