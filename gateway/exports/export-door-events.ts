import { maskText } from '#contract/file-headers.ts'
import type { DoorEventEntity } from '../store/doors.ts'
import type { Column } from './columns.ts'
import { type ExportFile, type ExportOrder, exportRows } from './export-rows.ts'

const columns: readonly Column<DoorEventEntity>[] = [
  { header: 'EventTime', width: 19, cell: event => ({ local: event.EventTime }) },
  { header: 'Event', width: 16, cell: event => event.Event },
  { header: 'Detail', width: 30, cell: event => event.Detail },
  { header: 'DeviceSN', width: 16, cell: event => event.DeviceSN },
  { header: 'DoorNo', width: 8, cell: event => event.DoorNo },
  { header: 'LabelName', width: 20, cell: event => event.LabelName },
  { header: 'EmployeeCode', width: 14, cell: event => event.EmployeeCode },
  { header: 'ReceivedAt', width: 24, cell: event => event.ReceivedAt },
  { header: 'CommandID', width: 12, cell: event => event.CommandID },
  { header: 'Actor', width: 20, cell: event => event.Actor },
  { header: 'EventID', width: 12, cell: event => event.EventID },
]

/** What happened at doors as a file of any size. */
export function exportDoorEvents(
  pages: AsyncGenerator<DoorEventEntity[]>,
  order: ExportOrder,
): Promise<ExportFile> {
  return exportRows(pages, { name: 'Door events', columns, cover }, order)
}

function cover(event: DoorEventEntity, hidden: ReadonlySet<string>): DoorEventEntity {
  if (!hidden.has('EmployeeCode') || event.EmployeeCode === null) return event
  return { ...event, EmployeeCode: maskText }
}
