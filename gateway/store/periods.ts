import { type Insertable, type Selectable, sql } from 'kysely'
import type { Reader, Write } from './index.ts'
import type { ClosedDayTable, PeriodTable } from './schema-closing.ts'

export type PeriodRow = Selectable<PeriodTable>

/** What a period is called outside: `k-4`. */
export function periodName(id: number): string {
  return `k-${id}`
}

/** The id behind a name, or null where it is none of ours. */
export function readPeriodName(name: string): number | null {
  const digits = /^k-(\d{1,15})$/.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Periods that hold, or are about to, of which a day lies in a range, both inclusive. */
export async function periodsTouching(reader: Reader, fromDay: string, toDay: string): Promise<PeriodRow[]> {
  return reader
    .selectFrom('period')
    .selectAll()
    .where('state', 'in', ['closed', 'closing'])
    .where('to_day', '>=', fromDay)
    .where('from_day', '<=', toDay)
    .orderBy('id')
    .execute()
}

/** Which of some people are in which of some periods. */
export async function membersOfPeriods(
  reader: Reader,
  periodIds: readonly number[],
  codes: readonly string[],
): Promise<{ period_id: number; employee_code: string }[]> {
  if (periodIds.length === 0 || codes.length === 0) return []
  return reader
    .selectFrom('period_person')
    .selectAll()
    .where('period_id', 'in', [...periodIds])
    .where('employee_code', 'in', [...codes])
    .execute()
}

/** Closed days of some people, oldest fact first, of periods that hold. */
export async function closedDaysOf(
  reader: Reader,
  periodIds: readonly number[],
  codes: readonly string[],
  range: { readonly fromDay: string; readonly toDay: string },
): Promise<Selectable<ClosedDayTable>[]> {
  if (periodIds.length === 0 || codes.length === 0) return []
  return reader
    .selectFrom('closed_day')
    .selectAll()
    .where('employee_code', 'in', [...codes])
    .where('day', '>=', range.fromDay)
    .where('day', '<=', range.toDay)
    .where('period_id', 'in', [...periodIds])
    .orderBy('id')
    .execute()
}

const rowsPerStatement = 200

/** Keeps days as they were closed, or as decided. */
export async function insertClosedDays(
  write: Write,
  rows: readonly Insertable<ClosedDayTable>[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsPerStatement)
    await write
      .insertInto('closed_day')
      .values(rows.slice(at, at + rowsPerStatement))
      .execute()
}

/** Notes who is in a period. */
export async function insertMembers(write: Write, periodId: number, codes: readonly string[]): Promise<void> {
  for (let at = 0; at < codes.length; at += rowsPerStatement)
    await write
      .insertInto('period_person')
      .values(
        codes.slice(at, at + rowsPerStatement).map(employee_code => ({ period_id: periodId, employee_code })),
      )
      .execute()
}

/** What a closing that was interrupted, or stopped, has left. */
export async function forgetClosing(write: Write, periodId: number): Promise<void> {
  for (const table of ['closed_day', 'period_person'] as const)
    await write.deleteFrom(table).where('period_id', '=', periodId).execute()
}

/**
 * Says that closed days may come out differently now. Without a closed period of these days it costs one look at a
 * small index.
 */
export async function markClosedDays(
  write: Write,
  stale: {
    readonly employeeCodes: readonly string[] | 'everyone'
    readonly fromDay: string
    readonly toDay: string | null
  },
): Promise<void> {
  const touched = await periodsTouching(write, stale.fromDay, stale.toDay ?? '9999-12-31')
  if (touched.length === 0) return
  const last =
    touched
      .map(({ to_day }) => to_day)
      .sort()
      .at(-1) ?? stale.fromDay
  const to_day = stale.toDay === null || stale.toDay > last ? last : stale.toDay
  const codes = stale.employeeCodes === 'everyone' ? [''] : [...new Set(stale.employeeCodes)]
  for (let at = 0; at < codes.length; at += rowsPerStatement)
    await write
      .insertInto('closed_check')
      .values(
        codes
          .slice(at, at + rowsPerStatement)
          .map(employee_code => ({ employee_code, from_day: stale.fromDay, to_day })),
      )
      .execute()
}

/** A page of periods, newest days first, each with how many differences wait. */
export async function listPeriods(
  reader: Reader,
): Promise<(PeriodRow & { open_differences: number; scope_name: string | null })[]> {
  const rows = await reader
    .selectFrom('period')
    .leftJoin('department', join =>
      join.onRef('department.department_id', '=', 'period.scope_value').on('period.scope', '=', 'department'),
    )
    .selectAll('period')
    .select(({ selectFrom }) => [
      'department.name as scope_name',
      selectFrom('difference')
        .select(sql<number>`count(*)`.as('n'))
        .whereRef('difference.period_id', '=', 'period.id')
        .where('difference.state', '=', 'open')
        .as('open_differences'),
    ])
    .orderBy('period.to_day', 'desc')
    .orderBy('period.id', 'desc')
    .limit(500)
    .execute()
  return rows.map(row => ({ ...row, open_differences: Number(row.open_differences ?? 0) }))
}
