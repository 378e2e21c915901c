import type { EventBody } from '#contract/events.ts'
import type { GatewayDeps } from '../../deps.ts'
import type { Write } from '../../store/index.ts'
import { readEvents } from '../../store/webhooks.ts'
import { recordEvents } from '../outbox.ts'
import { jobProgress } from '../shown-jobs.ts'
import { peopleAfter } from './people-source.ts'
import { queueCopies, queueOutbox, requeue } from './queue.ts'
import { parkedAfter, punchesAfter, unheardAfter, untoldPunchesAfter } from './sources.ts'
import { type JobRow, type Part, type Spec, specOf } from './spec.ts'
import { proveArrived, proveSource } from './verify.ts'

type JobDeps = Pick<GatewayDeps, 'store' | 'clock' | 'log' | 'wakeDelivery'>

/** Deliveries a step puts in at most, and that may wait of one job: memory and outbox stay small however long it is. */
const partMax = 500
const waitingMax = 1000

/** Takes each bulk job a step further. Called twice a second; what a restart interrupts goes on where it was. */
export async function advanceJobs(deps: JobDeps): Promise<void> {
  const jobs = await deps.store.read
    .selectFrom('webhook_job')
    .selectAll()
    .where('state', 'in', ['running', 'verifying'])
    .orderBy('id')
    .execute()
  for (const job of jobs) {
    try {
      await advance(deps, job)
    } catch (error) {
      deps.log.error({ err: error, jobId: job.id }, 'a bulk job stopped for a moment; it is tried again')
    }
  }
}

async function advance(deps: JobDeps, job: JobRow): Promise<void> {
  if (job.subscription_id === null) return
  const { pending, delivered, parked } = await jobProgress(deps.store.read, job.id)
  await tell(deps, job, delivered + parked)
  if (job.state === 'verifying') {
    if (pending === 0) await conclude(deps, job)
    return
  }
  const now = deps.clock.now()
  const due = Math.floor((job.per_second * (now - job.started_at)) / 1000) + 1 - job.queued
  // After a standstill it goes at its rate again, not all at once.
  const size = Math.min(due, Math.ceil(job.per_second), partMax, waitingMax - pending)
  if (size <= 0) return
  const spec = specOf(job)
  await deps.store.write(async write => {
    const part = await nextPart(deps, write, job, spec, size)
    const state = part.done ? 'verifying' : 'running'
    await write
      .updateTable('webhook_job')
      .set({ queued: job.queued + part.queued, position: part.position, state })
      .where('id', '=', job.id)
      .where('state', '=', 'running')
      .execute()
  })
  deps.wakeDelivery()
}

async function nextPart(
  { store, clock }: JobDeps,
  write: Write,
  job: JobRow,
  spec: Spec,
  size: number,
): Promise<Part> {
  const { dialect } = store
  const into = { subscriptionId: job.subscription_id ?? '', jobId: job.id, now: clock.now() }
  if (job.kind === 'failed') {
    const { rows, position } = await parkedAfter(write, into.subscriptionId, spec, job.position, size)
    await requeue(write, dialect, rows, into)
    return { queued: rows.length, position, done: rows.length < size }
  }
  if (job.kind === 'missed') return missedPart(write, dialect, job, spec, into, size)
  const part =
    job.kind === 'punches'
      ? await punchesAfter(write, spec, job.position, size)
      : await peopleAfter(write, spec, job.id, job.position, size)
  await queueCopies(write, dialect, part.rows, into)
  return { queued: part.rows.length, position: part.position, done: part.done }
}

/** First the punches nobody was ever told of, then what others were told; each from its own place. */
async function missedPart(
  write: Write,
  dialect: JobDeps['store']['dialect'],
  job: JobRow,
  spec: Spec,
  into: { subscriptionId: string; jobId: number; now: number },
  size: number,
): Promise<Part> {
  const subscription = await write
    .selectFrom('subscription')
    .select('events')
    .where('id', '=', into.subscriptionId)
    .executeTakeFirst()
  const events = subscription ? readEvents(subscription.events) : []
  const [phase = 'p', at = '0'] = job.position === '' ? [] : job.position.split(':')
  if (phase === 'p' && events.includes('OnAttendance')) {
    const part = await untoldPunchesAfter(write, spec, Number(at), size)
    await queueCopies(write, dialect, part.events, into)
    return { queued: part.events.length, position: part.done ? 'o:0' : `p:${part.last}`, done: false }
  }
  const rows = await unheardAfter(
    write,
    { subscriptionId: into.subscriptionId, events, spec },
    phase === 'o' ? Number(at) : 0,
    size,
  )
  await queueOutbox(write, dialect, rows, into)
  return { queued: rows.length, position: `o:${rows.at(-1)?.id ?? at}`, done: rows.length < size }
}

/** Every tenth of the way, to those who listen to OnMigration. */
async function tell({ store, clock, wakeDelivery }: JobDeps, job: JobRow, settled: number): Promise<void> {
  if (job.kind !== 'punches' && job.kind !== 'users') return
  const percent = job.total === 0 ? 0 : Math.min(99, Math.floor((settled * 100) / job.total))
  const step = Math.floor(percent / 10) * 10
  if (step <= job.told) return
  await store.write(async write => {
    await write.updateTable('webhook_job').set({ told: step }).where('id', '=', job.id).execute()
    const status = step === 0 ? 'Not Started' : 'In Progress'
    await recordEvents(write, [migrationEvent(job, status, step, clock.now())], clock)
  })
  wakeDelivery()
}

async function conclude({ store, clock, wakeDelivery }: JobDeps, job: JobRow): Promise<void> {
  const isCopy = job.kind === 'punches' || job.kind === 'users'
  const source = isCopy ? await proveSource(store.read, job, specOf(job)) : null
  const arrived = isCopy ? await proveArrived(store.read, job.id) : null
  const isEqual = source === null || arrived === null || source.hash === arrived.hash
  const now = clock.now()
  await store.write(async write => {
    await write
      .updateTable('webhook_job')
      .set({
        state: isEqual ? 'done' : 'failed',
        ended_at: now,
        // What was counted at the start may have grown less by what was removed since; the proof is over what is there.
        ...(source === null ? {} : { total: source.count, source_hash: source.hash }),
        ...(arrived === null ? {} : { arrived: arrived.count, arrived_hash: arrived.hash }),
        error: isEqual
          ? null
          : `${arrived?.count ?? 0} of ${source?.count ?? 0} arrived; look at the deliveries of this job`,
      })
      .where('id', '=', job.id)
      .where('state', '=', 'verifying')
      .execute()
    if (isCopy)
      await recordEvents(
        write,
        [migrationEvent(job, isEqual ? 'Completed' : 'Failed', isEqual ? 100 : job.told, now)],
        clock,
      )
  })
  wakeDelivery()
}

/** Progress of a copy as it is told. */
export function migrationEvent(
  job: Pick<JobRow, 'id'> & { readonly spec: string },
  status: EventBody<'OnMigration'>['Status'],
  percent: number,
  now: number,
): EventBody<'OnMigration'> {
  return {
    Event: 'OnMigration',
    OperationID: `m${job.id}-${status.replace(' ', '').toLowerCase()}-${percent}`,
    OccurredAt: new Date(now).toISOString(),
    JobID: String(job.id),
    DeviceSN: specOf(job).targetSn,
    Status: status,
    Progress: Math.max(0, percent),
  }
}
