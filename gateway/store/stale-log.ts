import { sql } from 'kysely'
import type { Reader, Store, Write } from './index.ts'

/** Ids that follow each other, both inclusive. */
export interface IdRun {
  readonly from: number
  readonly to: number
}

export interface StaleRange {
  readonly employee_code: string
  readonly from_day: string
  readonly to_day: string
}

/**
 * The oldest entries of the log, as runs of ids without a gap: in PostgreSQL an id may become visible after a later
 * one, and what was not seen must not be taken out.
 */
export async function staleIds(reader: Reader, limit: number): Promise<IdRun[]> {
  const { rows } = await sql<IdRun>`
    select min(id) as "from", max(id) as "to" from (
      select id, id - row_number() over (order by id) as run from (
        select id from stale_days order by id limit ${sql.lit(limit)}) as oldest) as numbered
    group by run order by 1`.execute(reader)
  return rows.map(({ from, to }) => ({ from: Number(from), to: Number(to) }))
}

/** What entries up to an id say, each said once. */
export function staleRanges(reader: Reader, throughId: number): Promise<StaleRange[]> {
  return reader
    .selectFrom('stale_days')
    .select(['employee_code', 'from_day', 'to_day'])
    .distinct()
    .where('id', '<=', throughId)
    .execute()
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

/** Entries a transaction takes out, so that no punch waits long behind it. */
const forgottenAtOnce = 2_000

/**
 * Takes entries out of the log once their days have been judged, some at a time. No id twice: SQLite begins anew when
 * the log is empty.
 */
export async function forgetStale(writer: Store['writer'], runs: readonly IdRun[]): Promise<void> {
  for (const run of runs)
    for (let from = run.from; from <= run.to; from += forgottenAtOnce) {
      const to = Math.min(run.to, from + forgottenAtOnce - 1)
      await writer.deleteFrom('stale_days').where('id', '>=', from).where('id', '<=', to).execute()
    }
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
