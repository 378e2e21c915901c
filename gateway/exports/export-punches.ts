import { maskText } from '#contract/file-headers.ts'
import type { PunchEntity } from '../store/punches.ts'
import { type ExportFile, exportRows } from './export-rows.ts'
import { punchColumns } from './punch-columns.ts'

export interface PunchExportOrder {
  readonly format: 'csv' | 'json' | 'xlsx'
  /** Names of fields nobody may see. */
  readonly hidden: ReadonlySet<string>
  readonly callerOperationId: string | undefined
}

/** Punches as a file. */
export function exportPunches(
  pages: AsyncGenerator<PunchEntity[]>,
  { format, hidden, callerOperationId }: PunchExportOrder,
): Promise<ExportFile> {
  return exportRows(pages, {
    format,
    columns: punchColumns,
    title: 'Attendance',
    cover: punch => coverPerson(punch, hidden),
    callerOperationId,
  })
}

/** As the proxy's mask does it: dots for text, and nothing where there was nothing. */
export function coverPerson<Row extends { EmployeeCode: string; EmployeeName: string | null }>(
  row: Row,
  hidden: ReadonlySet<string>,
): Row {
  if (hidden.size === 0) return row
  return {
    ...row,
    ...(hidden.has('EmployeeCode') ? { EmployeeCode: maskText } : {}),
    ...(hidden.has('EmployeeName') && row.EmployeeName !== null ? { EmployeeName: maskText } : {}),
  }
}
