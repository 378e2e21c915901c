import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { Direction, Modality, type Punch, type PunchBucket } from '#contract/entities/punch.ts'
import { formatOffset } from '../time/zone.ts'
import { countInRange } from './count-punches.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import { clockOffMs } from './devices.ts'
import type { Reader } from './index.ts'
import type { GatewayTables, PunchTable } from './schema.ts'

export type PunchEntity = z.output<typeof Punch>

export interface PunchFilter {
  /** Wall clock at the terminal, inclusive, `YYYY-MM-DD HH:MM:SS`. */
  readonly from?: string
  readonly to?: string
  /** null means every device. */
  readonly devices: readonly string[] | null
  readonly employeeCode?: string | undefined
  /** Only punches verified by one of these. */
  readonly modalities?: readonly string[] | undefined
  /** Only punches made while the clock of their terminal was off. */
  readonly clockOff?: boolean | undefined
  /** One local day per zone: "today" is each terminal's own. */
  readonly days?: readonly { readonly zone: string; readonly day: string }[]
  /** Nothing that was kept after the punch of this id. */
  readonly newest?: number
}

export interface PageRequest {
  readonly offSet: string | undefined
  readonly limit: number
  readonly order: 'asc' | 'desc'
}

/** What a punch row is shown with. */
export interface PunchContext {
  readonly label: string
  readonly site: string
  readonly name: string | null
}

export type PunchRow = Selectable<PunchTable> & {
  label: string | null
  site: string | null
  first_name: string | null
  last_name: string | null
}
type PunchQuery<O> = SelectQueryBuilder<GatewayTables, 'punch', O>

/** A page of punches by local time, then id; oldest or newest first. */
export async function findPunches(
  reader: Reader,
  filter: PunchFilter,
  page: PageRequest,
): Promise<Page<PunchEntity>> {
  const position = readPosition(page.offSet)
  const total = position.kind === 'after' ? position.total : await countPunches(reader, filter)
  const rows = await rowsFrom(reader, filter, {
    order: page.order,
    limit: page.limit + 1,
    after: position.kind === 'after' ? position : undefined,
    offset: position.kind === 'row' ? position.row : 0,
  })
  const { rows: shown, paging } = toPage<PunchRow>(rows, page.limit, total, row => ({
    key: row.local_time,
    id: row.id,
  }))
  return { rows: shown.map(toPunch), paging }
}

/**
 * Rows with what they are shown with, by local time, then id; those after a given one where that is named. The local day
 * adds nothing to that order, but with it a person's rows are in the very order of their index.
 */
export function rowsFrom(
  reader: Reader,
  filter: PunchFilter,
  part: {
    readonly order: 'asc' | 'desc'
    readonly limit: number
    readonly after?: { readonly key: string; readonly id: number } | undefined
    readonly offset?: number
  },
): Promise<PunchRow[]> {
  const { order, limit, after, offset = 0 } = part
  const ahead = order === 'asc' ? '>' : '<'
  // The plain bound is the one the index is entered by: left at the start of the range, page 2,000 would read its way there.
  const end = after === undefined ? {} : order === 'asc' ? { from: after.key } : { to: after.key }
  return filtered(reader.selectFrom('punch'), { ...filter, ...end })
    .$if(after !== undefined, query =>
      query.where(
        sql<boolean>`(punch.local_time, punch.id) ${sql.raw(ahead)} (${after?.key ?? ''}, ${after?.id ?? 0})`,
      ),
    )
    .leftJoin('device', 'device.sn', 'punch.sn')
    .leftJoin('person', 'person.employee_code', 'punch.employee_code')
    .selectAll('punch')
    .select(['device.label', 'device.site', 'person.first_name', 'person.last_name'])
    .$if(filter.employeeCode !== undefined, query => query.orderBy('punch.local_day', order))
    .orderBy('punch.local_time', order)
    .orderBy('punch.id', order)
    .limit(limit)
    .$if(offset > 0, query => query.offset(offset))
    .execute()
}

