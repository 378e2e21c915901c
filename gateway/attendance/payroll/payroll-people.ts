import type { z } from 'zod'
import type { PayrollCarried } from '#contract/entities/payroll.ts'
import { toIso } from '../../store/devices.ts'
import { type CarriedRow, carriedInto, differenceName } from '../../store/differences.ts'
import type { Reader, Store } from '../../store/index.ts'
import { namesOf } from '../../store/people-names.ts'
import { periodName } from '../../store/periods.ts'
import { daySums } from '../day-cell.ts'
import type { DayKeeper } from '../days/keeper.ts'
import { standingOf } from '../days/read-days.ts'
import type { PersonSumsRow } from '../days/readings.ts'
import { isOf, type OutcomeFilter } from '../list-days.ts'
import { readPlaces } from '../plan/read-places.ts'
import type { PeopleRequest } from '../read-people.ts'
import type { PayrollRow } from './payroll-row.ts'

export type CarriedEntity = z.output<typeof PayrollCarried>

export interface PayrollPeople {
  /** In order of their codes. */
  readonly rows: readonly PayrollRow[]
  /** What was carried into the range, for those rows. */
  readonly carried: readonly CarriedEntity[]
}

interface PayrollDeps {
  readonly store: Pick<Store, 'read'>
  readonly days: Pick<DayKeeper, 'standing' | 'read'>
}

/**
 * Everybody of a range, one row each, with the minutes that closed days were not given and that were carried into it.
 * Who has nothing but such minutes has a row too: somebody who left is owed them all the same.
 */
export async function readPayroll(
  { store, days }: PayrollDeps,
  request: PeopleRequest,
  filter: Pick<OutcomeFilter, 'site' | 'department'>,
): Promise<PayrollPeople> {
  const standing = await standingOf(days, request)
  const people = await days.read({ what: 'sums', request, filter }, standing)
  const range = { fromDay: request.range.fromDate, toDay: request.range.toDate }
  const carried = Map.groupBy(
    await carriedInto(store.read, range, request.employeeCode),
    ({ employee_code }) => employee_code,
  )
  const known = new Set(people.map(({ EmployeeCode }) => EmployeeCode))
  const missing = [...carried.keys()].filter(code => !known.has(code))
  // Whoever sees some terminals only sees the people of these only.
  const others = request.devices === null ? await withoutDays(store.read, missing, request, filter) : []
  const rows = [...people, ...others]
    .sort((a, b) => (a.EmployeeCode < b.EmployeeCode ? -1 : 1))
    .map(person => ({ ...person, Carried: sumOf(carried.get(person.EmployeeCode) ?? []) }))
  const named = rows.flatMap(({ EmployeeCode, EmployeeName }) =>
    (carried.get(EmployeeCode) ?? []).map(row => carriedEntity(row, EmployeeName)),
  )
  return { rows, carried: named }
}

/** People of whom nothing is known in the range, as far as they are asked for. */
async function withoutDays(
  reader: Reader,
  codes: readonly string[],
  { range }: PeopleRequest,
  { site, department }: Pick<OutcomeFilter, 'site' | 'department'>,
): Promise<PersonSumsRow[]> {
  if (codes.length === 0) return []
  const [places, names] = await Promise.all([readPlaces(reader, range.toDate), namesOf(reader, codes)])
  return codes.flatMap(code => {
    const place = places.get(code) ?? { department: null, site: null }
    if (!isOf(department, place.department) || !isOf(site, place.site)) return []
    return [
      {
        EmployeeCode: code,
        EmployeeName: names.get(code) ?? null,
        Department: place.department,
        Site: place.site,
        Sums: daySums(code, []),
      },
    ]
  })
}

function sumOf(rows: readonly CarriedRow[]): PayrollRow['Carried'] {
  return {
    Worked: rows.reduce((sum, { worked_delta }) => sum + worked_delta, 0),
    Overtime: rows.reduce((sum, { overtime_delta }) => sum + overtime_delta, 0),
  }
}

function carriedEntity(row: CarriedRow, name: string | null): CarriedEntity {
  return {
    DifferenceID: differenceName(row.id),
    PeriodID: periodName(row.period_id),
    EmployeeCode: row.employee_code,
    EmployeeName: name,
    Date: row.day,
    CarryDate: row.carry_day,
    Worked: row.worked_delta,
    Overtime: row.overtime_delta,
    Reason: row.reason,
    By: row.decided_by,
    At: toIso(row.decided_at),
  }
}
