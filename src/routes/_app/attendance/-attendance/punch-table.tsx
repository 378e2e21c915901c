import { type Column, DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { DirectionMark, MethodMark, type Punch } from '../../../../components/punches/punch-marks.tsx'
import type { DayRange } from '../../../../format/day.ts'
import { attendanceWords } from '../../../../words/attendance.ts'
import { FlagBadges, PersonCell, PunchSummary, ReceivedCell, TerminalCell, TimeCell } from './punch-cells.tsx'

/** The punches as rows; each opens its sheet. */
export function PunchTable({
  rows,
  range,
  ...table
}: {
  readonly rows: readonly Punch[]
  readonly range: DayRange
  readonly total: number | undefined
  readonly current: string | undefined
  readonly isLoadingMore: boolean
  readonly isOld: boolean
  readonly onReachEnd: (() => void) | undefined
}) {
  const isNarrow = useNarrow()
  const { total, ...rest } = table
  return (
    <DataTable
      {...rest}
      {...(total === undefined ? {} : { total })}
      label={attendanceWords.table}
      columns={isNarrow ? narrowColumns(range) : wideColumns(range)}
      rowHeight={isNarrow ? 58 : 38}
      rows={rows}
      rowKey={punch => punch.OperationID}
    />
  )
}

function wideColumns(range: DayRange): Column<Punch>[] {
  const w = attendanceWords
  return [
    {
      id: 'when',
      header: w.when,
      width: range.from !== range.to ? '240px' : '164px',
      cell: punch => <TimeCell punch={punch} range={range} />,
    },
    {
      id: 'person',
      header: w.person,
      width: 'minmax(170px, 2fr)',
      cell: punch => <PersonCell punch={punch} />,
    },
    {
      id: 'direction',
      header: w.direction,
      width: '150px',
      cell: punch => <DirectionMark direction={punch.Direction} />,
    },
    { id: 'method', header: w.method, width: '108px', cell: punch => <MethodMark method={punch.Type} /> },
    {
      id: 'terminal',
      header: w.terminal,
      width: 'minmax(190px, 2fr)',
      cell: punch => <TerminalCell punch={punch} />,
    },
    {
      id: 'flags',
      header: w.flags,
      width: 'minmax(126px, 1fr)',
      cell: punch => <FlagBadges punch={punch} />,
    },
    { id: 'received', header: w.received, width: '172px', cell: punch => <ReceivedCell punch={punch} /> },
  ]
}

function narrowColumns(range: DayRange): Column<Punch>[] {
  return [
    {
      id: 'punch',
      header: attendanceWords.table,
      width: 'minmax(0, 1fr)',
      cell: punch => <PunchSummary punch={punch} range={range} />,
    },
  ]
}
