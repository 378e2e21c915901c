import { OperationError } from '#contract/errors.ts'
import type { ParsedInput } from '#contract/types.ts'
import { requirePermission } from '../http/caller.ts'
import { newestPunch } from '../store/punches.ts'
import { readDevices, readEvents, type SubscriptionRow } from '../store/webhooks.ts'
import { cancelJob } from '../webhooks/jobs/cancel.ts'
import { countPeopleAt } from '../webhooks/jobs/people-source.ts'
import { countParked, countPunchesFor, countUnheard, countUntoldPunches } from '../webhooks/jobs/sources.ts'
import { JobSpec, type Spec } from '../webhooks/jobs/spec.ts'
import { findJobs, shownJob } from '../webhooks/shown-jobs.ts'

import type { Call, Handlers } from './handler.ts'
import { peopleJobHandlers } from './people-jobs.ts'
import { readRange } from './range.ts'
import { narrowDevices, requireKnown } from './scope.ts'
import { requireSubscription, visibleToken } from './webhook-scope.ts'

type Replay = Pick<ParsedInput<'webhooks.estimate'>, 'Kind' | 'From' | 'To' | 'PerSecond'>

export const webhookJobHandlers = {
  async 'webhooks.estimate'(input, call) {
    const row = await requireSubscription(call, input.SubscriptionID)
    const spec = await replaySpec(call, row, input)
    const Count = await countReplay(call, row, input.Kind, spec)
    const PerSecond = rateFor(row, input.PerSecond)
    return { status: 200, body: { Count, PerSecond, Seconds: Math.ceil(Count / PerSecond) } }
  },

  async 'webhooks.startReplay'(input, call) {
    const row = await requireSubscription(call, input.SubscriptionID)
    const spec = await replaySpec(call, row, input)
    const total = await countReplay(call, row, input.Kind, spec)
    const kind = input.Kind === 'Failed' ? 'failed' : 'missed'
    const job = await start(call, { row, kind, spec, total, perSecond: rateFor(row, input.PerSecond) })
    return { status: 200, body: { Job: job } }
  },

  async 'webhooks.startMigration'(input, call) {
    const { SubscriptionID, TargetDeviceSN } = input
    if ((SubscriptionID === undefined) === (TargetDeviceSN === undefined))
      throw new OperationError('INVALID_INPUT', {
        field: 'SubscriptionID',
        detail: 'Name a receiver as SubscriptionID or a terminal as TargetDeviceSN, one of them',
      })
    if (SubscriptionID === undefined) return copyToTerminal(call, input, TargetDeviceSN ?? '')
    const row = await requireSubscription(call, SubscriptionID)
    for (const sn of input.DeviceSN ?? []) await requireKnown(call, sn)
    const kind = input.Kind === 'Punches' ? 'punches' : 'users'
    const spec = await copySpec(call, input)
    const { read } = call.deps.store
    const total = kind === 'punches' ? await countPunchesFor(read, spec) : await countPeopleAt(read, spec)
    const job = await start(call, { row, kind, spec, total, perSecond: rateFor(row, input.PerSecond) })
    return { status: 200, body: { Job: job } }
  },

  async 'webhooks.jobs'({ SubscriptionID }, call) {
    const { read } = call.deps.store
    const rows = await findJobs(read, { subscriptionId: SubscriptionID, tokenId: visibleToken(call) })
    return { status: 200, body: { Jobs: await Promise.all(rows.map(row => shownJob(read, row))) } }
  },

  async 'webhooks.cancelJob'({ JobID }, call) {
    const { store, clock } = call.deps
    const [row] = await findJobs(store.read, { tokenId: visibleToken(call), id: Number(JobID) })
    if (!row) throw new OperationError('JOB_NOT_FOUND', { field: 'JobID' })
    await store.write(write => cancelJob(write, row, clock.now()))
    const [after = row] = await findJobs(store.read, { tokenId: null, id: row.id })
    return { status: 200, body: { Job: await shownJob(store.read, after) } }
  },
} satisfies Partial<Handlers>

/**
 * People of one terminal to another, by the commands of CopyUsers: OnMigration tells how far it is, and the list of
 * people's jobs what became of each. Punches are made at terminals and cannot be put on one.
 */
