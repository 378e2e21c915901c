import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import {
  type Acknowledgement,
  type BodyPadding,
  type CallbackFormat,
  EventName,
} from '#contract/entities/subscription.ts'
import type { Reader, Write } from './index.ts'
import type { SubscriptionTable } from './schema-webhooks.ts'

export type SubscriptionRow = Selectable<SubscriptionTable>

export interface SubscriptionWish {
  readonly tokenId: number
  readonly url: string
  readonly events: readonly string[]
  /** null: every device. */
  readonly devices: readonly string[] | null
  readonly format: z.output<typeof CallbackFormat>
  readonly ack: z.output<typeof Acknowledgement>
  readonly maxAgeMs: number | null
  /** Sealed. Used for a new subscription, and for a known one only when `replaceSecret`. */
  readonly secret: string
  readonly replaceSecret: boolean
  /** Sealed; null takes it away, undefined leaves what is there. */
  readonly callbackToken: string | null | undefined
  /** Sealed; null takes it away, undefined leaves what is there. */
  readonly bodyKey:
    | { readonly sealed: string; readonly padding: z.output<typeof BodyPadding> }
    | null
    | undefined
  readonly localAllowed: boolean
  /** Beside the published fields; absent leaves what is there. */
  readonly about?: Partial<Pick<SubscriptionRow, 'name' | 'sites' | 'people' | 'rate_per_second'>>
  readonly now: number
}

/**
 * Creates a subscription, or changes the one this token already has for this address: same id, active again, and
 * whatever was backing off is tried at once. `isNew` says whether the secret in the wish is now the one in use.
 */
export async function upsertSubscription(
  write: Write,
  wish: SubscriptionWish,
): Promise<{ id: string; isNew: boolean }> {
  const id = randomUUID()
  const wanted = {
    events: JSON.stringify(wish.events),
    devices: wish.devices === null ? null : JSON.stringify(wish.devices),
    format: wish.format,
    ack: wish.ack,
    max_age_ms: wish.maxAgeMs,
    local_allowed: wish.localAllowed ? 1 : 0,
    state: 'Active',
    failures: 0,
    failing_since: null,
    pause_reason: null,
    paused_at: null,
    breaker_until: null,
    breaker_trips: 0,
    ...(wish.about ?? {}),
  }
  const kept = await write
    .insertInto('subscription')
    .values({
      id,
      url: wish.url,
      secret: wish.secret,
      callback_token: wish.callbackToken ?? null,
      ...keyColumns(wish.bodyKey ?? null),
      token_id: wish.tokenId,
      created_at: wish.now,
      delivered: 0,
      last_success_at: null,
      last_error_at: null,
      last_error: null,
      ...wanted,
    })
    .onConflict(conflict =>
      conflict.columns(['token_id', 'url']).doUpdateSet({
        ...wanted,
        ...(wish.replaceSecret ? { secret: wish.secret } : {}),
        ...(wish.callbackToken === undefined ? {} : { callback_token: wish.callbackToken }),
        ...(wish.bodyKey === undefined ? {} : keyColumns(wish.bodyKey)),
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  if (kept.id !== id) await hurryLanes(write, kept.id, wish.now)
  return { id: kept.id, isNew: kept.id === id }
}

function keyColumns(key: NonNullable<SubscriptionWish['bodyKey']> | null) {
  return { body_key: key?.sealed ?? null, body_padding: key?.padding ?? null }
}

/** Lanes that back off become due; those being sent at the moment are left alone. */
export async function hurryLanes(
  write: Write,
  subscriptionId: string,
  now: number,
  lane?: string,
): Promise<void> {
  await write
    .updateTable('lane')
    .set({ due_at: now, failures: 0 })
    .where('subscription_id', '=', subscriptionId)
    .where('due_at', '>', now)
    .where('claim', 'is', null)
    .$if(lane !== undefined, query => query.where('lane', '=', lane ?? ''))
    .execute()
}

/** The subscriptions events are kept for, with just what fan-out needs. */
export async function activeListeners(
  reader: Reader,
): Promise<
  Pick<SubscriptionRow, 'id' | 'events' | 'devices' | 'sites' | 'people' | 'format' | 'max_age_ms'>[]
> {
  return (
    reader
      .selectFrom('subscription')
      .select(['id', 'events', 'devices', 'sites', 'people', 'format', 'max_age_ms'])
      // What is paused keeps collecting, so that nothing is lost; one that answered 410 wants no more.
      .where(({ or, eb }) => or([eb('state', '=', 'Active'), eb('pause_reason', 'in', ['asked', 'failing'])]))
      .orderBy('id')
      .execute()
  )
}

/** Sealed keys of bodies that subscriptions for this terminal have, newest first; a paused one still has its key. */
export async function bodyKeysFor(reader: Reader, sn: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('subscription')
    .select(['body_key', 'devices'])
    .where('body_key', 'is not', null)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.flatMap(({ body_key, devices }) => {
    const isOurs = readDevices(devices)?.includes(sn) ?? true
    return isOurs && body_key !== null ? [body_key] : []
  })
}

/** Writes why nothing goes out, for a fault that is found before anything is sent. */
export async function noteFault(
  write: Write,
  subscriptionId: string,
  fault: string,
  now: number,
): Promise<void> {
  await write
    .updateTable('subscription')
    .set({ last_error: fault, last_error_at: now })
    .where('id', '=', subscriptionId)
    .execute()
}

/** When the oldest delivery was recorded that waits for an active receiver, or null. */
export async function oldestWaiting(reader: Reader): Promise<number | null> {
  const { rows } = await sql<{ oldest: number | null }>`
    select min(d.created_at) as oldest from lane l
    join subscription s on s.id = l.subscription_id and s.state = 'Active'
    join delivery d on d.id = (select min(id) from delivery
      where subscription_id = l.subscription_id and lane = l.lane and state = 'pending')
    where l.due_at is not null`.execute(reader)
  return rows[0]?.oldest ?? null
}

const Names = z.array(EventName)
const Serials = z.array(z.string()).nullable()

/** Event names out of a row. */
export function readEvents(json: string): z.output<typeof EventName>[] {
  return Names.parse(JSON.parse(json))
}

/** Serial numbers out of a row; null means every device. */
export function readDevices(json: string | null): string[] | null {
  return json === null ? null : Serials.parse(JSON.parse(json))
}

/** A URL as it may be shown: names of query fields stay, their values may be passwords. */
export function hideQueryValues(url: string): string {
  const [address = '', ...rest] = url.split('?')
  if (rest.length === 0) return url
  const shown = rest.join('?').replace(/=[^&#]*/g, '=[hidden]')
  return `${address}?${shown}`
}
