import type { Selectable } from 'kysely'
import type { Reader } from './index.ts'
import type { DepartmentMemberTable, PersonLeaveTable, PlanAssignmentTable } from './schema-plan.ts'

export type AssignmentRow = Selectable<PlanAssignmentTable>
export type MemberRow = Pick<
  Selectable<DepartmentMemberTable>,
  'employee_code' | 'from_date' | 'department_id'
>
export type LeaveRow = Selectable<PersonLeaveTable>

export interface HolidayRow {
  readonly calendar_id: string
  /** JSON of site names. */
  readonly sites: string
  readonly date: string
  readonly name: string
  readonly portion: string
}

/** Assignments of departments that hold on any day of a range; of later ones the later first. */
export async function departmentAssignments(
  reader: Reader,
  fromDay: string,
  toDay: string,
): Promise<AssignmentRow[]> {
  return inForce(reader, fromDay, toDay).where('department_id', 'is not', null).execute()
}

/** The same of some people. */
export async function personAssignments(
  reader: Reader,
  codes: readonly string[],
  fromDay: string,
  toDay: string,
): Promise<AssignmentRow[]> {
  return inForce(reader, fromDay, toDay).where('employee_code', 'in', listed(codes)).execute()
}

function inForce(reader: Reader, fromDay: string, toDay: string) {
  return reader
    .selectFrom('plan_assignment')
    .selectAll()
    .where('removed_at', 'is', null)
    .where('from_date', '<=', toDay)
    .where(where => where.or([where('to_date', 'is', null), where('to_date', '>=', fromDay)]))
    .orderBy('from_date', 'desc')
    .orderBy('id', 'desc')
}

/** Where some people belong, each oldest first. */
export async function membersOf(reader: Reader, codes: readonly string[]): Promise<MemberRow[]> {
  return reader
    .selectFrom('department_member')
    .select(['employee_code', 'from_date', 'department_id'])
    .where('employee_code', 'in', listed(codes))
    .orderBy('employee_code')
    .orderBy('from_date')
    .execute()
}

/** Leave of some people that touches a range. */
export async function leaveOf(
  reader: Reader,
  codes: readonly string[],
  fromDay: string,
  toDay: string,
): Promise<LeaveRow[]> {
  return reader
    .selectFrom('person_leave')
    .selectAll()
    .where('employee_code', 'in', listed(codes))
    .where('removed_at', 'is', null)
    .where('to_date', '>=', fromDay)
    .where('from_date', '<=', toDay)
    .orderBy('id')
    .execute()
}

/** Holidays of every calendar within a range. */
export async function holidaysBetween(reader: Reader, fromDay: string, toDay: string): Promise<HolidayRow[]> {
  return reader
    .selectFrom('calendar_day')
    .innerJoin('calendar', 'calendar.calendar_id', 'calendar_day.calendar_id')
    .select([
      'calendar.calendar_id',
      'calendar.sites',
      'calendar_day.date',
      'calendar_day.name',
      'calendar_day.portion',
    ])
    .where('calendar.removed_at', 'is', null)
    .where('calendar_day.removed_at', 'is', null)
    .where('calendar_day.date', '>=', fromDay)
    .where('calendar_day.date', '<=', toDay)
    .orderBy('calendar.calendar_id')
    .orderBy('calendar_day.date')
    .execute()
}

/** Departments that are not closed, with their site. */
export async function departmentSites(
  reader: Reader,
): Promise<{ department_id: string; name: string; site: string | null }[]> {
  return reader
    .selectFrom('department')
    .select(['department_id', 'name', 'site'])
    .orderBy('department_id')
    .execute()
}

/** The zone of each site, as its believed terminals have it; the site with most terminals first. */
export async function siteZones(reader: Reader): Promise<{ site: string; zone: string }[]> {
  const rows = await reader
    .selectFrom('device')
    .select(({ fn }) => ['site', 'zone', fn.countAll<number>().as('terminals')])
    .where('state', '=', 'adopted')
    .groupBy(['site', 'zone'])
    .execute()
  return rows
    .map(row => ({ ...row, terminals: Number(row.terminals) }))
    .sort((a, b) => b.terminals - a.terminals || (a.site < b.site ? -1 : 1))
}

/**
 * Codes of people that somebody has planned or put into a department, or who have leave, from a code on, in order:
 * those of whom a day can be told without a punch.
 */
export async function nextPlanned(
  reader: Reader,
  fromCode: string,
  untilCode: string | null,
): Promise<string[]> {
  const codes = await Promise.all(
    (['plan_assignment', 'department_member', 'person_leave'] as const).map(table =>
      reader
        .selectFrom(table)
        .select('employee_code')
        .distinct()
        .where('employee_code', '>=', fromCode)
        .$if(untilCode !== null, query => query.where('employee_code', '<=', untilCode ?? ''))
        .execute(),
    ),
  )
  const names = codes.flat().flatMap(({ employee_code }) => employee_code ?? [])
  return [...new Set(names)].sort()
}

function listed(codes: readonly string[]): string[] {
  return codes.length > 0 ? [...codes] : ['']
}

/** Who has an assignment of their own on a date, with its home site; of several the one that holds comes last. */
export async function personAssignmentsOn(
  reader: Reader,
  date: string,
): Promise<{ employee_code: string; site: string | null }[]> {
  const rows = await inForce(reader, date, date)
    .clearSelect()
    .select(['employee_code', 'site'])
    .where('employee_code', 'is not', null)
    .execute()
  return rows.reverse().map(row => ({ employee_code: row.employee_code ?? '', site: row.site }))
}
