import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { Facts } from '#contract/entities/alert-facts.ts'
import { AwayCause, type Incident, IncidentKind } from '#contract/entities/incident.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import { toIso } from './devices.ts'
import type { Reader, Write } from './index.ts'
import type { PageRequest } from './punches.ts'
import type { IncidentTable } from './schema.ts'

export type IncidentEntity = z.output<typeof Incident>

export interface Sighting {
  readonly sn: string
  readonly kind: z.output<typeof IncidentKind>
  readonly subject: string
  readonly detail: string
  /** The values in it, for whoever words it anew. */
  readonly facts?: object | undefined
  /** How often it has been seen when the incident begins. */
  readonly times: number
  readonly at: number
}

/** Columns that only an absence or a person fills. */
const unjudged = {
  cause: null,
  shared: null,
  lost_from: null,
  lost_to: null,
  acknowledged_at: null,
  acknowledged_by: null,
  assignee: null,
  people: null,
  punches_missing: null,
  judged_at: null,
} as const

/** Opens an incident, or counts one more sighting of the one that is open. */
export async function raiseIncident(write: Write, sighting: Sighting): Promise<void> {
  const { at, detail, facts: values, ...about } = sighting
  const facts = values === undefined ? null : JSON.stringify(values)
  await write
    .insertInto('incident')
    .values({ ...about, detail, facts, started_at: at, last_at: at, ended_at: null, ...unjudged })
    .onConflict(conflict =>
      conflict
        .columns(['sn', 'kind', 'subject'])
        .where('ended_at', 'is', null)
        .doUpdateSet({ detail, facts, times: sql`incident.times + 1`, last_at: at }),
    )
    .execute()
}

/** Ends incidents of a kind that nobody has seen since `before`; answers of which terminals. */
export async function endIncidents(
  write: Write,
  kind: z.output<typeof IncidentKind>,
  before: number,
): Promise<readonly string[]> {
  const ended = await write
    .updateTable('incident')
    .set({ ended_at: sql`last_at` })
    .where('kind', '=', kind)
    .where('ended_at', 'is', null)
    .where('last_at', '<', before)
    .returning('sn')
    .execute()
  return ended.map(({ sn }) => sn)
}

export interface IncidentFilter {
  /** null means every terminal. */
  readonly sns: readonly string[] | null
  readonly open: boolean | undefined
  readonly kind?: string | undefined
  readonly site?: string | undefined
}

/** A page of incidents by when they began. */
export async function findIncidents(
  reader: Reader,
  filter: IncidentFilter,
  page: PageRequest,
): Promise<Page<IncidentEntity>> {
  const position = readPosition(page.offSet)
  const base = reader
    .selectFrom('incident')
    .$if(filter.sns !== null, query => query.where(isAboutAny(filter.sns ?? [])))
    .$if(filter.kind !== undefined, query => query.where('incident.kind', '=', filter.kind ?? ''))
    .$if(filter.site !== undefined, query => query.where(isAtSite(filter.site ?? '')))
    .$if(filter.open === true, query => query.where('ended_at', 'is', null))
    .$if(filter.open === false, query => query.where('ended_at', 'is not', null))
  const total =
    position.kind === 'after'
      ? position.total
      : ((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  const rows = await base
    .$if(position.kind === 'after', query =>
      query.where('incident.id', page.order === 'asc' ? '>' : '<', (position as { id: number }).id),
    )
    .leftJoin('device', 'device.sn', 'incident.sn')
    .selectAll('incident')
    .select(['device.label', repairsOf])
    .orderBy('incident.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  const shown = toPage(rows, page.limit, total, row => ({ key: '', id: row.id }))
  return { rows: shown.rows.map(incidentEntity), paging: shown.paging }
}

/** A row with the name of its terminal, and how often it was repaired. */
export type FoundIncident = Selectable<IncidentTable> & {
  readonly label: string | null
  readonly repairs: number | string
}

const repairsOf = sql<
  number | string
>`(select count(*) from repair where repair.incident = cast(incident.id as text))`.as('repairs')

const Shared = z.object({
  site: z.string().nullable(),
  prefix: z.string().nullable(),
  firmware: z.string().nullable(),
})

/** Its own terminal, or one of those that went away together. */
function isAboutAny(sns: readonly string[]) {
  const list = sql.join(sns.length > 0 ? [...sns] : [''])
  return sql<boolean>`(incident.sn in (${list}) or incident.id in (
    select incident_id from outage where outage.sn in (${list}) and incident_id is not null))`
}

function isAtSite(site: string) {
  return sql<boolean>`(incident.sn in (select sn from device where site = ${site}) or incident.id in (
    select incident_id from outage inner join device on device.sn = outage.sn where device.site = ${site}))`
}

function sharedOf(json: string | null) {
  const shared = json === null ? null : Shared.parse(JSON.parse(json))
  return {
    SharedSite: shared?.site ?? null,
    SharedPrefix: shared?.prefix ?? null,
    SharedFirmware: shared?.firmware ?? null,
  }
}

/** One incident, or undefined; a text that is no id finds nothing. */
export async function findIncident(reader: Reader, id: string): Promise<FoundIncident | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return undefined
  return reader
    .selectFrom('incident')
    .leftJoin('device', 'device.sn', 'incident.sn')
    .selectAll('incident')
    .select(['device.label', repairsOf])
    .where('incident.id', '=', Number(id))
    .executeTakeFirst()
}

/** The contract's incident from a row. */
export function incidentEntity(row: FoundIncident): IncidentEntity {
  return {
    IncidentID: String(row.id),
    DeviceSN: row.sn,
    LabelName: row.label ?? row.sn,
    Kind: IncidentKind.parse(row.kind),
    Subject: row.subject,
    Detail: row.detail,
    Facts: Facts.parse(JSON.parse(row.facts ?? '{}')),
    Times: row.times,
    Cause: row.cause === null ? null : AwayCause.parse(row.cause),
    Devices: row.devices,
    ...sharedOf(row.shared),
    People: row.people,
    PunchesMissing: row.punches_missing,
    AcknowledgedAt: toIso(row.acknowledged_at),
    AcknowledgedBy: row.acknowledged_by,
    Assignee: row.assignee,
    Repairs: Number(row.repairs),
    StartedAt: new Date(row.started_at).toISOString(),
    LastAt: new Date(row.last_at).toISOString(),
    EndedAt: toIso(row.ended_at),
  }
}
