import type { PunchEntity } from '../store/punches.ts'

/** What a cell holds; `local` is a wall clock, `YYYY-MM-DD HH:MM:SS`. */
export type Cell = string | number | boolean | null | { readonly local: string }

export interface Column<Row> {
  /** The contract's name where it has one: the same in every language, so that other programs can read the file. */
  readonly header: string
  /** In characters. */
  readonly width: number
  readonly cell: (row: Row) => Cell
}

/** One row per punch: when by which clock, who, what, where, and what to doubt. */
export const columns: readonly Column<PunchEntity>[] = [
  { header: 'AttendanceLog', width: 19, cell: punch => ({ local: punch.AttendanceLog }) },
  { header: 'UtcOffset', width: 10, cell: punch => offsetOf(punch.LogTime) },
  { header: 'TimeZone', width: 18, cell: punch => punch.TimeZone },
  { header: 'EmployeeCode', width: 14, cell: punch => punch.EmployeeCode },
  { header: 'EmployeeName', width: 24, cell: punch => punch.EmployeeName },
  { header: 'Direction', width: 12, cell: punch => punch.Direction },
  { header: 'Type', width: 12, cell: punch => punch.Type },
  { header: 'DeviceSN', width: 16, cell: punch => punch.DeviceSN },
  { header: 'LabelName', width: 20, cell: punch => punch.LabelName },
  { header: 'Site', width: 16, cell: punch => punch.Site },
  { header: 'WorkCode', width: 10, cell: punch => punch.WorkCode },
  { header: 'Temperature', width: 12, cell: punch => punch.Temperature },
  { header: 'FaceMask', width: 10, cell: punch => punch.FaceMask },
  { header: 'ReceivedAt', width: 24, cell: punch => punch.ReceivedAt },
  { header: 'ClockSkewSeconds', width: 16, cell: punch => punch.ClockSkewSeconds },
  { header: 'Flags', width: 28, cell: punch => punch.Flags.join(' ') },
  { header: 'OperationID', width: 14, cell: punch => punch.OperationID },
]

/** `UTC+05:30`, not `+05:30`: that would be a formula to a spreadsheet. */
function offsetOf(logTime: string): string {
  const [, hours = '', minutes = ''] = /GMT ([+-]\d\d)(\d\d)$/.exec(logTime) ?? []
  return hours === '' ? '' : `UTC${hours}:${minutes}`
}
