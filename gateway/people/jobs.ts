import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { PeopleJob } from '#contract/entities/people.ts'
import type { EventBody } from '#contract/events.ts'
import type { GatewayDeps } from '../deps.ts'
import { toIso } from '../store/devices.ts'
import type { Reader, Write } from '../store/index.ts'
import type { PeopleJobTable } from '../store/schema-people.ts'
import { recordEvents } from '../webhooks/outbox.ts'

export type JobRow = Selectable<PeopleJobTable>
export type JobKind = z.output<typeof PeopleJob>['Kind']

const rowsAtOnce = 500

export interface JobPair {
  readonly employee_code: string
  readonly sn: string
  /** Wanted there only because of this job. */
  readonly fresh: boolean
}

/** Writes a job down, in the caller's transaction; its pairs are done as terminals come in step. */
export async function startJob(
  write: Write,
  about: { kind: JobKind; title: string; actor: string | null; at: number },
  pairs: readonly JobPair[],
): Promise<string> {
  const id = randomUUID()
  await write
    .insertInto('people_job')
    .values({
      id,
      kind: about.kind,
      state: 'Running',
      title: about.title,
      total: pairs.length,
      actor: about.actor,
      started_at: about.at,
      ended_at: null,
      told: -1,
    })
    .execute()
  for (let from = 0; from < pairs.length; from += rowsAtOnce)
    await write
      .insertInto('people_job_pair')
      .values(
        pairs.slice(from, from + rowsAtOnce).map(({ employee_code, sn, fresh }) => ({
          job_id: id,
          employee_code,
          sn,
          outcome: 'open',
          fresh: fresh ? 1 : 0,
        })),
      )
      .execute()
  return id
}

/** A pair has come to its end: every job that waited for it knows. */
export async function closeJobPairs(
  write: Write,
  code: string,
  sn: string,
  outcome: 'done' | 'trouble' | 'cancelled',
): Promise<void> {
  await write
    .updateTable('people_job_pair')
    .set({ outcome })
    .where('employee_code', '=', code)
    .where('sn', '=', sn)
    .where('outcome', 'in', outcome === 'done' ? ['open', 'trouble'] : ['open'])
    .execute()
}

/** A pair will not get there by waiting; its jobs need not wait for it. Should it come right later, they will say so. */
export function jobTrouble(write: Write, code: string, sn: string): Promise<void> {
  return closeJobPairs(write, code, sn, 'trouble')
}

/** Tells how far running jobs are, and ends those that are. Answers how many were told of. */
export async function sweepJobs(deps: GatewayDeps): Promise<number> {
  const running = await deps.store.read
    .selectFrom('people_job')
    .selectAll()
    .where('state', '=', 'Running')
    .limit(100)
    .execute()
  let told = 0
  for (const job of running) {
    const counts = (await countJobs(deps.store.read, [job.id])).get(job.id) ?? noCounts
    const progress = progressOf(job, counts)
    const isOver = counts.open === 0
    if (!isOver && progress === job.told) continue
    await deps.store.write(async write => {
      const state = !isOver ? 'Running' : counts.trouble > 0 ? 'DoneWithTroubles' : 'Done'
      const changed = await write
        .updateTable('people_job')
        .set({ state, told: progress, ended_at: isOver ? deps.clock.now() : null })
        .where('id', '=', job.id)
        .where('state', '=', 'Running')
        .executeTakeFirst()
      if (Number(changed.numUpdatedRows) === 0) return
      await recordEvents(write, [jobEvent(job, state, progress, deps.clock.now())], deps.clock)
    })
    told += 1
  }
  if (told > 0) deps.wakeDelivery()
  return told
}

function jobEvent(job: JobRow, state: string, progress: number, now: number): EventBody<'OnMigration'> {
  return {
    Event: 'OnMigration',
    OperationID: `job-${job.id}-${state === 'Running' ? progress : 'end'}`,
    OccurredAt: new Date(now).toISOString(),
    JobID: job.id,
    DeviceSN: null,
    Status: state === 'Running' ? 'In Progress' : state === 'DoneWithTroubles' ? 'Failed' : 'Completed',
    Progress: progress,
  }
}

export interface JobCounts {
  readonly done: number
  readonly open: number
  readonly trouble: number
  readonly cancelled: number
}

const noCounts: JobCounts = { done: 0, open: 0, trouble: 0, cancelled: 0 }

/** How the pairs of jobs stand. */
export async function countJobs(reader: Reader, ids: readonly string[]): Promise<Map<string, JobCounts>> {
  if (ids.length === 0) return new Map()
  const rows = await reader
    .selectFrom('people_job_pair')
    .select(['job_id', 'outcome', sql<number>`count(*)`.as('count')])
    .where('job_id', 'in', ids)
    .groupBy(['job_id', 'outcome'])
    .execute()
  const found = new Map<string, JobCounts>()
  for (const { job_id, outcome, count } of rows)
    found.set(job_id, { ...(found.get(job_id) ?? noCounts), [outcome]: Number(count) })
  return found
}

function progressOf(job: Pick<JobRow, 'total'>, counts: JobCounts): number {
  if (job.total === 0) return 100
  return Math.floor((100 * (job.total - counts.open)) / job.total)
}

/** The contract's job, without its terminals. */
export function jobEntity(job: JobRow, counts: JobCounts = noCounts): z.output<typeof PeopleJob> {
  const State = job.state as z.output<typeof PeopleJob>['State']
  return {
    JobID: job.id,
    Kind: job.kind as JobKind,
    State: State === 'DoneWithTroubles' && counts.trouble === 0 ? 'Done' : State,
    Title: job.title,
    Total: job.total,
    InStep: counts.done,
    Waiting: counts.open,
    Troubles: counts.trouble,
    Progress: progressOf(job, counts),
    StartedAt: new Date(job.started_at).toISOString(),
    EndedAt: toIso(job.ended_at),
    Actor: job.actor,
    Terminals: [],
  }
}

/** "1 person", "12 people": for titles of jobs. */
export function countedPeople(count: number): string {
  return `${count} ${count === 1 ? 'person' : 'people'}`
}
