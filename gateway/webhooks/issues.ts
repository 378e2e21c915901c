import { type Selectable, sql } from 'kysely'
import type { Reader, Write } from '../store/index.ts'
import type { WebhookIssueTable } from '../store/schema-console.ts'
import { type EventFamily, familyOf } from './lane-of.ts'
import type { SettledAttempt } from './settle.ts'

export type IssueRow = Selectable<WebhookIssueTable>

/** What makes two failures of a receiver the same. */
export function causeOf({
  outcome,
  status,
  event,
}: Pick<SettledAttempt, 'outcome' | 'status' | 'event'>): string {
  const family: EventFamily = familyOf(event)
  return [outcome, status ?? '', family].join(' ')
}

/** Opens an issue for each receiver and cause, or counts on one; one that was resolved opens again. */
export async function raiseIssues(write: Write, attempts: readonly SettledAttempt[]): Promise<void> {
  const failed = attempts.filter(({ outcome }) => outcome !== 'delivered')
  const groups = Map.groupBy(failed, attempt => `${attempt.subscriptionId}\n${causeOf(attempt)}`)
  for (const own of [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)) {
    const [first] = own
    const last = own.at(-1)
    if (first === undefined || last === undefined) continue
    const at = last.startedAt + last.durationMs
    const detail = last.error?.slice(0, 300) ?? null
    await sql`
      insert into webhook_issue (subscription_id, cause, event, outcome, status, state, detail, times, first_at, last_at,
        snoozed_until, settled_at, settled_by, last_delivery)
      select id, ${causeOf(first)}, ${last.event}, ${last.outcome}, cast(${last.status} as integer), 'open', ${detail},
        cast(${own.length} as bigint), cast(${first.startedAt} as bigint), cast(${at} as bigint),
        null, null, null, cast(${last.deliveryId} as bigint)
      from subscription where id = ${last.subscriptionId}
      on conflict (subscription_id, cause) do update set
        times = webhook_issue.times + excluded.times, last_at = excluded.last_at, detail = excluded.detail,
        event = excluded.event, last_delivery = excluded.last_delivery,
        first_at = case when webhook_issue.state = 'resolved' then excluded.first_at else webhook_issue.first_at end,
        settled_by = case when webhook_issue.state = 'resolved' then null else webhook_issue.settled_by end,
        settled_at = case when webhook_issue.state = 'resolved' then null else webhook_issue.settled_at end,
        state = case when webhook_issue.state = 'resolved' then 'open' else webhook_issue.state end`.execute(
      write,
    )
  }
}

export interface IssueFilter {
  readonly subscriptionId: string | undefined
  /** Tokens of some terminals see their own receivers only; null: everybody's. */
  readonly tokenId: number | null
  readonly states: readonly string[] | undefined
}

/** Issues, those seen last first; at most 500. */
export async function findIssues(
  reader: Reader,
  filter: IssueFilter,
): Promise<(IssueRow & { url: string; name: string | null })[]> {
  return reader
    .selectFrom('webhook_issue')
    .innerJoin('subscription', 'subscription.id', 'webhook_issue.subscription_id')
    .selectAll('webhook_issue')
    .select(['subscription.url', 'subscription.name'])
    .$if(filter.subscriptionId !== undefined, query =>
      query.where('webhook_issue.subscription_id', '=', filter.subscriptionId ?? ''),
    )
    .$if(filter.tokenId !== null, query => query.where('subscription.token_id', '=', filter.tokenId))
    .$if(filter.states !== undefined, query =>
      query.where('webhook_issue.state', 'in', [...(filter.states ?? [])]),
    )
    .orderBy('webhook_issue.last_at', 'desc')
    .limit(500)
    .execute()
}

/** Open issues a receiver has, by subscription. */
export async function countOpenIssues(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader
    .selectFrom('webhook_issue')
    .select(['subscription_id', sql<number>`count(*)`.as('n')])
    .where('state', '=', 'open')
    .groupBy('subscription_id')
    .execute()
  return new Map(rows.map(row => [row.subscription_id, row.n]))
}

/** Sets the state of one; false when there is none. */
export async function setIssue(
  write: Write,
  id: number,
  to: { state: string; snoozedUntil: number | null; actor: string | null; now: number },
): Promise<boolean> {
  const changed = await write
    .updateTable('webhook_issue')
    .set({ state: to.state, snoozed_until: to.snoozedUntil, settled_at: to.now, settled_by: to.actor })
    .where('id', '=', id)
    .returning('id')
    .execute()
  return changed.length > 0
}

/**
 * Resolves issues that are over: their receiver has taken something since, and nothing of it is still being tried
 * again. Wakes those whose snooze has ended. Answers how many resolved.
 */
export async function sweepIssues(write: Write, now: number): Promise<number> {
  await write
    .updateTable('webhook_issue')
    .set({ state: 'open', snoozed_until: null })
    .where('state', '=', 'snoozed')
    .where('snoozed_until', '<=', now)
    .execute()
  const { rows } = await sql<{ id: number }>`
    update webhook_issue set state = 'resolved', settled_at = ${now}, settled_by = null, snoozed_until = null
    where state <> 'resolved' and exists (
      select 1 from subscription s where s.id = webhook_issue.subscription_id and s.last_success_at > webhook_issue.last_at)
    and not exists (
      select 1 from delivery d where d.subscription_id = webhook_issue.subscription_id and d.state = 'pending'
        and d.attempts > 0 and d.last_outcome = webhook_issue.outcome)
    returning id`.execute(write)
  return rows.length
}
