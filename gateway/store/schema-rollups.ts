import type { Generated } from 'kysely'

/** Kept by the database with every punch (migration "rollups"). */
export interface RollupTables {
  device_day: DeviceDayTable
  stale_days: StaleDaysTable
}

export interface DeviceDayTable {
  local_day: string
  sn: string
  punches: number
}

/** Log of days that have to be judged again; a row goes once they have been. */
export interface StaleDaysTable {
  id: Generated<number>
  employee_code: string
  /** Both inclusive. */
  from_day: string
  to_day: string
}
