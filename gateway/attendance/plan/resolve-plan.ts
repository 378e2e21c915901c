import { type PlanVersionRow, versionOn } from '../../store/plan-versions.ts'
import type { AssignmentRow, HolidayRow, LeaveRow, MemberRow } from '../../store/plans.ts'
import type { CalendarDay, Plan, PlannedDay, PlannedShift, Policy, Shift } from '../rules/types.ts'
import type { RotationEntity } from './from-contract.ts'

interface Version<T> extends Pick<PlanVersionRow, 'from_date'> {
  /** Null: taken away from that date on. */
  readonly value: T | null
}

/** What a plan is made of as far as it is the same for everybody. */
export interface PlanBasis {
  /** The days asked for with those around them that shifts may reach over, in order. */
  readonly dates: readonly string[]
  readonly shifts: ReadonlyMap<string, readonly Version<Shift>[]>
  readonly rotations: ReadonlyMap<string, readonly Version<RotationEntity>[]>
  /** Oldest first; before the first the default holds. */
  readonly policies: readonly Version<Policy>[]
  readonly departments: ReadonlyMap<string, { readonly name: string; readonly site: string | null }>
  /** By department; the later first. */
  readonly assignments: ReadonlyMap<string, readonly AssignmentRow[]>
  readonly holidays: readonly (HolidayRow & { readonly siteNames: readonly string[] })[]
  readonly zones: ReadonlyMap<string, string>
  /** Where no site says which. */
  readonly zone: string
}

/** What is known of one person. */
export interface PersonBasis {
  /** Oldest first. */
  readonly members: readonly MemberRow[]
  /** The later first. */
  readonly assignments: readonly AssignmentRow[]
  readonly leave: readonly LeaveRow[]
}

/** What somebody is expected to do, and what excuses them. */
export interface PersonPlan {
  /** Null where nobody plans them. */
  readonly plan: Plan | null
  readonly calendar: readonly CalendarDay[]
  /** On the last day of the range. */
  readonly departmentId: string | null
}

/** Reads the plan of people, each day from the same parts: equal days of equal crews are one object. */
export function createResolver(basis: PlanBasis): (own: PersonBasis) => PersonPlan {
  const shared = new Map<string, PlannedDay | null>()
  const zoneOf = (site: string | null) => (site === null ? undefined : basis.zones.get(site)) ?? basis.zone

  function dayOf(assignment: AssignmentRow, date: string, zone: string): PlannedDay | null {
    const key = `${assignment.id} ${date} ${zone}`
    const known = shared.get(key)
    if (known !== undefined) return known
    const ids = shiftIdsOn(basis, assignment, date)
    const day = ids && { date, shifts: ids.flatMap(id => plannedShift(basis, id, date, zone) ?? []) }
    shared.set(key, day)
    return day
  }

  return ({ members, assignments, leave }) => {
    const days: PlannedDay[] = []
    const calendar: CalendarDay[] = leave.flatMap(row => leaveDays(row, basis.dates))
    let homeSite: string | null = null
    let departmentId: string | null = null
    for (const date of basis.dates) {
      departmentId = versionOn(members, date)?.department_id ?? null
      const department = departmentId === null ? undefined : basis.departments.get(departmentId)
      const assignment =
        assignments.find(row => holdsOn(row, date)) ??
        (departmentId === null
          ? undefined
          : basis.assignments.get(departmentId)?.find(row => holdsOn(row, date)))
      const site = assignment?.site ?? department?.site ?? null
      homeSite = site ?? homeSite
      const day = assignment && dayOf(assignment, date, zoneOf(site))
      if (day) days.push(day)
      if ((assignment || department) && assignment?.works_holidays !== 1)
        calendar.push(...holidaysOn(basis, date, site))
    }
    const plan = days.length === 0 ? null : { zone: zoneOf(homeSite), homeSite, days }
    return { plan, calendar, departmentId }
  }
}

function holdsOn({ from_date, to_date }: AssignmentRow, date: string): boolean {
  return from_date <= date && (to_date === null || date <= to_date)
}

/** Shifts an assignment plans for a date; none is a day off, null is a date nobody has planned. */
function shiftIdsOn(basis: PlanBasis, assignment: AssignmentRow, date: string): readonly string[] | null {
  if (assignment.rotation_id !== null) {
    const cycle = versionOn(basis.rotations.get(assignment.rotation_id) ?? [], date)?.value
    if (!cycle) return null
    const place = dayNumber(date) - dayNumber(cycle.Anchor) + assignment.offset_days
    const length = cycle.Days.length
    return cycle.Days[((place % length) + length) % length] ?? []
  }
  if (assignment.shift_id === null) return []
  return assignment.weekdays.includes(String(isoWeekday(date))) ? [assignment.shift_id] : []
}

function plannedShift(basis: PlanBasis, id: string, date: string, zone: string): PlannedShift | null {
  const shift = versionOn(basis.shifts.get(id) ?? [], date)?.value
  return shift ? { id: `${date}/${id}`, date, zone, shift } : null
}

function holidaysOn(basis: PlanBasis, date: string, site: string | null): CalendarDay[] {
  return basis.holidays
    .filter(
      row =>
        row.date === date && (row.siteNames.length === 0 || (site !== null && row.siteNames.includes(site))),
    )
    .map(row => ({
      id: `holiday:${row.calendar_id}:${date}`,
      date,
      kind: 'holiday',
      name: row.name,
      portion: portionOf(row.portion),
    }))
}

function leaveDays(row: LeaveRow, dates: readonly string[]): CalendarDay[] {
  return dates
    .filter(date => row.from_date <= date && date <= row.to_date)
    .map(date => ({
      id: `leave:${row.id}:${date}`,
      date,
      kind: 'leave',
      name: row.kind,
      portion: portionOf(row.portion),
    }))
}

/** Narrows what the table holds. */
export function portionOf(text: string): CalendarDay['portion'] {
  return text === 'first_half' || text === 'second_half' ? text : 'full'
}

/** Days since 1970-01-01. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000)
}

/** 1 Monday to 7 Sunday. */
export function isoWeekday(date: string): number {
  // The first of 1970 was a Thursday.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}
