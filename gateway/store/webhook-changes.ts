import { sql } from 'kysely'
import type { Write } from './index.ts'
import { hurryLanes, type SubscriptionRow, type SubscriptionWish } from './webhooks.ts'

type Changes = {
  readonly [K in keyof Omit<SubscriptionRow, 'id'>]?: SubscriptionRow[K] | undefined
} & { readonly bodyKey?: SubscriptionWish['bodyKey'] }

/** Writes what is given; undefined leaves a column as it is. */
export async function changeSubscription(
  write: Write,
  id: string,
  { bodyKey, ...changes }: Changes,
): Promise<void> {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const key =
    bodyKey === undefined ? {} : { body_key: bodyKey?.sealed ?? null, body_padding: bodyKey?.padding ?? null }
  const set = { ...given, ...key }
  if (Object.keys(set).length === 0) return
  await write.updateTable('subscription').set(set).where('id', '=', id).execute()
}

/** Stops sending; what is recorded from now on waits. */
export async function pauseSubscription(write: Write, id: string, now: number): Promise<void> {
  await write
    .updateTable('subscription')
    .set({ state: 'Paused', pause_reason: 'asked', paused_at: now })
    .where('id', '=', id)
    .where('state', '=', 'Active')
    .execute()
}

/**
 * Starts sending again as if nothing had failed. `send`: what waits goes, and what was given up since it began to fail
 * goes before it, in the order it had; `skip`: what waits is not wanted any more, and stays in the log.
 */
export async function resumeSubscription(
  write: Write,
  row: Pick<SubscriptionRow, 'id' | 'failing_since' | 'paused_at'>,
  missed: 'send' | 'skip',
  now: number,
): Promise<{ queued: number; skipped: number }> {
  const skipped = missed === 'skip' ? await skipWaiting(write, row.id, now) : 0
  if (missed === 'send') await takeUpAgain(write, row.id, row.failing_since ?? row.paused_at ?? now)
  await write
    .updateTable('subscription')
    .set({
      state: 'Active',
      pause_reason: null,
      paused_at: null,
      failures: 0,
      failing_since: null,
      breaker_until: null,
      breaker_trips: 0,
      ladder_step: 0,
    })
    .where('id', '=', row.id)
    .execute()
  await openWaitingLanes(write, row.id, now)
  await hurryLanes(write, row.id, now)
  return { queued: await countPending(write, row.id), skipped }
}

async function skipWaiting(write: Write, id: string, now: number): Promise<number> {
  const { numUpdatedRows } = await write
    .updateTable('delivery')
    .set({ state: 'skipped', settled_at: now })
    .where('subscription_id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** What was given up since then. They keep their place: lower numbers go first in their lane. */
async function takeUpAgain(write: Write, id: string, since: number): Promise<void> {
  await write
    .updateTable('delivery')
    .set({ state: 'pending', attempts: 0, settled_at: null, kind: 'replay' })
    .where('subscription_id', '=', id)
    .where('state', '=', 'parked')
    .where('settled_at', '>=', since)
    .execute()
}

/** Every lane something waits in is due, also one that was drained. */
async function openWaitingLanes(write: Write, id: string, now: number): Promise<void> {
  await sql`
    insert into lane (subscription_id, lane, due_at, claim, generation, failures)
    select distinct subscription_id, lane, cast(${now} as bigint), cast(null as text), 1, 0 from delivery
    where subscription_id = ${id} and state = 'pending'
    on conflict (subscription_id, lane) do update
    set generation = lane.generation + 1, due_at = coalesce(lane.due_at, excluded.due_at), failures = 0`.execute(
    write,
  )
}

async function countPending(write: Write, id: string): Promise<number> {
  const row = await write
    .selectFrom('delivery')
    .select(sql<number>`count(*)`.as('n'))
    .where('subscription_id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return row?.n ?? 0
}

/** Removes it with its log; answers how many deliveries were still waiting. */
export async function removeSubscription(write: Write, id: string): Promise<number> {
  const dropped = await countPending(write, id)
  await write.deleteFrom('subscription').where('id', '=', id).execute()
  return dropped
}

/** Forgets secrets whose overlap has ended; answers how many. */
export async function forgetOldSecrets(write: Write, now: number): Promise<number> {
  const { numUpdatedRows } = await write
    .updateTable('subscription')
    .set({ secret_before: null, secret_before_until: null })
    .where('secret_before_until', '<=', now)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
