import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Repair } from '#contract/entities/repair.ts'
import type { Reader, Write } from './index.ts'
import type { RepairTable } from './schema-closing.ts'

export type RepairEntity = z.output<typeof Repair>

/** Who takes estimates back when the real punches arrive. */
export const itself = 'gatehouse'

/** What a repair is called outside: `r-3`. */
export function repairName(id: number): string {
  return `r-${id}`
}

/** Writes a repair down; its punches are corrections that name it. Answers its id. */
export async function insertRepair(write: Write, row: Omit<Selectable<RepairTable>, 'id'>): Promise<number> {
  const { id } = await write.insertInto('repair').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** What was one incident after all: its repairs are those of the other one. */
export async function moveRepairs(write: Write, fromIncident: number, intoIncident: number): Promise<void> {
  await write
    .updateTable('repair')
    .set({ incident: String(intoIncident) })
    .where('incident', '=', String(fromIncident))
    .execute()
}

/** Which repairs are wanted; without a word all of them. */
export interface RepairFilter {
  readonly id?: number
  readonly incidents?: readonly string[]
}

const listedMax = 200

/** Repairs, newest first, with what has become of their punches. */
export async function listRepairs(
  reader: Reader,
  { id, incidents }: RepairFilter = {},
): Promise<RepairEntity[]> {
  if (incidents?.length === 0) return []
  const rows = await reader
    .selectFrom('repair')
    .leftJoin('device', 'device.sn', 'repair.sn')
    .leftJoin('correction', join =>
      join.onRef('correction.repair_id', '=', 'repair.id').on('correction.kind', '=', 'AddPunch'),
    )
    .leftJoin('correction_decision as decided', 'decided.correction_id', 'correction.id')
    .leftJoin('correction as taken', join =>
      join.onRef('taken.target_id', '=', 'correction.id').on('taken.actor', '=', itself),
    )
    .$if(id !== undefined, query => query.where('repair.id', '=', id ?? 0))
    .$if(incidents !== undefined, query => query.where('repair.incident', 'in', [...(incidents ?? [])]))
    .selectAll('repair')
    .select([
      'device.label',
      sql<number>`count(correction.id)`.as('punches'),
      sql<number>`count(taken.id)`.as('replaced'),
      sql<number>`sum(case when correction.needs_approval = 1 and decided.decision is null and taken.id is null then 1 else 0 end)`.as(
        'pending',
      ),
    ])
    .groupBy(['repair.id', 'device.label'])
    .orderBy('repair.id', 'desc')
    .limit(listedMax)
    .execute()
  return rows.map(row => ({
    RepairID: repairName(row.id),
    DeviceSN: row.sn,
    LabelName: row.label ?? row.sn,
    FromTime: row.from_time,
    ToTime: row.to_time,
    IncidentID: row.incident,
    Reason: row.reason,
    By: row.actor,
    At: new Date(row.at).toISOString(),
    Punches: Number(row.punches),
    Pending: Number(row.pending ?? 0),
    Replaced: Number(row.replaced),
  }))
}

/** People who use a terminal: it has told of them, or they punched at it since a day. */
export async function usersOfTerminal(reader: Reader, sn: string, sinceDay: string): Promise<string[]> {
  const told = reader.selectFrom('person_device').select('employee_code').where('sn', '=', sn)
  const seen = reader
    .selectFrom('person_terminal')
    .select('employee_code')
    .where('sn', '=', sn)
    .where('last_day', '>=', sinceDay)
  const rows = await told.union(seen).execute()
  return rows.map(({ employee_code }) => employee_code).sort()
}

/** Doors that have seen some people on some days: where, and when on the wall clock. */
export async function doorSightings(
  reader: Reader,
  codes: readonly string[],
  range: { readonly fromDay: string; readonly toDay: string; readonly butNot: string },
): Promise<{ code: string; where: string; localTime: string }[]> {
  if (codes.length === 0) return []
  return reader
    .selectFrom('door_event')
    .innerJoin('device', 'device.sn', 'door_event.sn')
    .select([
      'door_event.employee_code as code',
      'device.label as where',
      'door_event.local_time as localTime',
    ])
    .where('door_event.employee_code', 'in', [...codes])
    .where('door_event.local_time', '>=', `${range.fromDay} 00:00:00`)
    .where('door_event.local_time', '<=', `${range.toDay} 23:59:59`)
    .where('door_event.sn', '!=', range.butNot)
    .$narrowType<{ code: string }>()
    .orderBy('door_event.local_time')
    .execute()
}

export interface OpenEstimate {
  readonly id: number
  readonly employee_code: string
  readonly day: string
  readonly instant: number
  readonly at: number
}

/** Estimates after an id that nothing has taken back or refused, written down since `since` (epoch ms). */
export async function openEstimates(
  reader: Reader,
  afterId: number,
  since: number,
  limit: number,
): Promise<OpenEstimate[]> {
  return reader
    .selectFrom('correction')
    .leftJoin('correction_decision', 'correction_id', 'correction.id')
    .select(['correction.id', 'employee_code', 'day', 'instant', 'correction.at'])
    .where('estimated', '=', sql.lit(1))
    .where('kind', '=', 'AddPunch')
    .where('correction.id', '>', afterId)
    .where('correction.at', '>=', since)
    .where(stands)
    .$narrowType<{ instant: number }>()
    .orderBy('correction.id')
    .limit(limit)
    .execute()
}

/** Nothing has refused a correction or taken it back. */
const stands = sql<boolean>`(decision is null or decision = 'approve') and not exists (
  select 1 from correction as taker where taker.target_id = correction.id and taker.needs_approval = 0)`

/** Punches that are estimated at a terminal on some days already: code, day and direction. */
export async function estimatedAt(
  reader: Reader,
  sn: string,
  fromDay: string,
  toDay: string,
): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom('correction')
    .leftJoin('correction_decision', 'correction_id', 'correction.id')
    .select(['employee_code', 'day', 'after'])
    .where('estimated', '=', sql.lit(1))
    .where('kind', '=', 'AddPunch')
    .where('sn', '=', sn)
    .where('day', '>=', fromDay)
    .where('day', '<=', toDay)
    .where(stands)
    .execute()
  return new Set(rows.map(({ employee_code, day, after }) => `${employee_code} ${day} ${after}`))
}
