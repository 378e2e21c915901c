import { CallbackFormat } from '#contract/entities/subscription.ts'
import { createSecret } from '#contract/signature.ts'
import type { ParsedInput } from '#contract/types.ts'
import { type Caller, requireDevice } from '../http/caller.ts'
import {
  changeSubscription,
  pauseSubscription,
  removeSubscription,
  resumeSubscription,
} from '../store/webhook-changes.ts'
import { readEvents, upsertSubscription } from '../store/webhooks.ts'
import { clearWarnings } from '../webhooks/disable-ladder.ts'
import { quantileMs } from '../webhooks/figures.ts'
import { sealSecret } from '../webhooks/secrets.ts'
import { listSubscriptions, shownMs } from '../webhooks/shown-overview.ts'
import { figuresSince } from '../webhooks/stats.ts'
import type { Handlers } from './handler.ts'
import {
  bodyKeyOf,
  listColumn,
  mayReachLocal,
  requireAllKnown,
  requireReadable,
  requireUrl,
  requireWords,
  sealedToken,
} from './webhook-input.ts'
import { webhookJobHandlers } from './webhook-jobs.ts'
import { webhookKeyHandlers } from './webhook-keys.ts'
import { webhookLogHandlers } from './webhook-log.ts'
import { requireChangeable, requireSubscription, shownSubscription, visibleToken } from './webhook-scope.ts'
import { webhookTestHandlers } from './webhook-tests.ts'

const hourMs = 3_600_000

export const webhookHandlers = {
  ...webhookKeyHandlers,
  ...webhookLogHandlers,
  ...webhookJobHandlers,
  ...webhookTestHandlers,

  async 'webhooks.register'(input, call) {
    const { deps, caller } = call
    const localAllowed = mayReachLocal(call)
    requireUrl(call, input.CallbackUrl, localAllowed)
    requireReadable(caller, input.Events)
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
        about: aboutOf(input),
        now: deps.clock.now(),
      }),
    )
    // A known address may have been paused or backing off; what waits for it goes out now.
    deps.wakeDelivery()
    const isMade = kept.isNew && input.SecurityKey === undefined
    return { status: 200, body: { SubscriptionID: kept.id, ...(isMade ? { SecurityKey: secret } : {}) } }
  },

  async 'webhooks.list'(_input, call) {
    const { store, clock } = call.deps
    const Subscriptions = await listSubscriptions(store.read, {
      tokenId: visibleToken(call),
      now: clock.now(),
    })
    return { status: 200, body: { Subscriptions } }
  },

  async 'webhooks.get'({ SubscriptionID }, call) {
    const { store, clock } = call.deps
    const Subscription = await shownSubscription(call, SubscriptionID)
    const since = clock.now() - 24 * hourMs
    const slots = (await figuresSince(store.read, since, hourMs, SubscriptionID)).get(SubscriptionID) ?? []
    const Health = slots.map(({ start, figures }) => ({
      Start: new Date(start).toISOString(),
      Attempts: figures.attempts,
      Failures: figures.failures,
      P50Ms: shownMs(quantileMs(figures, 0.5)),
      P95Ms: shownMs(quantileMs(figures, 0.95)),
    }))
    return { status: 200, body: { Subscription, Health } }
  },

  async 'webhooks.change'(input, call) {
    const { deps, caller } = call
    const row = await requireChangeable(call, input.SubscriptionID)
    const Format = input.Format ?? CallbackFormat.parse(row.format)
    const Events = input.Events ?? readEvents(row.events)
    const localAllowed = input.CallbackUrl === undefined ? row.local_allowed === 1 : mayReachLocal(call)
    if (input.CallbackUrl !== undefined) requireUrl(call, input.CallbackUrl, localAllowed)
    if (input.Events) requireReadable(caller, input.Events)
    requireWords({ Format, Events, EncryptionKey: input.EncryptionKey })
    for (const sn of input.DeviceSN ?? []) requireDevice(caller, sn)
    if (input.DeviceSN) await requireAllKnown(deps.store, input.DeviceSN)
    const { sealKey } = deps.config
    await deps.store.write(write =>
      changeSubscription(write, row.id, {
        url: input.CallbackUrl,
        format: Format,
        events: JSON.stringify([...new Set(Events)]),
        ack: input.Acknowledgement,
        local_allowed: localAllowed ? 1 : 0,
        devices: input.DeviceSN === undefined ? undefined : listColumn(input.DeviceSN ?? devicesOf(caller)),
        sites: input.Site === undefined ? undefined : listColumn(input.Site),
        people: input.EmployeeCode === undefined ? undefined : listColumn(input.EmployeeCode),
        name: input.Name,
        rate_per_second: input.PerSecond,
        max_age_ms: input.MaxAgeSeconds == null ? input.MaxAgeSeconds : input.MaxAgeSeconds * 1000,
        callback_token: sealedToken(sealKey, input.CallbackToken),
        bodyKey: bodyKeyOf(sealKey, { ...input, Format }),
      }),
    )
    deps.wakeDelivery()
    return { status: 200, body: { Subscription: await shownSubscription(call, row.id) } }
  },

  async 'webhooks.pause'({ SubscriptionID }, call) {
    const row = await requireChangeable(call, SubscriptionID)
    await call.deps.store.write(write => pauseSubscription(write, row.id, call.deps.clock.now()))
    call.deps.wakeDelivery()
    return { status: 200, body: { Subscription: await shownSubscription(call, row.id) } }
  },

  async 'webhooks.resume'({ SubscriptionID, Missed }, call) {
    const { store, clock, wakeDelivery } = call.deps
    const row = await requireSubscription(call, SubscriptionID)
    const now = clock.now()
    const { queued, skipped } = await store.write(async write => {
      await clearWarnings(write, row.id, now)
      return resumeSubscription(write, row, Missed, now)
    })
    wakeDelivery()
    const Subscription = await shownSubscription(call, row.id)
    return { status: 200, body: { Subscription, Queued: queued, Skipped: skipped } }
  },

  async 'webhooks.remove'({ SubscriptionID }, call) {
    const { store, clock } = call.deps
    const row = await requireChangeable(call, SubscriptionID)
    const dropped = await store.write(async write => {
      await clearWarnings(write, row.id, clock.now())
      return removeSubscription(write, row.id)
    })
    return { status: 200, body: { SubscriptionID: row.id, Dropped: dropped } }
  },
} satisfies Pick<Handlers, Extract<keyof Handlers, `webhooks.${string}`>>

/** Without a filter a token still hears only of the terminals it is valid for. */
function devicesOf(caller: Pick<Caller, 'devices'>): readonly string[] | null {
  return caller.devices === 'all' ? null : [...caller.devices]
}

/** Registering again without a name or a limit leaves the ones that are set; filters are what the call says. */
function aboutOf({ Name, Site, EmployeeCode, PerSecond }: ParsedInput<'webhooks.register'>) {
  return {
    sites: listColumn(Site ?? null),
    people: listColumn(EmployeeCode ?? null),
    ...(Name === undefined ? {} : { name: Name === '' ? null : Name }),
    ...(PerSecond === undefined ? {} : { rate_per_second: PerSecond }),
  }
}
