import { sql } from 'kysely'
import type { z } from 'zod'
import { Acknowledgement, CallbackFormat, type Subscription } from '#contract/entities/subscription.ts'
import { toIso } from '../store/devices.ts'
import type { Reader } from '../store/index.ts'
import { dashboardCallbackLabel } from '../store/tokens.ts'
import { hideQueryValues, readDevices, readEvents, type SubscriptionRow } from '../store/webhooks.ts'
import { breakerState } from './breaker.ts'
import { quantileMs } from './figures.ts'
import { countOpenIssues } from './issues.ts'
import { figuresSince, type HealthSlot, summed } from './stats.ts'

export type SubscriptionEntity = z.output<typeof Subscription>

type Overview = SubscriptionRow & {
  pending: number
  parked: number
  oldest: number | null
  last_seq: number | null
  token_label: string | null
}

interface Shown {
  /** null: of every token. */
  readonly tokenId: number | null
  readonly now: number
  readonly id?: string
}

const healthMs = 24 * 3_600_000

/** Subscriptions with their health, oldest first. */
export async function listSubscriptions(
  reader: Reader,
  { tokenId, now, id }: Shown,
): Promise<SubscriptionEntity[]> {
  // The oldest is looked for lane by lane: a seek each, where the whole backlog would be a scan with a row each.
  const { rows } = await sql<Overview>`
    select s.*,
      (select count(*) from delivery d where d.subscription_id = s.id and d.state = 'pending') as pending,
      (select count(*) from delivery d where d.subscription_id = s.id and d.state = 'parked') as parked,
      (select created_at from delivery where id = (
        select min((select min(d.id) from delivery d
          where d.subscription_id = l.subscription_id and d.lane = l.lane and d.state = 'pending'))
        from lane l where l.subscription_id = s.id)) as oldest,
      (select last from webhook_sequence q where q.subscription_id = s.id) as last_seq,
      (select label from token t where t.id = s.token_id) as token_label
    from subscription s
    where (${tokenId ?? -1} = -1 or s.token_id = ${tokenId ?? -1}) and (${id ?? ''} = '' or s.id = ${id ?? ''})
    order by s.created_at, s.id`.execute(reader)
  const [figures, issues] = await Promise.all([
    figuresSince(reader, now - healthMs, healthMs, id),
    countOpenIssues(reader),
  ])
  return rows.map(row =>
    toEntity(row, now, { slots: figures.get(row.id) ?? [], issues: issues.get(row.id) ?? 0 }),
  )
}

/** A bound of the histogram as it is shown; beyond the last one it is -1. */
export function shownMs(bound: number | null): number | null {
  return bound === Number.POSITIVE_INFINITY ? -1 : bound
}

/** True for the subscription by which the dashboard itself is told of events. */
export async function isProtected(reader: Reader, row: Pick<SubscriptionRow, 'token_id'>): Promise<boolean> {
  const token = await reader
    .selectFrom('token')
    .select('label')
    .where('id', '=', row.token_id)
    .executeTakeFirst()
  return token?.label === dashboardCallbackLabel
}

const reasons = { asked: 'Asked', gone: 'Gone', failing: 'Failing' } as const
const breakers = { open: 'Open', 'half-open': 'HalfOpen', closed: 'Closed' } as const

function toEntity(
  row: Overview,
  now: number,
  { slots, issues }: { slots: readonly HealthSlot[]; issues: number },
): SubscriptionEntity {
  const sum = summed(slots)
  const isPaused = row.state === 'Paused'
  const overlap = row.secret_before_until
  return {
    SubscriptionID: row.id,
    CallbackUrl: hideQueryValues(row.url),
    Events: readEvents(row.events),
    DeviceSN: readDevices(row.devices),
    Format: CallbackFormat.parse(row.format),
    Encrypted: row.body_key !== null,
    Acknowledgement: Acknowledgement.parse(row.ack),
    MaxAgeSeconds: row.max_age_ms === null ? null : row.max_age_ms / 1000,
    State: isPaused ? 'Paused' : 'Active',
    Name: row.name,
    Site: readDevices(row.sites),
    EmployeeCode: readDevices(row.people),
    PerSecond: row.rate_per_second,
    Protected: row.token_label === dashboardCallbackLabel,
    PauseReason: isPaused ? (reasons[row.pause_reason as keyof typeof reasons] ?? 'Asked') : null,
    PausedAt: isPaused ? toIso(row.paused_at) : null,
    Breaker: breakers[breakerState(row.breaker_until, now)],
    NextProbeAt: toIso(row.breaker_until),
    FailingSince: toIso(row.failing_since),
    Warnings: row.ladder_step,
    OpenIssues: issues,
    SuccessPercent:
      sum.attempts === 0 ? null : Math.floor(((sum.attempts - sum.failures) * 1000) / sum.attempts) / 10,
    P95Ms: shownMs(quantileMs(sum, 0.95)),
    LastSequence: row.last_seq ?? 0,
    SecretOverlapUntil: overlap !== null && overlap > now ? toIso(overlap) : null,
    SigningPublicKey: row.signing_public === null ? null : `whpk_${row.signing_public}`,
    CreatedAt: new Date(row.created_at).toISOString(),
    Delivered: row.delivered,
    Pending: row.pending,
    Parked: row.parked,
    OldestPendingAt: toIso(row.oldest),
    LastSuccessAt: toIso(row.last_success_at),
    LastErrorAt: toIso(row.last_error_at),
    LastError: row.last_error,
  }
}
