import { sql } from 'kysely'
import type { EventBody } from '#contract/events.ts'
import type { DialectName } from '#platform/database/database.ts'
import { rowsFromJson } from '#platform/database/dialect.ts'
import type { Write } from '../../store/index.ts'
import { laneOf, sideLane } from '../lane-of.ts'
import { openLanes, personOf } from '../outbox.ts'

interface Into {
  readonly subscriptionId: string
  readonly jobId: number
  readonly now: number
}

/** Puts deliveries that were given up back, each in the lane of the job, in the order they had. */
export async function requeue(
  trx: Write,
  dialect: DialectName,
  ids: readonly { readonly id: number; readonly lane: string }[],
  { subscriptionId, jobId, now }: Omit<Into, 'jobId'> & { readonly jobId: number | null },
): Promise<void> {
  if (ids.length === 0) return
  const rows = ids.map(({ id, lane }) => ({ id, lane: sideLane(lane, jobId) }))
  const job = jobId === null ? sql`null` : sql`cast(${jobId} as bigint)`
  await openLanes(
    trx,
    dialect,
    rows.map(({ lane }) => ({ s: subscriptionId, l: lane })),
    now,
  )
  await sql`
    update delivery set state = 'pending', kind = 'replay', attempts = 0, settled_at = null, job_id = ${job}, lane = given.lane
    from ${rowsFromJson(dialect, { id: 'integer', lane: 'text' }, rows)} as given
    where delivery.id = given.id and delivery.state <> 'pending'`.execute(trx)
}

/**
 * Puts events into the outbox for one receiver only, in the lane of the job. An event that is in the outbox already is
 * sent as it was frozen there.
 */
export async function queueCopies(
  trx: Write,
  dialect: DialectName,
  events: readonly EventBody[],
  into: Into,
): Promise<void> {
  if (events.length === 0) return
  const known = new Map<string, number>()
  const rows = await trx
    .selectFrom('outbox')
    .select(['id', 'operation_id', 'event'])
    .where(
      'operation_id',
      'in',
      events.map(event => event.OperationID),
    )
    .execute()
  for (const row of rows) known.set(`${row.event} ${row.operation_id}`, row.id)
  const keyOf = (event: EventBody) => `${event.Event} ${event.OperationID}`
  const fresh = events.filter(event => !known.has(keyOf(event)))
  const columns = {
    n: 'integer',
    event: 'text',
    id: 'text',
    sn: 'text',
    body: 'text',
    at: 'integer',
    who: 'text',
  } as const
  const inserted = await sql<{ id: number; operation_id: string; event: string }>`
    insert into outbox (event, operation_id, sn, body, occurred_at, employee_code)
    select event, id, sn, body, at, who from ${rowsFromJson(
      dialect,
      columns,
      fresh.map((event, n) => ({
        n,
        event: event.Event,
        id: event.OperationID,
        sn: event.DeviceSN,
        body: JSON.stringify(event),
        // Kept for as long as what is recorded now; when it happened is in the body.
        at: into.now,
        who: personOf(event),
      })),
    )} as given order by n returning id, operation_id, event`.execute(trx)
  for (const row of inserted.rows) known.set(`${row.event} ${row.operation_id}`, row.id)
  await queueOutbox(
    trx,
    dialect,
    events.map(event => ({ id: known.get(keyOf(event)) ?? 0, lane: laneOf(event) })),
    into,
  )
}

/** Deliveries of outbox rows for one receiver, in the order given. */
export async function queueOutbox(
  trx: Write,
  dialect: DialectName,
  rows: readonly { readonly id: number; readonly lane: string }[],
  { subscriptionId, jobId, now }: Into,
): Promise<void> {
  if (rows.length === 0) return
  const lanes = rows.map(({ id, lane }, n) => ({ n, o: id, l: sideLane(lane, jobId) }))
  await openLanes(
    trx,
    dialect,
    lanes.map(({ l }) => ({ s: subscriptionId, l })),
    now,
  )
  await sql`
    insert into delivery (outbox_id, subscription_id, lane, state, attempts, created_at, settled_at, kind, job_id)
    select o, ${subscriptionId}, l, 'pending', 0, cast(${now} as bigint), null, 'copy', cast(${jobId} as bigint)
    from ${rowsFromJson(dialect, { n: 'integer', o: 'integer', l: 'text' }, lanes)} as given order by n`.execute(
    trx,
  )
}
