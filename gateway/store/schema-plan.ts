import type { Generated } from 'kysely'

/** Tables of migration 0009. Dates are `YYYY-MM-DD`. */
export interface PlanTables {
  plan_version: PlanVersionTable
  department: DepartmentTable
  department_member: DepartmentMemberTable
  plan_assignment: PlanAssignmentTable
  calendar: CalendarTable
  calendar_day: CalendarDayTable
  person_leave: PersonLeaveTable
}

interface Saved {
  saved_at: number
  /** Opaque name of who saved it. */
  saved_by: string | null
}

interface Removable extends Saved {
  /** Null while it holds. */
  removed_at: number | null
  removed_by: string | null
}

/** What holds from a date until the next version of the same thing. */
export interface PlanVersionTable extends Saved {
  /** 'shift' | 'rotation' | 'policy' */
  kind: string
  /** Empty for the policy. */
  id: string
  /** 0001-01-01: since ever. */
  from_date: string
  name: string
  /** JSON as in the contract (contract/entities/plan.ts); null: taken away from this date on. */
  definition: string | null
}

export interface DepartmentTable extends Removable {
  department_id: string
  name: string
  site: string | null
}

/** Where somebody belongs from a date on, until the next row. */
export interface DepartmentMemberTable extends Saved {
  employee_code: string
  from_date: string
  department_id: string | null
}

/** Of a person or of a department, to a shift or to a rotation. */
export interface PlanAssignmentTable extends Removable {
  id: Generated<number>
  employee_code: string | null
  department_id: string | null
  shift_id: string | null
  rotation_id: string | null
  /** Digits of the days of the week on which the shift is worked, 1 Monday. */
  weekdays: string
  offset_days: number
  from_date: string
  /** Last day; null: until further notice. */
  to_date: string | null
  site: string | null
  works_holidays: number
}

export interface CalendarTable extends Removable {
  calendar_id: string
  name: string
  /** JSON of site names; empty: everywhere. */
  sites: string
}

export interface CalendarDayTable extends Removable {
  calendar_id: string
  date: string
  name: string
  /** 'full' | 'first_half' | 'second_half' */
  portion: string
}

export interface PersonLeaveTable extends Removable {
  id: Generated<number>
  employee_code: string
  from_date: string
  to_date: string
  /** 'vacation' | 'sick' | 'unpaid' | 'training' | 'other' */
  kind: string
  portion: string
  note: string
}
