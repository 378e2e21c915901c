import { SqliteAdapter, sql } from 'kysely'
import type { EventBody } from '#contract/events.ts'
import type { Clock } from '#platform/clock.ts'
import type { DialectName } from '#platform/database/database.ts'
import { readBeside, rowsFromJson } from '#platform/database/dialect.ts'
import type { Write } from '../store/index.ts'
import { activeListeners, readDevices, readEvents } from '../store/webhooks.ts'
import { formOf } from './formats/forms.ts'
import { laneOf } from './lane-of.ts'

interface Listener {
  readonly id: string
  readonly events: ReadonlySet<string>
  readonly devices: ReadonlySet<string> | null
  readonly sites: ReadonlySet<string> | null
  readonly people: ReadonlySet<string> | null
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
    sites: toSet(readDevices(row.sites)),
    people: toSet(readDevices(row.people)),
    maxAgeMs: row.max_age_ms,
  }))
  const now = clock.now()
  const wanted = [...new Map(events.map(event => [event.OperationID, event])).values()]
    .map(event => ({ event, listeners: listeners.filter(listener => wants(listener, event, now)) }))
    .filter(({ listeners: who }) => who.length > 0)
  if (wanted.length === 0) return 0
  const dialect = dialectOf(trx)
  const lanes = wanted.flatMap(({ event, listeners: who }) =>
    who.map(({ id: s }) => ({ s, l: laneOf(event) })),
  )
  await openLanes(trx, dialect, lanes, now)
  return insertDeliveries(trx, dialect, wanted, await insertOutbox(trx, dialect, wanted), now)
}

function wants(listener: Listener, event: EventBody, now: number): boolean {
  if (!listener.events.has(event.Event)) return false
  if (listener.devices !== null && (event.DeviceSN === null || !listener.devices.has(event.DeviceSN)))
    return false
  const site = 'Site' in event ? event.Site : null
  if (listener.sites !== null && (site === null || !listener.sites.has(site))) return false
  const person = personOf(event)
  if (listener.people !== null && (person === null || !listener.people.has(person))) return false
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

/** Whom an event is about, or null where it is about nobody. */
export function personOf(event: EventBody): string | null {
  return 'EmployeeCode' in event ? event.EmployeeCode : null
}

/**
 * Makes idle lanes due; `s` is the subscription, `l` the lane. Rising `generation` tells a worker that is just about
 * to call the lane drained.
 */
export async function openLanes(
  trx: Write,
  dialect: DialectName,
  given: readonly { readonly s: string; readonly l: string }[],
  now: number,
): Promise<void> {
  const lanes = new Map(given.map(({ s, l }) => [`${s}\n${l}`, { s, l }]))
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
    who: 'text',
  } as const
  const rows = wanted.map(({ event }, n) => ({
    n,
    event: event.Event,
    id: event.OperationID,
    sn: event.DeviceSN,
    body: JSON.stringify(event),
    at: Date.parse(event.OccurredAt),
    who: personOf(event),
  }))
  const inserted = await sql<{ id: number; operation_id: string }>`
    insert into outbox (event, operation_id, sn, body, occurred_at, employee_code)
    select event, id, sn, body, at, who from ${rowsFromJson(dialect, columns, rows)} as given order by n
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
  const last = await takeNumbers(trx, dialect, rows)
  const numbered = rows
    .toReversed()
    .map(row => {
      const q = last.get(row.s) ?? 0
      last.set(row.s, q - 1)
      return { ...row, q }
    })
    .toReversed()
    .map((row, n) => ({ n, ...row }))
  const columns = { n: 'integer', o: 'integer', s: 'text', l: 'text', q: 'integer' } as const
  await sql`
    insert into delivery (outbox_id, subscription_id, lane, state, attempts, created_at, settled_at, seq)
    select o, s, l, 'pending', 0, cast(${now} as bigint), null, q
    from ${rowsFromJson(dialect, columns, numbered)} as given order by n`.execute(trx)
  return rows.length
}

/**
 * Gives out the next numbers of each subscription and answers the last of them, so that a receiver can see a gap. On
 * PostgreSQL the counter stays locked until the commit: without that, numbers would not be in the order of the rows.
 */
async function takeNumbers(
  trx: Write,
  dialect: DialectName,
  rows: readonly { readonly s: string }[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { s } of rows) counts.set(s, (counts.get(s) ?? 0) + 1)
  const asked = [...counts].map(([s, n]) => ({ s, n })).sort((a, b) => (a.s < b.s ? -1 : 1))
  const taken = await sql<{ s: string; last: number }>`
    insert into webhook_sequence (subscription_id, last)
    select s, n from ${rowsFromJson(dialect, { s: 'text', n: 'integer' }, asked)} as given where true order by s
    on conflict (subscription_id) do update set last = webhook_sequence.last + excluded.last
    returning subscription_id as s, last`.execute(trx)
  return new Map(taken.rows.map(({ s, last }) => [s, last]))
}

/** Callers hold a transaction, not the store, so the transaction is asked. */
function dialectOf(trx: Write): DialectName {
  return trx.getExecutor().adapter instanceof SqliteAdapter ? 'sqlite' : 'postgres'
}

function toSet(values: readonly string[] | null): ReadonlySet<string> | null {
  return values === null ? null : new Set(values)
}