/** The highest id there is, 0 for none. */
export async function newestPunch(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('punch')
    .select(sql<number | null>`max(id)`.as('newest'))
    .executeTakeFirst()
  return row?.newest ?? 0
}

/** Counts per slice of `minutes`, for rows the filter lets through. */
export async function countBySlice(
  reader: Reader,
  filter: PunchFilter,
  minutes: number,
): Promise<z.output<typeof PunchBucket>[]> {
  const slice = sql<number>`(punch.local_minute / ${sql.lit(minutes)}) * ${sql.lit(minutes)}`
  const rows = await filtered(reader.selectFrom('punch'), filter)
    .select([slice.as('minute'), 'punch.side', sql<number>`count(*)`.as('count')])
    .groupBy(['minute', 'punch.side'])
    .orderBy('minute')
    .execute()
  const buckets = new Map<number, { Minute: number; In: number; Out: number; Other: number }>()
  for (const { minute, side, count } of rows) {
    const bucket = buckets.get(minute) ?? { Minute: minute, In: 0, Out: 0, Other: 0 }
    if (side === 'in') bucket.In += count
    else if (side === 'out') bucket.Out += count
    else bucket.Other += count
    buckets.set(minute, bucket)
  }
  return [...buckets.values()]
}

/** How many different people the filter finds. */
export async function countPeople(reader: Reader, filter: PunchFilter): Promise<number> {
  const row = await filtered(reader.selectFrom('punch'), filter)
    .select(sql<number>`count(distinct punch.employee_code)`.as('people'))
    .executeTakeFirst()
  return row?.people ?? 0
}

/** People whose last punch since `since` (epoch ms) was not an exit: present, as far as the terminals say. */
export async function countPresent(reader: Reader, filter: PunchFilter, since: number): Promise<number> {
  const latest = filtered(reader.selectFrom('punch'), filter)
    .where('punch.instant', '>=', since)
    .select([
      'punch.employee_code',
      'punch.side',
      sql<number>`row_number() over (partition by punch.employee_code order by punch.instant desc, punch.id desc)`.as(
        'place',
      ),
    ])
  const row = await reader
    .selectFrom(latest.as('latest'))
    .where('place', '=', 1)
    .where('side', '!=', 'out')
    .select(sql<number>`count(*)`.as('present'))
    .executeTakeFirst()
  return row?.present ?? 0
}

/** True when anybody ever punched or was reported under this code. */
export async function personExists(reader: Reader, employeeCode: string): Promise<boolean> {
  const known = await reader
    .selectFrom('person')
    .select('employee_code')
    .where('employee_code', '=', employeeCode)
    .executeTakeFirst()
  if (known) return true
  const punch = await reader
    .selectFrom('punch')
    .select('id')
    .where('employee_code', '=', employeeCode)
    .limit(1)
    .executeTakeFirst()
  if (punch) return true
  const added = await reader
    .selectFrom('correction')
    .select('id')
    .where('employee_code', '=', employeeCode)
    .where('kind', '=', 'AddPunch')
    .limit(1)
    .executeTakeFirst()
  return added !== undefined
}

/** The stable id of a punch as the contract shows it. */
export function punchName(id: number): string {
  return `p${id.toString(36).padStart(11, '0')}`
}

/** The id behind a punch's name, or null where it is none. */
export function readPunchName(name: string): number | null {
  const digits = /^p([0-9a-z]{11})$/.exec(name)?.[1]
  return digits === undefined ? null : Number.parseInt(digits, 36)
}

/** The contract's punch from a row; the same for replies and events. */
export function punchEntity(row: Selectable<PunchTable>, context: PunchContext): PunchEntity {
  return {
    DeviceSN: row.sn,
    EmployeeCode: row.employee_code,
    AttendanceLog: row.local_time,
    Type: Modality.parse(row.modality),
    Direction: Direction.parse(row.direction),
    OperationID: punchName(row.id),
    LogTime: `${row.local_time} ${formatOffset(row.offset_minutes)}`,
    TimeZone: row.zone,
    LabelName: context.label,
    Site: context.site,
    EmployeeName: context.name,
    Temperature: row.temperature,
    FaceMask: row.mask === null ? null : row.mask === 1,
    WorkCode: row.work_code,
    ReceivedAt: new Date(row.received_at).toISOString(),
    ClockSkewSeconds: row.clock_skew_ms === null ? null : row.clock_skew_ms / 1000,
    Flags: row.flags === '' ? [] : (row.flags.split(' ') as PunchEntity['Flags']),
  }
}

