import { type SelectQueryBuilder, sql } from 'kysely'
import type { EventBody, EventId } from '#contract/events.ts'
import type { Reader } from '../../store/index.ts'
import { punchName, rowsFrom, toPunch } from '../../store/punches.ts'
import type { GatewayTables } from '../../store/schema.ts'
import { laneOf } from '../lane-of.ts'
import type { Spec } from './spec.ts'

/** A punch as it is told, made anew from its row. */
export function punchEvent(punch: ReturnType<typeof toPunch>): EventBody<'OnAttendance'> {
  return { ...punch, Event: 'OnAttendance', OccurredAt: punch.ReceivedAt }
}

interface Ahead<Row> {
  readonly rows: readonly Row[]
  readonly position: string
}

/** Given-up deliveries of a receiver in the range, oldest first, after a position. */
export async function parkedAfter(
  reader: Reader,
  subscriptionId: string,
  spec: Spec,
  position: string,
  limit: number,
): Promise<Ahead<{ id: number; lane: string }>> {
  const rows = await parked(reader, subscriptionId, spec)
    .select(['id', 'lane'])
    .where('id', '>', Number(position || 0))
    .orderBy('id')
    .limit(limit)
    .execute()
  return { rows, position: String(rows.at(-1)?.id ?? position) }
}

export async function countParked(reader: Reader, subscriptionId: string, spec: Spec): Promise<number> {
  const row = await parked(reader, subscriptionId, spec)
    .select(sql<number>`count(*)`.as('n'))
    .executeTakeFirst()
  return row?.n ?? 0
}

function parked(reader: Reader, subscriptionId: string, { from = 0, to }: Spec) {
  return reader
    .selectFrom('delivery')
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'parked')
    .where('created_at', '>=', from)
    .$if(to !== undefined, query => query.where('created_at', '<', to ?? 0))
}

/** Events in the outbox that were told to others and never recorded for this receiver, after an id. */
export async function unheardAfter(
  reader: Reader,
  about: { readonly subscriptionId: string; readonly events: readonly string[]; readonly spec: Spec },
  after: number,
  limit: number,
): Promise<{ id: number; lane: string }[]> {
  const rows = await unheard(reader, about)
    .select(['outbox.id', 'outbox.event', 'outbox.sn'])
    .where('outbox.id', '>', after)
    .orderBy('outbox.id')
    .limit(limit)
    .execute()
  // Only recordEvents writes these names.
  return rows.map(({ id, event, sn }) => ({
    id,
    lane: laneOf({ Event: event as EventId, DeviceSN: sn ?? '' }),
  }))
}

export async function countUnheard(
  reader: Reader,
  about: { readonly subscriptionId: string; readonly events: readonly string[]; readonly spec: Spec },
): Promise<number> {
  const row = await unheard(reader, about).select(sql<number>`count(*)`.as('n')).executeTakeFirst()
  return row?.n ?? 0
}

function unheard(
  reader: Reader,
  {
    subscriptionId,
    events,
    spec,
  }: { readonly subscriptionId: string; readonly events: readonly string[]; readonly spec: Spec },
): SelectQueryBuilder<GatewayTables, 'outbox', object> {
  const { from = 0, to = Number.MAX_SAFE_INTEGER, sns, people, sites, newestOutbox } = spec
  return reader
    .selectFrom('outbox')
    .where('outbox.occurred_at', '>=', from)
    .where('outbox.occurred_at', '<', to)
    .where('outbox.id', '<=', newestOutbox)
    .where('outbox.event', 'in', events.length > 0 ? [...events] : [''])
    .$if(sns !== null, query => query.where('outbox.sn', 'in', sns && sns.length > 0 ? sns : ['']))
    .$if(people !== null, query =>
      query.where('outbox.employee_code', 'in', people && people.length > 0 ? people : ['']),
    )
    .$if(sites !== null, query =>
      query.where('outbox.sn', 'in', inner =>
        inner
          .selectFrom('device')
          .select('device.sn')
          .where('device.site', 'in', sites && sites.length > 0 ? sites : ['']),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('delivery')
            .select('delivery.id')
            .whereRef('delivery.outbox_id', '=', 'outbox.id')
            .where('delivery.subscription_id', '=', subscriptionId),
        ),
      ),
    )
}

