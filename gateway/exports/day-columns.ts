import type { DayCellEntity, DaySumsEntity } from '../attendance/day-cell.ts'
import type { Cell, Column } from './columns.ts'

/** One person on one day, as a file has it. */
export interface DayRow extends DayCellEntity {
  readonly EmployeeCode: string
  readonly EmployeeName: string | null
  readonly Department: string | null
  readonly Site: string | null
  readonly Zone: string
}

/** One person over the range. */
export interface SumsRow extends DaySumsEntity {
  readonly EmployeeCode: string
  readonly EmployeeName: string | null
  readonly Department: string | null
  readonly Site: string | null
  readonly FromDate: string
  readonly ToDate: string
}

/** Hours with two decimals: what payroll and spreadsheets add up. */
const hours = (minutes: number | undefined) => Math.round((minutes ?? 0) / 0.6) / 100

/** `UTC+05:30`, not `+05:30`: that would be a formula to a spreadsheet. */
const offsetOf = (stamp: string | undefined) => (stamp === undefined ? '' : `UTC${stamp.slice(19)}`)

const wall = (stamp: string | undefined): Cell =>
  stamp === undefined ? null : { local: stamp.slice(0, 19).replace('T', ' ') }

const person = [
  { header: 'EmployeeCode', width: 14, cell: (row: DayRow | SumsRow) => row.EmployeeCode },
  { header: 'EmployeeName', width: 24, cell: (row: DayRow | SumsRow) => row.EmployeeName },
  { header: 'Department', width: 16, cell: (row: DayRow | SumsRow) => row.Department },
  { header: 'Site', width: 14, cell: (row: DayRow | SumsRow) => row.Site },
] as const

/** One row per person and day. */
export const dayColumns: readonly Column<DayRow>[] = [
  { header: 'Date', width: 11, cell: row => row.Date },
  ...person,
  { header: 'Status', width: 14, cell: row => row.Status },
  { header: 'Certainty', width: 12, cell: row => row.Certainty },
  { header: 'Shift', width: 14, cell: row => row.Shift ?? null },
  { header: 'In', width: 19, cell: row => wall(row.In) },
  { header: 'Out', width: 19, cell: row => wall(row.Out) },
  { header: 'UtcOffset', width: 10, cell: row => offsetOf(row.In ?? row.Out) },
  { header: 'TimeZone', width: 18, cell: row => row.TimeZone ?? row.Zone },
  { header: 'WorkedHours', width: 12, cell: row => hours(row.Worked) },
  { header: 'ExpectedHours', width: 13, cell: row => hours(row.Expected) },
  { header: 'BreakHours', width: 11, cell: row => hours(row.Break) },
  { header: 'OvertimeHours', width: 13, cell: row => hours(row.Overtime) },
  { header: 'LateMinutes', width: 11, cell: row => row.Late ?? 0 },
  { header: 'EarlyLeaveMinutes', width: 16, cell: row => row.EarlyLeave ?? 0 },
  { header: 'Punches', width: 9, cell: row => row.Punches ?? 0 },
  { header: 'Flags', width: 30, cell: row => (row.Flags ?? []).join(' ') },
  { header: 'Holiday', width: 16, cell: row => row.Holiday ?? null },
  { header: 'Corrections', width: 11, cell: row => row.Corrections ?? 0 },
]

