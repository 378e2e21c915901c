import { maskText } from '#contract/file-headers.ts'
import type { PunchEntity } from '../store/punches.ts'
import { columns } from './columns.ts'
import { type ExportFile, type ExportOrder, exportRows } from './export-rows.ts'

/** Punches as a file of any size. */
export function exportPunches(pages: AsyncGenerator<PunchEntity[]>, order: ExportOrder): Promise<ExportFile> {
  return exportRows(pages, { name: 'Attendance', columns, cover: coverPerson }, order)
}

/** As the proxy's mask does it: dots for text, and nothing where there was nothing. */
export function coverPerson<Row extends { EmployeeCode: string; EmployeeName: string | null }>(
  row: Row,
  hidden: ReadonlySet<string>,
): Row {
  return {
    ...row,
    ...(hidden.has('EmployeeCode') ? { EmployeeCode: maskText } : {}),
    ...(hidden.has('EmployeeName') && row.EmployeeName !== null ? { EmployeeName: maskText } : {}),
  }
}