/** Punches received in the range that are in no outbox row, after an id. */
export async function untoldPunchesAfter(
  reader: Reader,
  spec: Spec,
  after: number,
  limit: number,
): Promise<{ events: EventBody<'OnAttendance'>[]; last: number; done: boolean }> {
  const { from = 0, to = Number.MAX_SAFE_INTEGER, sns, people, sites, newestPunch } = spec
  const rows = await reader
    .selectFrom('punch')
    .leftJoin('device', 'device.sn', 'punch.sn')
    .leftJoin('person', 'person.employee_code', 'punch.employee_code')
    .selectAll('punch')
    .select(['device.label', 'device.site', 'person.first_name', 'person.last_name'])
    .where('punch.id', '>', after)
    .where('punch.id', '<=', newestPunch)
    .where('punch.received_at', '>=', from)
    .where('punch.received_at', '<', to)
    .$if(sns !== null, query => query.where('punch.sn', 'in', sns && sns.length > 0 ? sns : ['']))
    .$if(people !== null, query =>
      query.where('punch.employee_code', 'in', people && people.length > 0 ? people : ['']),
    )
    .$if(sites !== null, query => query.where('device.site', 'in', sites && sites.length > 0 ? sites : ['']))
    .orderBy('punch.id')
    .limit(limit)
    .execute()
  const told = await toldOf(
    reader,
    rows.map(row => punchName(row.id)),
  )
  const events = rows.filter(row => !told.has(punchName(row.id))).map(row => punchEvent(toPunch(row)))
  return { events, last: rows.at(-1)?.id ?? after, done: rows.length < limit }
}

async function toldOf(reader: Reader, names: readonly string[]): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set()
  const rows = await reader
    .selectFrom('outbox')
    .select('operation_id')
    .where('event', '=', 'OnAttendance')
    .where('operation_id', 'in', [...names])
    .execute()
  return new Set(rows.map(row => row.operation_id))
}

/** Punches received in the range less those in the outbox: what an estimate can know without reading them all. */
export async function countUntoldPunches(reader: Reader, spec: Spec): Promise<number> {
  const { from = 0, to = Number.MAX_SAFE_INTEGER, sns, people, sites } = spec
  const inSites =
    sites === null
      ? sql`1 = 1`
      : sql`sn in (select sn from device where site in (${sql.join(orNone(sites))}))`
  const bySn = sns === null ? sql`1 = 1` : sql`sn in (${sql.join(orNone(sns))})`
  const byPerson = people === null ? sql`1 = 1` : sql`employee_code in (${sql.join(orNone(people))})`
  const { rows } = await sql<{ punches: number; told: number }>`
    select
      (select count(*) from punch where received_at >= ${from} and received_at < ${to}
        and ${bySn} and ${byPerson} and ${inSites}) as punches,
      (select count(distinct operation_id) from outbox where event = 'OnAttendance' and operation_id like 'p%'
        and occurred_at >= ${from} and occurred_at < ${to} and ${bySn} and ${byPerson} and ${inSites}) as told`.execute(
    reader,
  )
  return Math.max(0, (rows[0]?.punches ?? 0) - (rows[0]?.told ?? 0))
}

const orNone = (values: readonly string[]) => (values.length > 0 ? [...values] : [''])

/** Punches by local time, for a copy. */
export async function punchesAfter(
  reader: Reader,
  spec: Spec,
  position: string,
  limit: number,
): Promise<Ahead<EventBody<'OnAttendance'>> & { readonly done: boolean }> {
  const after = position === '' ? undefined : (JSON.parse(position) as { key: string; id: number })
  const rows = await rowsFrom(reader, punchFilter(spec), { order: 'asc', limit, after })
  const wanted = spec.people === null ? rows : rows.filter(row => spec.people?.includes(row.employee_code))
  const last = rows.at(-1)
  return {
    rows: wanted.map(row => punchEvent(toPunch(row))),
    position: last ? JSON.stringify({ key: last.local_time, id: last.id }) : position,
    done: rows.length < limit,
  }
}

function punchFilter({ fromLocal, toLocal, sns, newestPunch }: Spec) {
  return {
    ...(fromLocal === undefined ? {} : { from: fromLocal }),
    ...(toLocal === undefined ? {} : { to: toLocal }),
    devices: sns,
    newest: newestPunch,
  }
}
/** How many punches a copy will send. */
export async function countPunchesFor(reader: Reader, spec: Spec): Promise<number> {
  const { fromLocal = '', toLocal = '9', sns, people, newestPunch } = spec
  const row = await reader
    .selectFrom('punch')
    .where('local_time', '>=', fromLocal)
    .where('local_time', '<=', toLocal)
    .where('id', '<=', newestPunch)
    .$if(sns !== null, query => query.where('sn', 'in', sns && sns.length > 0 ? sns : ['']))
    .$if(people !== null, query =>
      query.where('employee_code', 'in', people && people.length > 0 ? people : ['']),
    )
    .select(sql<number>`count(*)`.as('n'))
    .executeTakeFirst()
  return row?.n ?? 0
}
