import { maskText } from '#contract/file-headers.ts'
import type { PunchEntity } from '../store/punches.ts'
import { columns } from './columns.ts'
import { type ExportFile, type ExportOrder, exportRows } from './export-rows.ts'

/** Punches as a file of any size. */
export function exportPunches(pages: AsyncGenerator<PunchEntity[]>, order: ExportOrder): Promise<ExportFile> {
  return exportRows(pages, { name: 'Attendance', columns, cover }, order)
}

/** As the proxy's mask does it: dots for text, and nothing where there was nothing. */
function cover(punch: PunchEntity, hidden: ReadonlySet<string>): PunchEntity {
  return {
    ...punch,
    ...(hidden.has('EmployeeCode') ? { EmployeeCode: maskText } : {}),
    ...(hidden.has('EmployeeName') && punch.EmployeeName !== null ? { EmployeeName: maskText } : {}),
  }
}
