import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { Difference } from '#contract/entities/period.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import { toIso } from './devices.ts'
import type { Reader, Write } from './index.ts'
import { periodName } from './periods.ts'
import type { PageRequest } from './punches.ts'
import type { DifferenceTable } from './schema-closing.ts'

export type DifferenceRow = Selectable<DifferenceTable>
export type DifferenceEntity = z.output<typeof Difference>

/** What a difference is called outside: `d-9`. */
export function differenceName(id: number): string {
  return `d-${id}`
}

/** The id behind a name, or null where it is none of ours. */
export function readDifferenceName(name: string): number | null {
  const digits = /^d-(\d{1,15})$/.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

export interface FoundDifference {
  readonly period_id: number
  readonly employee_code: string
  readonly day: string
  readonly worked_delta: number
  readonly overtime_delta: number
  readonly changes: string
  readonly causes: string
  readonly recalculated: string
}

/** Opens a difference, or says of the one that is open what it has become. */
export async function openDifference(write: Write, found: FoundDifference, at: number): Promise<void> {
  const { period_id: _, employee_code: __, day: ___, ...now } = found
  await write
    .insertInto('difference')
    .values({
      ...found,
      state: 'open',
      opened_at: at,
      updated_at: at,
      decided_at: null,
      decided_by: null,
      reason: null,
      carry_day: null,
    })
    .onConflict(conflict =>
      conflict
        .columns(['period_id', 'employee_code', 'day'])
        // As part of the name of the index, not as a value.
        .where('state', '=', sql.lit('open'))
        .doUpdateSet({ ...now, updated_at: at }),
    )
    .execute()
}

/** What caused it has gone: somebody took the correction back, or the period was reopened. */
export async function voidDifferences(
  write: Write,
  of: { readonly periodId: number; readonly employeeCode?: string; readonly days?: readonly string[] },
  at: number,
): Promise<void> {
  if (of.days?.length === 0) return
  await write
    .updateTable('difference')
    .set({ state: 'void', updated_at: at })
    .where('period_id', '=', of.periodId)
    .where('state', '=', 'open')
    .$if(of.employeeCode !== undefined, query => query.where('employee_code', '=', of.employeeCode ?? ''))
    .$if(of.days !== undefined, query => query.where('day', 'in', [...(of.days ?? [])]))
    .execute()
}

export interface DifferenceFilter {
  readonly periodId: number | undefined
  readonly employeeCode: string | undefined
  readonly states: readonly string[] | undefined
  readonly id?: number
}

/** A page of differences by day, then as they were opened. */
export async function findDifferences(
  reader: Reader,
  filter: DifferenceFilter,
  page: PageRequest,
): Promise<Page<DifferenceEntity>> {
  const position = readPosition(page.offSet)
  const base = reader
    .selectFrom('difference')
    .$if(filter.periodId !== undefined, query => query.where('period_id', '=', filter.periodId ?? 0))
    .$if(filter.employeeCode !== undefined, query =>
      query.where('difference.employee_code', '=', filter.employeeCode ?? ''),
    )
    .$if(filter.states !== undefined, query => query.where('state', 'in', [...(filter.states ?? [])]))
    .$if(filter.id !== undefined, query => query.where('difference.id', '=', filter.id ?? 0))
  const total =
    position.kind === 'after'
      ? position.total
      : ((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  const ahead = sql.raw(page.order === 'asc' ? '>' : '<')
  const rows = await base
    .$if(position.kind === 'after', query => {
      const { key, id } = position as { key: string; id: number }
      return query.where(sql<boolean>`(difference.day, difference.id) ${ahead} (${key}, ${id})`)
    })
    .leftJoin('person', 'person.employee_code', 'difference.employee_code')
    .selectAll('difference')
    .select(['person.first_name', 'person.last_name'])
    .orderBy('difference.day', page.order)
    .orderBy('difference.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  const shown = toPage(rows, page.limit, total, row => ({ key: row.day, id: row.id }))
  return { rows: shown.rows.map(toEntity), paging: shown.paging }
}

const Value = z.union([z.string(), z.number()]).nullable()
const Changes = z.array(z.object({ field: z.string(), before: Value, after: Value }))
const Causes = z.array(
  z.object({ kind: z.enum(['punch_added', 'punch_gone', 'correction']), id: z.string() }),
)

function toEntity(
  row: DifferenceRow & { first_name: string | null; last_name: string | null },
): DifferenceEntity {
  return {
    DifferenceID: differenceName(row.id),
    PeriodID: periodName(row.period_id),
    EmployeeCode: row.employee_code,
    EmployeeName: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim() || null,
    Date: row.day,
    State: row.state === 'accepted' || row.state === 'carried' || row.state === 'void' ? row.state : 'open',
    WorkedDelta: row.worked_delta,
    OvertimeDelta: row.overtime_delta,
    Changes: Changes.parse(JSON.parse(row.changes)).map(({ field, before, after }) => ({
      Field: field,
      Before: before,
      After: after,
    })),
    Causes: Causes.parse(JSON.parse(row.causes)).map(({ kind, id }) => ({ Kind: kind, ID: id })),
    OpenedAt: new Date(row.opened_at).toISOString(),
    UpdatedAt: new Date(row.updated_at).toISOString(),
    DecidedBy: row.decided_by,
    DecidedAt: toIso(row.decided_at),
    Reason: row.reason,
    CarryDate: row.carry_day,
  }
}

/** A carried difference with the name of the person, as far as payroll needs it. */
export type CarriedRow = Pick<
  DifferenceRow,
  | 'id'
  | 'period_id'
  | 'employee_code'
  | 'day'
  | 'worked_delta'
  | 'overtime_delta'
  | 'reason'
  | 'decided_by'
  | 'decided_at'
> & { readonly carry_day: string }

/**
 * Differences that were carried to days of a range, both inclusive, by person and day. One counts as long as its period
 * stays closed: reopened, the day has the minutes itself.
 */
export async function carriedInto(
  reader: Reader,
  range: { readonly fromDay: string; readonly toDay: string },
  employeeCode?: string,
): Promise<CarriedRow[]> {
  return reader
    .selectFrom('difference')
    .innerJoin('period', 'period.id', 'difference.period_id')
    .select([
      'difference.id',
      'period_id',
      'employee_code',
      'day',
      'worked_delta',
      'overtime_delta',
      'reason',
      'decided_by',
      'decided_at',
      'carry_day',
    ])
    .where('difference.state', '=', 'carried')
    .where('period.state', '=', 'closed')
    .where('carry_day', '>=', range.fromDay)
    .where('carry_day', '<=', range.toDay)
    .$if(employeeCode !== undefined, query => query.where('employee_code', '=', employeeCode ?? ''))
    .$narrowType<{ carry_day: string }>()
    .orderBy('employee_code')
    .orderBy('day')
    .orderBy('difference.id')
    .execute()
}
