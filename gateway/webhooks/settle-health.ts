import { sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { forUpdateSkipLocked } from '#platform/database/dialect.ts'
import type { Write } from '../store/index.ts'
import { afterAttempts, type Breaker, closed, outageFailures } from './breaker.ts'
import { count, emptyFigures } from './figures.ts'
import { raiseIssues } from './issues.ts'
import type { SettledAttempt } from './settle.ts'
import { addFigures } from './stats.ts'

interface HealthTerms {
  readonly now: number
  readonly random: () => number
  /** As last read, before these attempts. */
  readonly breakerBefore: (subscriptionId: string) => Breaker | undefined
}

/**
 * Counts and stamps per subscription, moves its breaker, and pauses one that answered 410. Where a receiver had been
 * away and is back, its waiting lanes become due now instead of hours later. Answers the breakers as they are now.
 */
export async function settleHealth(
  trx: Write,
  dialect: DialectName,
  attempts: readonly SettledAttempt[],
  { now, random, breakerBefore }: HealthTerms,
): Promise<ReadonlyMap<string, Breaker>> {
  const bySubscription = Map.groupBy(attempts, attempt => attempt.subscriptionId)
  const after = new Map<string, Breaker>()
  // In order of id, so that two processes never wait for each other.
  for (const [id, own] of [...bySubscription].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = breakerBefore(id) ?? closed
    const outcomes = own.map(({ outcome }) => outcome)
    const breaker = afterAttempts(before, outcomes, now, random)
    after.set(id, breaker)
    await writeHealth(trx, id, own, breaker, now)
    if (outcomes.includes('delivered') && before.failures >= outageFailures)
      await recallLanes(trx, dialect, id, now)
  }
  await raiseIssues(trx, attempts)
  await addFigures(trx, figuresOf(bySubscription), now)
  return after
}

function figuresOf(bySubscription: ReadonlyMap<string, readonly SettledAttempt[]>) {
  return [...bySubscription].map(([id, own]) => {
    const figures = emptyFigures()
    for (const { durationMs, outcome } of own) count(figures, durationMs, outcome !== 'delivered')
    return { id, figures }
  })
}

async function writeHealth(
  trx: Write,
  id: string,
  attempts: readonly SettledAttempt[],
  breaker: Breaker,
  now: number,
): Promise<void> {
  const lastSuccess = attempts.findLastIndex(({ outcome }) => outcome === 'delivered')
  const firstFailure = attempts[lastSuccess + 1]
  const lastFailure = attempts.findLast(({ outcome }) => outcome !== 'delivered')
  const delivered = attempts.filter(({ outcome }) => outcome === 'delivered').length
  const succeeded = lastSuccess >= 0
  const isGone = attempts.some(({ pause }) => pause)
  await trx
    .updateTable('subscription')
    .set(({ eb, fn, ref, val }) => ({
      delivered: eb('delivered', '+', delivered),
      failures: breaker.failures,
      breaker_trips: breaker.trips,
      breaker_until: breaker.until,
      ...(succeeded
        ? { failing_since: firstFailure?.startedAt ?? null, last_success_at: endOf(attempts[lastSuccess]) }
        : { failing_since: fn.coalesce(ref('failing_since'), val(firstFailure?.startedAt ?? null)) }),
      ...(lastFailure ? { last_error: lastFailure.error, last_error_at: endOf(lastFailure) } : {}),
      ...(isGone ? { state: 'Paused', pause_reason: 'gone', paused_at: now } : {}),
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
        and lane not like '%!'
      ${forUpdateSkipLocked(dialect)})
    update lane set due_at = ${now} from picked
    where lane.subscription_id = picked.subscription_id and lane.lane = picked.lane`.execute(trx)
}