/** The contract's punch from a row of `rowsFrom`. */
export function toPunch(row: PunchRow): PunchEntity {
  const name = [row.first_name, row.last_name].filter(Boolean).join(' ')
  return punchEntity(row, {
    label: row.label ?? row.sn,
    site: row.site ?? '',
    name: name === '' ? null : name,
  })
}

async function countPunches(reader: Reader, filter: PunchFilter): Promise<number> {
  const { from, to, devices, employeeCode, days, newest, modalities, clockOff } = filter
  const isWhole = clockOff !== true && (employeeCode ?? days ?? newest ?? modalities) === undefined
  if (from !== undefined && to !== undefined && isWhole) return countInRange(reader, { from, to, devices })
  const row = await filtered(reader.selectFrom('punch'), filter)
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirst()
  return row?.total ?? 0
}

function day(local: string | undefined): string {
  return (local ?? '').slice(0, 10)
}

function filtered<O>(query: PunchQuery<O>, filter: PunchFilter): PunchQuery<O> {
  return query
    .$if(filter.from !== undefined, q => q.where('punch.local_time', '>=', filter.from ?? ''))
    .$if(filter.to !== undefined, q => q.where('punch.local_time', '<=', filter.to ?? ''))
    .$if(filter.employeeCode !== undefined, q =>
      q
        .where('punch.employee_code', '=', filter.employeeCode ?? '')
        // Said twice for the index by person, which knows days first.
        .$if(filter.from !== undefined, own => own.where('punch.local_day', '>=', day(filter.from)))
        .$if(filter.to !== undefined, own => own.where('punch.local_day', '<=', day(filter.to))),
    )
    .$if(filter.modalities !== undefined, q =>
      q.where('punch.modality', 'in', [...(filter.modalities ?? [])]),
    )
    .$if(filter.clockOff === true, q =>
      q.where(sql<boolean>`abs(punch.clock_skew_ms) > ${sql.lit(clockOffMs)}`),
    )
    .$if(filter.newest !== undefined, q => q.where('punch.id', '<=', filter.newest ?? 0))
    .$if(filter.days !== undefined, q =>
      q.where(expression =>
        expression.or(
          (filter.days ?? []).map(({ zone, day }) =>
            expression.and([expression('punch.zone', '=', zone), expression('punch.local_day', '=', day)]),
          ),
        ),
      ),
    )
    .$if(filter.devices !== null, q =>
      q.where('punch.sn', 'in', filter.devices && filter.devices.length > 0 ? [...filter.devices] : ['']),
    )
}

/** The last punch of a person at the terminals of one site, by their wall clocks. */
export async function lastPunchOf(
  reader: Reader,
  employeeCode: string,
  site: string,
): Promise<
  { pin: string; name: string; local: string; status: number | null; workCode: string | null } | undefined
> {
  const row = await reader
    .selectFrom('punch')
    .innerJoin('device', 'device.sn', 'punch.sn')
    .leftJoin('person', 'person.employee_code', 'punch.employee_code')
    .select(['punch.local_time', 'punch.status', 'punch.work_code', 'person.first_name', 'person.last_name'])
    .where('punch.employee_code', '=', employeeCode)
    .where('device.site', '=', site)
    .where('punch.flags', 'not like', '%implausible_time%')
    .orderBy('punch.local_day', 'desc')
    .orderBy('punch.local_time', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      pin: employeeCode,
      name: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim(),
      local: row.local_time,
      status: row.status,
      workCode: row.work_code,
    }
  )
}
