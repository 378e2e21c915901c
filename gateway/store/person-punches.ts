import { type Selectable, sql } from 'kysely'
import type { Reader } from './index.ts'
import type { PunchTable } from './schema.ts'

export interface DayFilter {
  /** Days on the wall clocks of the terminals, both inclusive. */
  readonly fromDay: string
  readonly toDay: string
  /** null means every device. */
  readonly devices: readonly string[] | null
}

export interface PersonCount {
  readonly code: string
  /** Punches within the filter; somebody may have none. */
  readonly punches: number
}

/** What the attendance rules read of a punch. */
export type RulePunchRow = Pick<
  Selectable<PunchTable>,
  | 'id'
  | 'sn'
  | 'employee_code'
  | 'local_time'
  | 'zone'
  | 'offset_minutes'
  | 'instant'
  | 'direction'
  | 'modality'
  | 'flags'
  | 'clock_skew_ms'
  | 'received_at'
>

/**
 * The next people in order of their codes, from `fromCode` on, with the number of their punches. It goes from code to
 * code in the index by person, so that it costs the same however many punches there are of other days.
 */
export async function nextPeople(
  reader: Reader,
  filter: DayFilter,
  from: { readonly code: string; readonly inclusive: boolean },
  limit: number,
): Promise<PersonCount[]> {
  const devices = filter.devices
    ? sql`and own.sn in (${sql.join(filter.devices.length > 0 ? [...filter.devices] : [''])})`
    : sql``
  const start = sql.raw(from.inclusive ? '>=' : '>')
  const { rows } = await sql<PersonCount>`
    with recursive known(code, place) as (
      select (select min(employee_code) from punch where employee_code ${start} ${from.code}), 1
      union all
      select (select min(later.employee_code) from punch as later where later.employee_code > known.code), place + 1
      from known where known.code is not null and place < ${sql.lit(limit)}
    )
    select known.code, (
      select count(*) from punch as own where own.employee_code = known.code
      and own.local_day >= ${filter.fromDay} and own.local_day <= ${filter.toDay} ${devices}
    ) as punches
    from known where known.code is not null order by place`.execute(reader)
  return rows
}

/** The punches of some people, person by person in no promised order, each in order of the wall clock. */
export async function punchesOfPeople(
  reader: Reader,
  filter: DayFilter,
  codes: readonly string[],
): Promise<RulePunchRow[]> {
  const { devices } = filter
  return reader
    .selectFrom('punch')
    .select([
      'id',
      'sn',
      'employee_code',
      'local_time',
      'zone',
      'offset_minutes',
      'instant',
      'direction',
      'modality',
      'flags',
      'clock_skew_ms',
      'received_at',
    ])
    .where('employee_code', 'in', codes.length > 0 ? [...codes] : [''])
    .where('local_day', '>=', filter.fromDay)
    .where('local_day', '<=', filter.toDay)
    .$if(devices !== null, query =>
      query.where('sn', 'in', devices && devices.length > 0 ? [...devices] : ['']),
    )
    .orderBy('employee_code')
    .orderBy('local_day')
    .orderBy('local_time')
    .execute()
}

/** A terminal as far as it says whether its punches are all here. */
export interface TerminalContact {
  readonly sn: string
  readonly label: string
  readonly site: string
  readonly zone: string
  readonly last_seen_at: number | null
  readonly online: number
  readonly since: number
  /** Wall clocks since when punches may be missing: not asked for yet, and asked for. */
  readonly missing_from: string | null
  readonly asked_from: string | null
  /** Punches its counter says it holds beyond what came; null while it has stated none. */
  readonly held: number | null
  readonly stated_at: number | null
  /** 1: it has told of people, so that who is not among them does not use it. */
  readonly tells: number
}

/** Terminals that are believed, with what is known to be missing of each; null means all of them. */
export async function terminalContacts(
  reader: Reader,
  sns: readonly string[] | null,
): Promise<TerminalContact[]> {
  return reader
    .selectFrom('device')
    .innerJoin('device_contact', 'device_contact.sn', 'device.sn')
    .leftJoin('catch_up', 'catch_up.sn', 'device.sn')
    .leftJoin('terminal_statement', 'terminal_statement.sn', 'device.sn')
    .select([
      'device.sn',
      'device.label',
      'device.site',
      'device.zone',
      'device_contact.last_seen_at',
      'device_contact.online',
      'device_contact.since',
      'catch_up.missing_from',
      'catch_up.asked_from',
      'terminal_statement.held',
      'terminal_statement.at as stated_at',
      sql<number>`case when exists (select 1 from person_device where person_device.sn = device.sn) then 1 else 0 end`.as(
        'tells',
      ),
    ])
    .where('device.state', '=', 'adopted')
    .$if(sns !== null, query => query.where('device.sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .orderBy('device.sn')
    .execute()
}

/** Terminals some people have punched at on a day or later, whatever range is looked at. */
export async function terminalsSeen(
  reader: Reader,
  codes: readonly string[],
  sinceDay: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await reader
    .selectFrom('person_terminal')
    .select(['employee_code', 'sn'])
    .where('employee_code', 'in', codes.length > 0 ? [...codes] : [''])
    .where('last_day', '>=', sinceDay)
    .execute()
  return new Map(
    [...Map.groupBy(rows, row => row.employee_code)].map(([code, own]) => [
      code,
      new Set(own.map(({ sn }) => sn)),
    ]),
  )
}

/** Terminals that have told of each of some people, by employee code. */
export async function terminalsTelling(
  reader: Reader,
  codes: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const told = new Map<string, Set<string>>()
  if (codes.length === 0) return told
  const rows = await reader
    .selectFrom('person_device')
    .select(['employee_code', 'sn'])
    .where('employee_code', 'in', [...codes])
    .execute()
  for (const { employee_code, sn } of rows)
    told.set(employee_code, (told.get(employee_code) ?? new Set()).add(sn))
  return told
}
