/** Kept by the database with every punch (migration "rollups"); nobody else writes the two counts. */
export interface RollupTables {
  person_day: PersonDayTable
  device_day: DeviceDayTable
  stale_days: StaleDaysTable
}

export interface PersonDayTable {
  employee_code: string
  local_day: string
  punches: number
}

export interface DeviceDayTable {
  local_day: string
  sn: string
  punches: number
}

/** Days that have to be judged again; one range a person. */
export interface StaleDaysTable {
  employee_code: string
  from_day: string
  to_day: string
  /** Counts up with every reason, so that a reason that comes while the days are being judged is not lost. */
  revision: number
}
