import { sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { rowsFromJson } from '#platform/database/dialect.ts'
import type { Reader, Write } from './index.ts'

export interface StaleEntry {
  readonly id: number
  readonly employee_code: string
  readonly from_day: string
  readonly to_day: string
}

/** The oldest entries of the log of days to judge again. */
export function staleEntries(reader: Reader, limit: number): Promise<StaleEntry[]> {
  return reader.selectFrom('stale_days').selectAll().orderBy('id').limit(limit).execute()
}

/** Whether the log has a word about everybody, by the mark that stands for them. */
export async function isEveryoneDue(reader: Reader, mark: string): Promise<boolean> {
  const row = await reader
    .selectFrom('stale_days')
    .select('id')
    .where('employee_code', '=', mark)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Of whom entries speak that touch a range of days, both inclusive. */
export async function staleCodes(reader: Reader, fromDay: string, toDay: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('stale_days')
    .select('employee_code')
    .distinct()
    .where('from_day', '<=', toDay)
    .where('to_day', '>=', fromDay)
    .execute()
  return rows.map(({ employee_code }) => employee_code)
}

/** How many entries there are, counted no further than `most`. */
export async function countStale(reader: Reader, most: number): Promise<number> {
  const row = await reader
    .selectFrom(reader.selectFrom('stale_days').select('id').limit(most).as('some'))
    .select(sql<number>`count(*)`.as('entries'))
    .executeTakeFirst()
  return row?.entries ?? 0
}

/** Takes entries out of the log once their days have been judged. */
export async function forgetStale(
  write: Write,
  dialect: DialectName,
  entries: readonly StaleEntry[],
): Promise<void> {
  const ids = entries.map(({ id }) => ({ id }))
  await sql`delete from stale_days where id in (
    select id from ${rowsFromJson(dialect, { id: 'integer' }, ids)} as given)`.execute(write)
}

/** Everybody who is known by a name or by a judged day. */
export async function everyone(reader: Reader): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select employee_code as code from person union select employee_code from (
      with recursive known(code) as (
        select (select min(employee_code) from day_result)
        union all
        select (select min(later.employee_code) from day_result as later where later.employee_code > known.code)
        from known where known.code is not null
      ) select code as employee_code from known where code is not null) as judged
    order by 1`.execute(reader)
  return rows.map(({ code }) => code)
}

/** How far days are judged. */
export async function daysState(reader: Reader) {
  return reader.selectFrom('days_state').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()
}

/** Becomes or stays the process that judges, for `forMs`; false while another one is. */
export async function holdDays(write: Write, holder: string, nowMs: number, forMs: number): Promise<boolean> {
  const { numUpdatedRows } = await write
    .updateTable('days_state')
    .set({ holder, holder_until: nowMs + forMs })
    .where('id', '=', 1)
    .where(({ or, eb }) => or([eb('holder', '=', holder), eb('holder_until', '<', nowMs)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
