import { useMemo } from 'react'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { type Column, DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { hoursShort } from '../../../../format/minutes.ts'
import { useTicking } from '../../../../format/now.ts'
import { spanNarrow } from '../../../../format/span.ts'
import { stampMinute, stampMs, stampOffset } from '../../../../format/stamp.ts'
import { wallDayShort } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { cellOn } from './cell-of.ts'
import styles from './day-list.module.css'
import type { DayCell, DaysSearch, PersonDays } from './search.ts'

interface Row {
  readonly key: string
  readonly person: PersonDays
  readonly cell: DayCell
}

/** One day as a list: who, what it comes to, since when. Of who is in now, the stay that is still open. */
export function DayList({
  people,
  day,
  search,
  mayOpen,
  onOpen,
}: {
  readonly people: readonly PersonDays[]
  readonly day: string
  readonly search: DaysSearch
  readonly mayOpen: boolean
  readonly onOpen: (person: PersonDays, day: string | undefined) => void
}) {
  const isNarrow = useNarrow()
  const isNow = search.now === 1
  const rows = useMemo(
    () =>
      people.flatMap((person, at): Row[] => {
        const cell = isNow
          ? person.Days.findLast(each => each.Flags?.includes('still_in'))
          : cellOn(person, day)
        // A masked code is the same for everybody.
        return cell ? [{ key: `${at} ${person.EmployeeCode}`, person, cell }] : []
      }),
    [people, day, isNow],
  )
  const open = (row: Row) => onOpen(row.person, row.cell.Date)
  const columns = isNarrow ? narrowColumns(isNow, mayOpen, open) : wideColumns(isNow, mayOpen, open)
  return (
    <DataTable
      label={daysWords.list.label}
      columns={columns}
      rows={rows}
      rowKey={row => row.key}
      rowHeight={isNarrow ? 58 : 38}
      current={rows.find(row => row.person.EmployeeCode === search.who)?.key}
    />
  )
}

function wideColumns(isNow: boolean, mayOpen: boolean, open: (row: Row) => void): Column<Row>[] {
  const w = daysWords.list
  const time = (stamp: string | undefined) => stamp && <StampTime stamp={stamp} />
  return [
    {
      id: 'person',
      header: daysWords.grid.person,
      width: 'minmax(180px, 2fr)',
      cell: row => <PersonButton row={row} mayOpen={mayOpen} onOpen={open} />,
    },
    { id: 'status', header: w.status, width: '130px', cell: ({ cell }) => <StatusBadge cell={cell} /> },
    {
      id: 'shift',
      header: w.shift,
      width: 'minmax(100px, 1fr)',
      cell: ({ cell }) => cell.Shift ?? '',
    },
    { id: 'in', header: w.in, width: '132px', cell: ({ cell }) => time(cell.In) },
    isNow
      ? {
          id: 'since',
          header: w.since,
          width: '150px',
          cell: ({ cell }) => <Since stamp={cell.Last ?? cell.In} />,
        }
      : { id: 'out', header: w.out, width: '132px', cell: ({ cell }) => time(cell.Out) },
    {
      id: 'worked',
      header: w.worked,
      width: '90px',
      align: 'end',
      cell: ({ cell }) => (cell.Worked ? hoursShort(cell.Worked) : ''),
    },
    {
      id: 'remarks',
      header: w.remarks,
      width: 'minmax(200px, 2fr)',
      cell: ({ cell }) => <Remarks cell={cell} isNow={isNow} />,
    },
    { id: 'certainty', header: w.certainty, width: '140px', cell: ({ cell }) => <Certainty cell={cell} /> },
  ]
}

function narrowColumns(isNow: boolean, mayOpen: boolean, open: (row: Row) => void): Column<Row>[] {
  return [
    {
      id: 'row',
      header: daysWords.list.label,
      width: 'minmax(0, 1fr)',
      cell: row => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <PersonButton row={row} mayOpen={mayOpen} onOpen={open} />
            {isNow ? <Since stamp={row.cell.Last ?? row.cell.In} /> : <span>{timesOf(row.cell)}</span>}
          </span>
          <span className={styles.line}>
            <Remarks cell={row.cell} isNow={isNow} />
            <StatusBadge cell={row.cell} />
          </span>
        </div>
      ),
    },
  ]
}

/** From when to when; nothing of a day without either. */
function timesOf({ In, Out }: DayCell): string {
  if (In === undefined && Out === undefined) return ''
  return `${In ? stampMinute(In) : '–'} – ${Out ? stampMinute(Out) : '…'}`
}

function PersonButton({
  row,
  mayOpen,
  onOpen,
}: {
  readonly row: Row
  readonly mayOpen: boolean
  readonly onOpen: (row: Row) => void
}) {
  const label = personLabel(row.person)
  if (!mayOpen) return label
  return (
    <button type="button" className={styles.open} onClick={() => onOpen(row)}>
      {label}
      {row.person.EmployeeName !== null && <span className={styles.code}>{row.person.EmployeeCode}</span>}
    </button>
  )
}

const tones: Partial<Record<DayCell['Status'], Tone>> = {
  present: 'ok',
  half_day: 'warn',
  absent: 'danger',
  not_known_yet: 'unknown',
  not_arrived: 'warn',
}

/** What a day comes to, as a word with its tone. */
export function StatusBadge({ cell }: { readonly cell: DayCell }) {
  return <Badge tone={tones[cell.Status] ?? 'neutral'}>{daysWords.statuses[cell.Status]}</Badge>
}

/** How far a day can be relied on, with the reason as a tip. */
export function Certainty({ cell }: { readonly cell: DayCell }) {
  const w = daysWords.grid
  const why = cell.WaitingFor
    ? w.waitingFor(cell.WaitingFor.join(', '))
    : cell.Reason
      ? w.reason[cell.Reason]
      : w.certaintyWhy[cell.Certainty]
  const isOpen = cell.Certainty === 'provisional' || cell.Certainty === 'reopened'
  return (
    <span className={styles.certainty} data-open={isOpen || undefined} title={why}>
      {w.certainty[cell.Certainty]}
    </span>
  )
}

function Remarks({ cell, isNow }: { readonly cell: DayCell; readonly isNow: boolean }) {
  const shown = (cell.Flags ?? []).filter(flag => flag !== 'absent' && !(isNow && flag === 'still_in'))
  return (
    <span className={styles.remarks}>
      {shown.map(flag => (
        <Badge key={flag} tone={flag === 'missing_in' || flag === 'missing_out' ? 'danger' : 'neutral'}>
          {daysWords.flags[flag]}
          {flag === 'late' && cell.Late ? ` ${hoursShort(cell.Late)}` : ''}
          {flag === 'early_leave' && cell.EarlyLeave ? ` ${hoursShort(cell.EarlyLeave)}` : ''}
        </Badge>
      ))}
    </span>
  )
}

function StampTime({ stamp }: { readonly stamp: string }) {
  return (
    <time dateTime={stamp}>
      {stampMinute(stamp)} <span className={styles.code}>{stampOffset(stamp)}</span>
    </time>
  )
}

function Since({ stamp }: { readonly stamp: string | undefined }) {
  const text = useTicking(now =>
    stamp === undefined ? '' : spanNarrow(Math.max(60, Math.floor((now - stampMs(stamp)) / 60_000) * 60)),
  )
  if (stamp === undefined) return null
  return (
    <time
      dateTime={stamp}
      title={`${wallDayShort(stamp.slice(0, 10))} ${stampMinute(stamp)} ${stampOffset(stamp)}`}
    >
      {text} <span className={styles.code}>{stampMinute(stamp)}</span>
    </time>
  )
}
