import { sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { forUpdateSkipLocked, rowsFromJson } from '#platform/database/dialect.ts'
import type { Write } from '../store/index.ts'
import { isOutage, type Outcome } from './backoff.ts'

/** One attempt that ended, and what it makes of its delivery. */
export interface SettledAttempt {
  readonly deliveryId: number
  readonly subscriptionId: string
  /** From 1. */
  readonly number: number
  readonly startedAt: number
  readonly durationMs: number
  readonly status: number | null
  readonly outcome: Outcome
  readonly error: string | null
  /** Cut and redacted. */
  readonly response: string | null
  readonly state: 'pending' | 'delivered' | 'parked'
  /** The receiver wants no more at all. */
  readonly pause: boolean
}

/** A lane to be given back. `dueAt` null: everything fetched is done, and the lane is drained unless something came. */
export interface ReleasedLane {
  readonly subscriptionId: string
  readonly lane: string
  readonly claim: string
  readonly until: number
  readonly generation: number
  readonly failures: number
  readonly dueAt: number | null
}

/** Failures in a row after which one success counts as "back again". */
const outageFailures = 5

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
  } as const
  // Joined, because a delivery may have gone meanwhile, with the simulated terminal it came from.
  await sql`
    insert into attempt (delivery_id, number, started_at, duration_ms, status, outcome, error, response)
    select d.id, given.number, given."startedAt", given."durationMs", given.status, given.outcome, given.error, given.response
    from ${rowsFromJson(dialect, columns, attempts)} as given
    join delivery d on d.id = given."deliveryId" where true`.execute(trx)
  const states = attempts.map(({ deliveryId, number, state }) => ({ deliveryId, number, state }))
  await sql`
    update delivery set state = given.state, attempts = given.number,
      settled_at = case when given.state = 'pending' then null else cast(${now} as bigint) end
    from ${rowsFromJson(dialect, { deliveryId: 'integer', number: 'integer', state: 'text' }, states)} as given
    where delivery.id = given."deliveryId" and delivery.state = 'pending'`.execute(trx)
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
  } as const
  const { rows } = await sql<{ s: string; l: string }>`
    with picked as materialized (
      select l.subscription_id, l.lane, given.generation, given.failures, given."dueAt" as due_at
      from ${rowsFromJson(dialect, columns, lanes)} as given
      join lane l on l.subscription_id = given."subscriptionId" and l.lane = given.lane
      where l.claim = given.claim ${forUpdateSkipLocked(dialect)})
    update lane set claim = null, failures = picked.failures,
      due_at = case when picked.due_at is not null then picked.due_at
        when lane.generation = picked.generation then null else cast(${now} as bigint) end
    from picked where lane.subscription_id = picked.subscription_id and lane.lane = picked.lane
    returning lane.subscription_id as s, lane.lane as l`.execute(trx)
  return new Set(rows.map(({ s, l }) => laneKey(s, l)))
}

export function laneKey(subscriptionId: string, lane: string): string {
  return `${subscriptionId}\n${lane}`
}

/**
 * Counts and stamps per subscription, and pauses one that answered 410. Where a receiver had been away and is back,
 * its waiting lanes become due now instead of hours later. `failuresBefore`: in a row, before these attempts.
 */
export async function settleHealth(
  trx: Write,
  dialect: DialectName,
  attempts: readonly SettledAttempt[],
  failuresBefore: (subscriptionId: string) => number,
  now: number,
): Promise<void> {
  const bySubscription = Map.groupBy(attempts, attempt => attempt.subscriptionId)
  // In order of id, so that two processes never wait for each other.
  for (const [id, own] of [...bySubscription].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await writeHealth(trx, id, own)
    const isBack = own.some(({ outcome }) => outcome === 'delivered')
    if (isBack && failuresBefore(id) >= outageFailures) await recallLanes(trx, dialect, id, now)
  }
}

async function writeHealth(trx: Write, id: string, attempts: readonly SettledAttempt[]): Promise<void> {
  const lastSuccess = attempts.findLastIndex(({ outcome }) => outcome === 'delivered')
  const failed = attempts.slice(lastSuccess + 1)
  const outages = failed.filter(({ outcome }) => isOutage(outcome)).length
  const firstFailure = failed[0]
  const lastFailure = attempts.findLast(({ outcome }) => outcome !== 'delivered')
  const delivered = attempts.filter(({ outcome }) => outcome === 'delivered').length
  const succeeded = lastSuccess >= 0
  await trx
    .updateTable('subscription')
    .set(({ eb, fn, ref, val }) => ({
      delivered: eb('delivered', '+', delivered),
      failures: succeeded ? outages : eb('failures', '+', outages),
      ...(succeeded
        ? { failing_since: firstFailure?.startedAt ?? null, last_success_at: endOf(attempts[lastSuccess]) }
        : { failing_since: fn.coalesce(ref('failing_since'), val(firstFailure?.startedAt ?? null)) }),
      ...(lastFailure ? { last_error: lastFailure.error, last_error_at: endOf(lastFailure) } : {}),
      ...(attempts.some(({ pause }) => pause) ? { state: 'Paused' } : {}),
    }))
    .where('id', '=', id)
    .execute()
}

function endOf(attempt: SettledAttempt | undefined): number | null {
  return attempt ? attempt.startedAt + attempt.durationMs : null
}

async function recallLanes(
  trx: Write,
  dialect: DialectName,
  subscriptionId: string,
  now: number,
): Promise<void> {
  await sql`
    with picked as materialized (
      select subscription_id, lane from lane
      where subscription_id = ${subscriptionId} and due_at is not null and due_at > ${now} and claim is null
      ${forUpdateSkipLocked(dialect)})
    update lane set due_at = ${now} from picked
    where lane.subscription_id = picked.subscription_id and lane.lane = picked.lane`.execute(trx)
}
