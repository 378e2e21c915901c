import { type Selectable, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { type JsonColumnType, rowsFromText } from '#platform/database/dialect.ts'
import type { Reader, Store } from './index.ts'
import type { DayResultTable } from './schema-rollups.ts'

export type DayResultRow = Selectable<DayResultTable>

const columns = {
  employee_code: 'text',
  date: 'text',
  status: 'text',
  certainty: 'text',
  settled: 'integer',
  punches: 'integer',
  worked: 'integer',
  expected: 'integer',
  overtime: 'integer',
  overtime_weighted: 'real',
  late: 'integer',
  early_leave: 'integer',
  missing: 'integer',
  difference: 'integer',
  cell: 'text',
  more: 'text',
  judged_at: 'integer',
} as const satisfies Record<keyof DayResultRow, JsonColumnType>

/** A day of a person. */
export interface DayKey {
  readonly code: string
  readonly date: string
}

/** Judged days as they are kept, over what was kept of them (`replaceRows`). */
export const dayResults = { table: 'day_result', columns, key: ['employee_code', 'date'] } as const

/** Drops days that are no more; `gone` is the text of `DayKey`s. */
export async function dropDays(writer: Store['writer'], dialect: DialectName, gone: string): Promise<void> {
  await sql`delete from day_result where (employee_code, date) in (
    select code, date from ${rowsFromText(dialect, { code: 'text', date: 'text' }, gone)} as given)`.execute(
    writer,
  )
}

/** Kept days of some people, person by person, each in order of dates; both dates inclusive. */
export function daysOf(
  reader: Reader,
  codes: readonly string[],
  range: { readonly fromDate: string; readonly toDate: string },
): Promise<DayResultRow[]> {
  return reader
    .selectFrom('day_result')
    .selectAll()
    .where('employee_code', 'in', codes.length > 0 ? [...codes] : [''])
    .where('date', '>=', range.fromDate)
    .where('date', '<=', range.toDate)
    .orderBy('employee_code')
    .orderBy('date')
    .execute()
}

/** The next people with kept days, in order of their codes; it goes from code to code in the key. */
export async function nextJudged(
  reader: Reader,
  from: { readonly code: string; readonly inclusive: boolean },
  limit: number,
): Promise<string[]> {
  const start = sql.raw(from.inclusive ? '>=' : '>')
  const { rows } = await sql<{ code: string }>`
    with recursive known(code, place) as (
      select (select min(employee_code) from day_result where employee_code ${start} ${from.code}), 1
      union all
      select (select min(later.employee_code) from day_result as later where later.employee_code > known.code), place + 1
      from known where known.code is not null and place < ${sql.lit(limit)}
    )
    select code from known where code is not null order by place`.execute(reader)
  return rows.map(({ code }) => code)
}

/** People with a day up to a date that time alone can change, and the first of those days of each. */
export function openPeople(
  reader: Reader,
  lastDay: string,
): Promise<{ employee_code: string; from_day: string }[]> {
  return reader
    .selectFrom('day_result')
    .select(['employee_code', sql<string>`min(date)`.as('from_day')])
    .where('settled', '=', sql.lit(0))
    .where('date', '<=', lastDay)
    .groupBy('employee_code')
    .execute()
}

/** No statement takes any number of parameters, and these people may be everybody. */
const codesPerStatement = 1_000

/** The first day of each of some people that is not settled. */
export async function firstOpenDays(reader: Reader, codes: readonly string[]): Promise<Map<string, string>> {
  const firsts = new Map<string, string>()
  for (let from = 0; from < codes.length; from += codesPerStatement) {
    const rows = await reader
      .selectFrom('day_result')
      .select(['employee_code', sql<string>`min(date)`.as('first')])
      .where('employee_code', 'in', codes.slice(from, from + codesPerStatement))
      .where('settled', '=', 0)
      .groupBy('employee_code')
      .execute()
    for (const { employee_code, first } of rows) firsts.set(employee_code, first)
  }
  return firsts
}