async function copyToTerminal(call: Call, input: ParsedInput<'webhooks.startMigration'>, target: string) {
  requirePermission(call.caller, 'people:write')
  await requireKnown(call, target)
  const [source, ...others] = input.DeviceSN ?? []
  if (input.Kind !== 'Users' || source === undefined || others.length > 0)
    throw new OperationError('INVALID_INPUT', {
      field: input.Kind === 'Users' ? 'DeviceSN' : 'Kind',
      detail: 'To a terminal go people (Kind Users) of one terminal, named as DeviceSN',
    })
  const { body } = await peopleJobHandlers['users.copy'](
    {
      SourceDeviceSN: source,
      TargetDeviceSN: [target],
      ...(input.EmployeeCode === undefined ? {} : { EmployeeCode: input.EmployeeCode }),
      IncludeTemplates: true,
    },
    call,
  )
  const spec = JobSpec.parse({ sns: [source], people: input.EmployeeCode ?? null })
  const total = await countPeopleAt(call.deps.store.read, spec)
  const Job = {
    JobID: body.JobID,
    SubscriptionID: null,
    TargetDeviceSN: target,
    Kind: 'Users' as const,
    State: 'Running' as const,
    Total: total,
    Queued: total,
    Delivered: 0,
    Failed: 0,
    PerSecond: input.PerSecond,
    Percent: 0,
    StartedAt: new Date(call.deps.clock.now()).toISOString(),
    EndedAt: null,
    SecondsLeft: null,
    SourceHash: null,
    ArrivedCount: null,
    ArrivedHash: null,
    Equal: null,
    Error: null,
  }
  return { status: 200 as const, body: { Job } }
}

/** No faster than the receiver is sent to at all. */
function rateFor(row: SubscriptionRow, asked: number): number {
  return row.rate_per_second === null ? asked : Math.min(asked, row.rate_per_second)
}

async function replaySpec({ deps }: Call, row: SubscriptionRow, input: Replay): Promise<Spec> {
  const newestOutbox = await deps.store.read
    .selectFrom('outbox')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  return JobSpec.parse({
    from: Date.parse(input.From),
    to: input.To === undefined ? deps.clock.now() : Date.parse(input.To),
    sns: readDevices(row.devices),
    people: readDevices(row.people),
    sites: readDevices(row.sites),
    newestPunch: await newestPunch(deps.store.read),
    newestOutbox: Number(newestOutbox?.id ?? 0),
  })
}

async function copySpec(call: Call, input: ParsedInput<'webhooks.startMigration'>): Promise<Spec> {
  if (input.Kind === 'Punches' && (input.FromDate === undefined || input.ToDate === undefined))
    throw new OperationError('INVALID_DATE', {
      field: input.FromDate === undefined ? 'FromDate' : 'ToDate',
      detail: 'Say which days of punches: FromDate and ToDate',
    })
  const range =
    input.FromDate === undefined || input.ToDate === undefined
      ? {}
      : toLocal(readRange({ FromDate: input.FromDate, ToDate: input.ToDate }))
  return JobSpec.parse({
    ...range,
    sns: narrowDevices(call, input.DeviceSN),
    people: input.EmployeeCode ?? null,
    newestPunch: await newestPunch(call.deps.store.read),
  })
}

function toLocal({ from, to }: { readonly from: string; readonly to: string }) {
  return { fromLocal: from, toLocal: to }
}

async function countReplay(
  { deps }: Call,
  row: SubscriptionRow,
  kind: Replay['Kind'],
  spec: Spec,
): Promise<number> {
  const { read } = deps.store
  if (kind === 'Failed') return countParked(read, row.id, spec)
  const events = readEvents(row.events)
  const others = await countUnheard(read, { subscriptionId: row.id, events, spec })
  return others + (events.includes('OnAttendance') ? await countUntoldPunches(read, spec) : 0)
}

interface NewJob {
  readonly row: SubscriptionRow
  readonly kind: 'failed' | 'missed' | 'punches' | 'users'
  readonly spec: Spec
  readonly total: number
  readonly perSecond: number
}

async function start(call: Call, { row, kind, spec, total, perSecond }: NewJob) {
  const { store, clock } = call.deps
  const id = await store.write(async write => {
    const running = await write
      .selectFrom('webhook_job')
      .select('id')
      .where('subscription_id', '=', row.id)
      .where('kind', '=', kind)
      .where('state', 'in', ['running', 'verifying'])
      .executeTakeFirst()
    if (running) throw new OperationError('JOB_RUNNING')
    const made = await write
      .insertInto('webhook_job')
      .values({
        subscription_id: row.id,
        kind,
        state: 'running',
        spec: JSON.stringify(spec),
        per_second: perSecond,
        total,
        queued: 0,
        position: '',
        started_at: clock.now(),
        ended_at: null,
        actor: call.caller.actor,
        source_hash: null,
        arrived: null,
        arrived_hash: null,
        error: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return made.id
  })
  const [job] = await findJobs(store.read, { tokenId: null, id })
  if (!job) throw new OperationError('JOB_NOT_FOUND')
  return shownJob(store.read, job)
}
