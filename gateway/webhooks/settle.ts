import { sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { forUpdateSkipLocked, rowsFromJson } from '#platform/database/dialect.ts'
import type { Write } from '../store/index.ts'
import type { Sent } from './deliver.ts'
import { asideLane } from './lane-of.ts'

/** One attempt that ended, and what it makes of its delivery. */
export interface SettledAttempt extends Omit<Sent, 'retryAfterMs'> {
  readonly deliveryId: number
  readonly subscriptionId: string
  readonly lane: string
  /** From 1. */
  readonly number: number
  /** From being put into the outbox to the end of this attempt. */
  readonly waitedMs: number
  /** The first try of a live event: what `waitedMs` of it says is the latency of delivery. */
  readonly isFirst: boolean
  readonly state: 'pending' | 'delivered' | 'parked'
  /** The receiver wants no more at all. */
  readonly pause: boolean
  /** Not null: it leaves the lane and is tried again by itself then, because the receiver took what is behind it. */
  readonly asideUntil: number | null
}

/** A lane to be given back. `dueAt` null: everything fetched is done, and the lane is drained unless something came. */
export interface ReleasedLane {
  readonly subscriptionId: string
  readonly lane: string
  readonly claim: string
  readonly until: number
  readonly generation: number
  readonly failures: number
  /** As it was claimed. */
  readonly long: boolean
  /** Its run left more than it could take. */
  readonly hasMore: boolean
  readonly dueAt: number | null
}

/** Writes attempts and the state of their deliveries: two statements for any number. */
export async function settleAttempts(
  trx: Write,
  dialect: DialectName,
  attempts: readonly SettledAttempt[],
  now: number,
): Promise<void> {
  if (attempts.length === 0) return
  const columns = {
    deliveryId: 'integer',
    number: 'integer',
    startedAt: 'integer',
    durationMs: 'integer',
    status: 'integer',
    outcome: 'text',
    error: 'text',
    response: 'text',
    timing: 'text',
    url: 'text',
    format: 'text',
    headers: 'text',
  } as const
  // Joined, because a delivery may have gone meanwhile, with the simulated terminal it came from.
  await sql`
    insert into attempt
      (delivery_id, number, started_at, duration_ms, status, outcome, error, response, timing, url, format, headers)
    select d.id, given.number, given."startedAt", given."durationMs", given.status, given.outcome, given.error,
      given.response, given.timing, given.url, given.format, given.headers
    from ${rowsFromJson(dialect, columns, attempts)} as given
    join delivery d on d.id = given."deliveryId" where true`.execute(trx)
  await settleDeliveries(trx, dialect, attempts, now)
  await setAside(trx, dialect, attempts)
}

async function settleDeliveries(
  trx: Write,
  dialect: DialectName,
  attempts: readonly SettledAttempt[],
  now: number,
): Promise<void> {
  const states = attempts.map(({ deliveryId, number, state, status, outcome, error, ...rest }) => ({
    deliveryId,
    number,
    state,
    status,
    outcome,
    error,
    ms: rest.durationMs,
    at: rest.startedAt + rest.durationMs,
    lane: rest.asideUntil === null ? null : asideLane(rest.lane, deliveryId),
  }))
  const columns = {
    deliveryId: 'integer',
    number: 'integer',
    state: 'text',
    status: 'integer',
    outcome: 'text',
    error: 'text',
    ms: 'integer',
    at: 'integer',
    lane: 'text',
  } as const
  await sql`
    update delivery set state = given.state, attempts = given.number, last_status = given.status,
      last_outcome = given.outcome, last_error = given.error, last_ms = given.ms, last_at = given.at,
      lane = coalesce(given.lane, delivery.lane),
      settled_at = case when given.state = 'pending' then null else cast(${now} as bigint) end
    from ${rowsFromJson(dialect, columns, states)} as given
    where delivery.id = given."deliveryId" and delivery.state = 'pending'`.execute(trx)
}

/** Lanes of their own for events the receiver chokes on, so that what is behind them goes on. */
async function setAside(
  trx: Write,
  dialect: DialectName,
  attempts: readonly SettledAttempt[],
): Promise<void> {
  const lanes = attempts.flatMap(({ asideUntil, ...of }) =>
    asideUntil === null
      ? []
      : [{ s: of.subscriptionId, l: asideLane(of.lane, of.deliveryId), at: asideUntil, n: of.number }],
  )
  if (lanes.length === 0) return
  await sql`
    insert into lane (subscription_id, lane, due_at, claim, generation, failures)
    select s, l, at, null, 1, n
    from ${rowsFromJson(dialect, { s: 'text', l: 'text', at: 'integer', n: 'integer' }, lanes)} as given where true
    on conflict (subscription_id, lane) do update set due_at = excluded.due_at`.execute(trx)
}

/**
 * Gives lanes back and answers the keys of those given back. One that a recording transaction holds is left for the
 * next time instead of being waited for, so a slow writer never holds up deliveries and nobody can deadlock.
 */
export async function releaseLanes(
  trx: Write,
  dialect: DialectName,
  lanes: readonly ReleasedLane[],
  now: number,
): Promise<ReadonlySet<string>> {
  if (lanes.length === 0) return new Set()
  const columns = {
    subscriptionId: 'text',
    lane: 'text',
    claim: 'text',
    generation: 'integer',
    failures: 'integer',
    dueAt: 'integer',
    backlog: 'integer',
  } as const
  const given = lanes.map(lane => ({ ...lane, backlog: lane.hasMore ? 1 : 0 }))
  const { rows } = await sql<{ s: string; l: string }>`
    with picked as materialized (
      select l.subscription_id, l.lane, given.generation, given.failures, given."dueAt" as due_at, given.backlog
      from ${rowsFromJson(dialect, columns, given)} as given
      join lane l on l.subscription_id = given."subscriptionId" and l.lane = given.lane
      where l.claim = given.claim ${forUpdateSkipLocked(dialect)})
    update lane set claim = null, failures = picked.failures, long = picked.backlog,
      due_at = case when picked.due_at is not null then picked.due_at
        when lane.generation = picked.generation then null else cast(${now} as bigint) end
    from picked where lane.subscription_id = picked.subscription_id and lane.lane = picked.lane
    returning lane.subscription_id as s, lane.lane as l`.execute(trx)
  return new Set(rows.map(({ s, l }) => laneKey(s, l)))
}

export function laneKey(subscriptionId: string, lane: string): string {
  return `${subscriptionId}\n${lane}`
}
