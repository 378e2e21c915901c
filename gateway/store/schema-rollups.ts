import type { Generated } from 'kysely'

/** Kept with every punch: by triggers in PostgreSQL, by book-punches.ts in SQLite. */
export interface RollupTables {
  device_day: DeviceDayTable
  person_terminal: PersonTerminalTable
  stale_days: StaleDaysTable
  day_result: DayResultTable
  days_state: DaysStateTable
}

export interface DeviceDayTable {
  local_day: string
  sn: string
  punches: number
}

/** Terminals people have punched at. */
export interface PersonTerminalTable {
  employee_code: string
  sn: string
  last_day: string
}

/** Log of days that have to be judged again; a row goes once they have been. */
export interface StaleDaysTable {
  id: Generated<number>
  employee_code: string
  /** Both inclusive; `from_day` is empty where it is the first day of theirs that is open. */
  from_day: string
  to_day: string
}

/** A judged day of a person, as far as lists and sums need it (attendance/days/day-facts.ts). */
export interface DayResultTable {
  employee_code: string
  date: string
  status: string
  certainty: string
  /** 0: time alone can change it. */
  settled: number
  punches: number
  /** Whole minutes, as are the next three and `early_leave`. */
  worked: number
  expected: number
  overtime: number
  overtime_weighted: number
  late: number
  early_leave: number
  /** Missing punches. */
  missing: number
  /** 1: the period is closed, and a recalculation says otherwise. */
  difference: number
  /** JSON of the contract's DayCell, with its zone. */
  cell: string
  /** JSON of what the cell leaves out. */
  more: string
  judged_at: number
}

/** One row: how far days are judged. */
export interface DaysStateTable {
  id: number
  /** Last date that everybody has been judged for; empty before the first time. */
  through: string
  /** First day plans were judged for; empty before the first time (store/first-day.ts). */
  since: string
  /** When the days that time alone can change were looked at last. */
  open_judged_at: number
  /** Which process judges, where several share the database, and until when nobody else may. */
  holder: string
  holder_until: number
}
