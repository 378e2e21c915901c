import { sql } from 'kysely'
import type { Reader } from './index.ts'

/** What a terminal was away for within one incident, however often it went. Epoch ms. */
export interface Absence {
  readonly incident_id: number
  readonly sn: string
  readonly label: string
  readonly site: string
  readonly zone: string
  readonly cause: string
  readonly devices: number
  readonly people: number | null
  readonly punches_missing: number | null
  readonly started_at: number
  /** Null while it lasts. */
  readonly ended_at: number | null
}

export interface AbsenceFilter {
  /** null means every terminal. */
  readonly sns: readonly string[] | null
  readonly incidentId: number | undefined
  /** Those that ended before are left out, unless an incident is named. Epoch ms. */
  readonly since: number
}

/** Absences that have an incident: what lasts first, then the newest. */
export async function absencesOf(
  reader: Reader,
  { sns, incidentId, since }: AbsenceFilter,
  limit: number,
): Promise<Absence[]> {
  const rows = await reader
    .selectFrom('outage')
    .innerJoin('incident', 'incident.id', 'outage.incident_id')
    .innerJoin('device', 'device.sn', 'outage.sn')
    .select([
      'incident.id as incident_id',
      'incident.devices',
      'incident.people',
      'incident.punches_missing',
      'incident.cause as shared_cause',
      'device.sn',
      'device.label',
      'device.site',
      'device.zone',
      sql<string>`max(outage.cause)`.as('own_cause'),
      sql<number>`min(outage.started_at)`.as('started_at'),
      sql<number>`max(outage.ended_at)`.as('last_end'),
      sql<number>`sum(case when outage.ended_at is null then 1 else 0 end)`.as('lasting'),
    ])
    .where('incident.kind', '=', 'Offline')
    .$if(sns !== null, query => query.where('outage.sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .$if(incidentId !== undefined, query => query.where('outage.incident_id', '=', incidentId ?? 0))
    .$if(incidentId === undefined, query =>
      query.where(({ or, eb }) =>
        or([eb('outage.ended_at', 'is', null), eb('outage.ended_at', '>=', since)]),
      ),
    )
    .groupBy(['incident.id', 'device.sn'])
    .orderBy(sql`case when sum(case when outage.ended_at is null then 1 else 0 end) > 0 then 0 else 1 end`)
    .orderBy('started_at', 'desc')
    .orderBy('device.label')
    .limit(limit)
    .execute()
  return rows.map(({ shared_cause, own_cause, last_end, lasting, ...row }) => ({
    ...row,
    cause: shared_cause ?? own_cause,
    started_at: Number(row.started_at),
    ended_at: Number(lasting) > 0 ? null : Number(last_end),
  }))
}
