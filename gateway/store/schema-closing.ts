import type { Generated } from 'kysely'

/** Closed periods, what came after, and repairs of outages. */
export interface ClosingTables {
  period: PeriodTable
  period_person: PeriodPersonTable
  closed_day: ClosedDayTable
  difference: DifferenceTable
  closed_check: ClosedCheckTable
  repair: RepairTable
}

export interface PeriodTable {
  id: Generated<number>
  /** 'everyone' | 'site' | 'department' */
  scope: string
  /** Name of the site or id of the department; empty for everyone. */
  scope_value: string
  from_day: string
  to_day: string
  /** 'closing' | 'closed' | 'stopped' | 'reopened' */
  state: string
  /** How many open matters whoever closes has seen; with more than these it stops. */
  seen: number
  note: string
  asked_at: number
  closed_at: number | null
  closed_by: string
  people: number
  days: number
  exceptions: number
  reopened_at: number | null
  reopened_by: string | null
  reopen_reason: string | null
}

/** Who was in a period when it was closed. */
export interface PeriodPersonTable {
  period_id: number
  employee_code: string
}

/** A day as it was closed, and as decided later. Rows are added and never changed. */
export interface ClosedDayTable {
  id: Generated<number>
  period_id: number
  employee_code: string
  day: string
  /** 'closing' | 'accepted': what the day says | 'carried': what differences are counted from, while it says what it said */
  origin: string
  at: number
  /** DayResult as JSON, deflated, in base64. */
  result: string
}

/** What a recalculation would make of a closed day. */
export interface DifferenceTable {
  id: Generated<number>
  period_id: number
  employee_code: string
  day: string
  /** 'open' | 'accepted' | 'carried' | 'void': what caused it has gone, or its period was reopened */
  state: string
  worked_delta: number
  overtime_delta: number
  /** JSON of the rules' changes and causes. */
  changes: string
  causes: string
  /** As `closed_day.result`. */
  recalculated: string
  opened_at: number
  updated_at: number
  decided_at: number | null
  decided_by: string | null
  reason: string | null
  /** First open day after the period, which gets the minutes of a carried one. */
  carry_day: string | null
}

/** Days of closed periods that have to be compared again; an empty code is everybody. */
export interface ClosedCheckTable {
  id: Generated<number>
  employee_code: string
  from_day: string
  to_day: string
}

/** Punches estimated after an outage, as one act with one reason. */
export interface RepairTable {
  id: Generated<number>
  sn: string
  /** Wall clocks of the terminal. */
  from_time: string
  to_time: string
  incident: string | null
  reason: string
  actor: string
  at: number
}
