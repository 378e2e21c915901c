import { sql } from 'kysely'
import type { z } from 'zod'
import type { WebhookJob } from '#contract/entities/delivery.ts'
import { toIso } from '../store/devices.ts'
import type { Reader } from '../store/index.ts'
import { type JobRow, specOf } from './jobs/spec.ts'

interface Progress {
  readonly pending: number
  readonly delivered: number
  readonly parked: number
}

/** What became of a job's deliveries so far. */
export async function jobProgress(reader: Reader, jobId: number): Promise<Progress> {
  const rows = await reader
    .selectFrom('delivery')
    .select(['state', sql<number>`count(*)`.as('n')])
    .where('job_id', '=', jobId)
    .groupBy('state')
    .execute()
  const of = (state: string) => rows.find(row => row.state === state)?.n ?? 0
  return { pending: of('pending'), delivered: of('delivered'), parked: of('parked') + of('skipped') }
}

/** Jobs, those under way first, then the newest; at most 100. */
export async function findJobs(
  reader: Reader,
  filter: {
    readonly subscriptionId?: string | undefined
    readonly tokenId: number | null
    readonly id?: number
  },
): Promise<JobRow[]> {
  return reader
    .selectFrom('webhook_job')
    .selectAll('webhook_job')
    .$if(filter.id !== undefined, query => query.where('webhook_job.id', '=', filter.id ?? 0))
    .$if(filter.subscriptionId !== undefined, query =>
      query.where('webhook_job.subscription_id', '=', filter.subscriptionId ?? ''),
    )
    .$if(filter.tokenId !== null, query =>
      query.where('webhook_job.subscription_id', 'in', inner =>
        inner
          .selectFrom('subscription')
          .select('subscription.id')
          .where('token_id', '=', filter.tokenId ?? 0),
      ),
    )
    .orderBy(sql`case when webhook_job.state in ('running', 'verifying') then 0 else 1 end`)
    .orderBy('webhook_job.id', 'desc')
    .limit(100)
    .execute()
}

const kinds = { failed: 'Failed', missed: 'Missed', punches: 'Punches', users: 'Users' } as const
const states = {
  running: 'Running',
  verifying: 'Verifying',
  done: 'Done',
  cancelled: 'Cancelled',
  failed: 'Failed',
} as const

/** A job as the contract shows it. */
export async function shownJob(reader: Reader, row: JobRow): Promise<z.output<typeof WebhookJob>> {
  const spec = specOf(row)
  const own =
    spec.targetSn === null
      ? await jobProgress(reader, row.id)
      : { pending: 0, delivered: row.arrived ?? 0, parked: 0 }
  const isOver = row.ended_at !== null
  const settled = own.delivered + own.parked
  const left = Math.max(0, row.total - settled)
  const isCopy = row.kind === 'punches' || row.kind === 'users'
  return {
    JobID: String(row.id),
    SubscriptionID: row.subscription_id,
    TargetDeviceSN: spec.targetSn,
    Kind: kinds[row.kind as keyof typeof kinds] ?? 'Failed',
    State: states[row.state as keyof typeof states] ?? 'Failed',
    // An estimate may have been less than there was.
    Total: Math.max(row.total, row.queued),
    Queued: row.queued,
    Delivered: own.delivered,
    Failed: own.parked,
    PerSecond: row.per_second,
    Percent:
      row.total === 0 ? 100 : Math.min(100, Math.floor((settled * 100) / Math.max(row.total, row.queued))),
    StartedAt: new Date(row.started_at).toISOString(),
    EndedAt: toIso(row.ended_at),
    SecondsLeft: isOver ? null : Math.ceil(left / row.per_second),
    SourceHash: row.source_hash,
    ArrivedCount: row.arrived,
    ArrivedHash: row.arrived_hash,
    Equal:
      isCopy && row.source_hash !== null && row.arrived_hash !== null
        ? row.source_hash === row.arrived_hash
        : null,
    Error: row.error,
  }
}
