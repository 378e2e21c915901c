import { SqliteAdapter, sql } from 'kysely'
import type { EventBody } from '#contract/events.ts'
import type { Clock } from '#platform/clock.ts'
import type { DialectName } from '#platform/database/database.ts'
import { readBeside, rowsFromJson } from '#platform/database/dialect.ts'
import type { Write } from '../store/index.ts'
import { activeListeners, readDevices, readEvents } from '../store/webhooks.ts'
import { formOf } from './formats/forms.ts'

interface Listener {
  readonly id: string
  readonly events: ReadonlySet<string>
  readonly devices: ReadonlySet<string> | null
  readonly maxAgeMs: number | null
}

interface Wanted {
  readonly event: EventBody
  readonly listeners: readonly Listener[]
}

/**
 * Puts events into the outbox in the caller's transaction, body and time fixed, and one delivery for each active
 * subscription that wants them; answers the number of deliveries. Events nobody wants leave no row. Order within a
 * terminal is the order given here. Call it last in the transaction: on PostgreSQL it holds the lanes of these
 * terminals until the commit, which is what keeps them in order when two processes record at once. After the commit
 * call `wakeDelivery`.
 */
export async function recordEvents(
  trx: Write,
  events: readonly EventBody[],
  clock: Pick<Clock, 'now'>,
): Promise<number> {
  if (events.length === 0) return 0
  const listeners = (await activeListeners(readBeside(trx))).map(row => ({
    id: row.id,
    // What the form has no words for is not kept for it either: it could never be sent.
    events: new Set<string>(readEvents(row.events).filter(name => formOf(row.format).events.has(name))),
    devices: toSet(readDevices(row.devices)),
    maxAgeMs: row.max_age_ms,
  }))
  const now = clock.now()
  const wanted = [...new Map(events.map(event => [event.OperationID, event])).values()]
    .map(event => ({ event, listeners: listeners.filter(listener => wants(listener, event, now)) }))
    .filter(({ listeners: who }) => who.length > 0)
  if (wanted.length === 0) return 0
  const dialect = dialectOf(trx)
  await openLanes(trx, dialect, wanted, now)
  return insertDeliveries(trx, dialect, wanted, await insertOutbox(trx, dialect, wanted), now)
}

function wants(listener: Listener, event: EventBody, now: number): boolean {
  if (!listener.events.has(event.Event)) return false
  if (listener.devices !== null && (event.DeviceSN === null || !listener.devices.has(event.DeviceSN)))
    return false
  if (listener.maxAgeMs === null || event.Event !== 'OnAttendance') return true
  const instant = punchInstant(event)
  return instant === null || now - instant <= listener.maxAgeMs
}

/** Milliseconds since the epoch out of `LogTime`, or null when it does not read as we write it. */
function punchInstant({ LogTime }: EventBody<'OnAttendance'>): number | null {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) GMT ([+-]\d\d)(\d\d)$/.exec(LogTime)
  const instant = match ? Date.parse(`${match[1]}T${match[2]}${match[3]}:${match[4]}`) : Number.NaN
  return Number.isNaN(instant) ? null : instant
}

function laneOf(event: EventBody): string {
  return event.DeviceSN ?? ''
}

/** Makes idle lanes due. Rising `generation` tells a worker that is just about to call the lane drained. */
async function openLanes(
  trx: Write,
  dialect: DialectName,
  wanted: readonly Wanted[],
  now: number,
): Promise<void> {
  const lanes = new Map<string, { s: string; l: string }>()
  for (const { event, listeners } of wanted) {
    const l = laneOf(event)
    for (const { id: s } of listeners) lanes.set(`${s}\n${l}`, { s, l })
  }
  await sql`
    insert into lane (subscription_id, lane, due_at, claim, generation, failures)
    select s, l, cast(${now} as bigint), null, 1, 0
    from ${rowsFromJson(dialect, { s: 'text', l: 'text' }, [...lanes.values()])} as given
    where true order by s, l
    on conflict (subscription_id, lane) do update
    set generation = lane.generation + 1, due_at = coalesce(lane.due_at, excluded.due_at)`.execute(trx)
}

async function insertOutbox(
  trx: Write,
  dialect: DialectName,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, number>> {
  const columns = {
    n: 'integer',
    event: 'text',
    id: 'text',
    sn: 'text',
    body: 'text',
    at: 'integer',
  } as const
  const rows = wanted.map(({ event }, n) => ({
    n,
    event: event.Event,
    id: event.OperationID,
    sn: event.DeviceSN,
    body: JSON.stringify(event),
    at: Date.parse(event.OccurredAt),
  }))
  const inserted = await sql<{ id: number; operation_id: string }>`
    insert into outbox (event, operation_id, sn, body, occurred_at)
    select event, id, sn, body, at from ${rowsFromJson(dialect, columns, rows)} as given order by n
    returning id, operation_id`.execute(trx)
  return new Map(inserted.rows.map(row => [row.operation_id, row.id]))
}

async function insertDeliveries(
  trx: Write,
  dialect: DialectName,
  wanted: readonly Wanted[],
  ids: ReadonlyMap<string, number>,
  now: number,
): Promise<number> {
  const rows = wanted.flatMap(({ event, listeners }) =>
    listeners.map(({ id: s }) => ({ o: ids.get(event.OperationID), s, l: laneOf(event) })),
  )
  const numbered = rows.map((row, n) => ({ n, ...row }))
  await sql`
    insert into delivery (outbox_id, subscription_id, lane, state, attempts, created_at, settled_at)
    select o, s, l, 'pending', 0, cast(${now} as bigint), null
    from ${rowsFromJson(dialect, { n: 'integer', o: 'integer', s: 'text', l: 'text' }, numbered)} as given
    order by n`.execute(trx)
  return rows.length
}

/** Callers hold a transaction, not the store, so the transaction is asked. */
function dialectOf(trx: Write): DialectName {
  return trx.getExecutor().adapter instanceof SqliteAdapter ? 'sqlite' : 'postgres'
}

function toSet(values: readonly string[] | null): ReadonlySet<string> | null {
  return values === null ? null : new Set(values)
}