/** One row per person. */
export const sumsColumns: readonly Column<SumsRow>[] = [
  ...person,
  { header: 'FromDate', width: 11, cell: row => row.FromDate },
  { header: 'ToDate', width: 11, cell: row => row.ToDate },
  { header: 'DaysPresent', width: 11, cell: row => row.Present },
  { header: 'HalfDays', width: 9, cell: row => row.HalfDays },
  { header: 'DaysAbsent', width: 10, cell: row => row.Absent },
  { header: 'DaysNotKnownYet', width: 15, cell: row => row.NotKnownYet },
  { header: 'DaysLeave', width: 10, cell: row => row.Leave },
  { header: 'DaysHoliday', width: 11, cell: row => row.Holidays },
  { header: 'DaysProvisional', width: 15, cell: row => row.Provisional },
  { header: 'WorkedHours', width: 12, cell: row => hours(row.Worked) },
  { header: 'ExpectedHours', width: 13, cell: row => hours(row.Expected) },
  { header: 'OvertimeHours', width: 13, cell: row => hours(row.Overtime) },
  { header: 'OvertimeWeightedHours', width: 20, cell: row => hours(row.OvertimeWeighted) },
  { header: 'LateMinutes', width: 11, cell: row => row.Late },
  { header: 'LateTimes', width: 10, cell: row => row.LateTimes },
  { header: 'EarlyLeaveMinutes', width: 16, cell: row => row.EarlyLeave },
  { header: 'EarlyLeaveTimes', width: 15, cell: row => row.EarlyLeaveTimes },
  { header: 'MissingPunches', width: 14, cell: row => row.MissingPunches },
  { header: 'OpenDifferences', width: 15, cell: row => row.Differences },
]

const minutes = (value: number | undefined) =>
  value ? `${Math.floor(value / 60)}:${String(value % 60).padStart(2, '0')}` : ''

const clock = (stamp: string | undefined) => stamp?.slice(11, 16) ?? ''
const unsure = (certainty: string) => (certainty === 'provisional' || certainty === 'reopened' ? '~' : '')

/** The same for a page, which has room for less: what is provisional is marked with ~. */
export const dayPageColumns: readonly Column<DayRow>[] = [
  { header: 'Date', width: 10, cell: row => row.Date },
  { header: 'Code', width: 10, cell: row => row.EmployeeCode },
  { header: 'Name', width: 22, cell: row => row.EmployeeName },
  { header: 'Status', width: 13, cell: row => row.Status.replaceAll('_', ' ') },
  { header: 'In', width: 6, cell: row => clock(row.In) },
  { header: 'Out', width: 6, cell: row => clock(row.Out) },
  { header: 'UTC', width: 7, cell: row => (row.In ?? row.Out ?? '').slice(19) },
  { header: 'Worked', width: 8, cell: row => `${unsure(row.Certainty)}${minutes(row.Worked)}` },
  { header: 'Expected', width: 8, cell: row => minutes(row.Expected) },
  { header: 'Late', width: 6, cell: row => minutes(row.Late) },
  { header: 'Early', width: 6, cell: row => minutes(row.EarlyLeave) },
  { header: 'Overtime', width: 8, cell: row => minutes(row.Overtime) },
  { header: 'Remarks', width: 34, cell: row => (row.Flags ?? []).join(', ').replaceAll('_', ' ') },
]

export const sumsPageColumns: readonly Column<SumsRow>[] = [
  { header: 'Code', width: 10, cell: row => row.EmployeeCode },
  { header: 'Name', width: 24, cell: row => row.EmployeeName },
  { header: 'Department', width: 16, cell: row => row.Department },
  { header: 'Present', width: 8, cell: row => row.Present },
  { header: 'Absent', width: 7, cell: row => row.Absent },
  { header: 'Unknown', width: 9, cell: row => row.NotKnownYet },
  { header: 'Leave', width: 7, cell: row => row.Leave },
  { header: 'Worked', width: 9, cell: row => `${row.Provisional > 0 ? '~' : ''}${minutes(row.Worked)}` },
  { header: 'Expected', width: 9, cell: row => minutes(row.Expected) },
  { header: 'Overtime', width: 9, cell: row => minutes(row.Overtime) },
  { header: 'Late', width: 7, cell: row => minutes(row.Late) },
  { header: 'Times', width: 6, cell: row => row.LateTimes },
  { header: 'Missing', width: 8, cell: row => row.MissingPunches },
  { header: 'Not final', width: 9, cell: row => row.Provisional },
]
