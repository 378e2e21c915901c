import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { type Column, DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { wallDayShort } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { type ExceptionDay, keyOf, kindText, stampClock } from './exception-day.ts'
import styles from './inbox.module.css'

const grave = new Set(['missing_in', 'missing_out', 'impossible_span', 'absent', 'implausible_punch'])

/** How much a finding weighs. */
export function toneOf(kind: string): Tone {
  if (grave.has(kind)) return 'danger'
  if (kind === 'double_punch' || kind === 'still_in') return 'neutral'
  return kind === 'guessed_direction' || kind === 'late_punch' ? 'unknown' : 'warn'
}

/** The days as rows; each opens its sheet. */
export function ExceptionTable({
  onOpen,
  total,
  ...table
}: {
  readonly rows: readonly ExceptionDay[]
  readonly total: number | undefined
  readonly current: string | undefined
  readonly isOld: boolean
  readonly isLoadingMore: boolean
  readonly onReachEnd: (() => void) | undefined
  readonly onOpen: (row: ExceptionDay) => void
}) {
  const isNarrow = useNarrow()
  return (
    <DataTable
      {...table}
      {...(total === undefined ? {} : { total })}
      label={reviewWords.inbox.table}
      columns={isNarrow ? narrowColumns(onOpen) : wideColumns(onOpen)}
      rowHeight={isNarrow ? 62 : 38}
      rowKey={keyOf}
    />
  )
}

function wideColumns(onOpen: (row: ExceptionDay) => void): Column<ExceptionDay>[] {
  const w = reviewWords.inbox
  return [
    { id: 'day', header: w.day, width: '110px', cell: row => wallDayShort(row.Cell.Date) },
    {
      id: 'person',
      header: w.person,
      width: 'minmax(170px, 1.4fr)',
      cell: row => <OpenButton row={row} onOpen={onOpen} />,
    },
    { id: 'found', header: w.found, width: 'minmax(230px, 2.4fr)', cell: row => <Found row={row} /> },
    { id: 'times', header: w.times, width: '126px', cell: row => <Times row={row} /> },
    { id: 'worked', header: w.worked, width: '150px', cell: row => <Worked row={row} /> },
  ]
}

function narrowColumns(onOpen: (row: ExceptionDay) => void): Column<ExceptionDay>[] {
  return [
    {
      id: 'all',
      header: reviewWords.inbox.table,
      width: 'minmax(0, 1fr)',
      cell: row => (
        <span className={styles.summary}>
          <span className={styles.line}>
            <OpenButton row={row} onOpen={onOpen} />
            <span className={styles.quiet}>{wallDayShort(row.Cell.Date)}</span>
          </span>
          <Found row={row} />
        </span>
      ),
    },
  ]
}

/** Id of the control that opens a day, so that the focus finds its way back. */
export function openButtonId(key: string): string {
  return `exception-${key.replaceAll(/[^\w-]/g, '_')}`
}

function OpenButton({
  row,
  onOpen,
}: {
  readonly row: ExceptionDay
  readonly onOpen: (row: ExceptionDay) => void
}) {
  return (
    <button type="button" id={openButtonId(keyOf(row))} className={styles.person} onClick={() => onOpen(row)}>
      {personLabel(row)}
    </button>
  )
}

function Found({ row }: { readonly row: ExceptionDay }) {
  return (
    <span className={styles.found}>
      {row.Kinds.map(kind => (
        <Badge key={kind} tone={toneOf(kind)}>
          {kindText(kind)}
        </Badge>
      ))}
      {row.Pending > 0 && <Badge tone="accent">{reviewWords.inbox.waits(row.Pending)}</Badge>}
    </span>
  )
}

function Times({ row: { Cell } }: { readonly row: ExceptionDay }) {
  return (
    <span className={styles.times}>
      {stampClock(Cell.In)} – {stampClock(Cell.Out)}
    </span>
  )
}

function Worked({ row: { Cell } }: { readonly row: ExceptionDay }) {
  const { minutes, inbox } = reviewWords
  const worked = minutes(Cell.Worked ?? 0)
  return (
    <span className={styles.times}>{Cell.Expected ? inbox.of(worked, minutes(Cell.Expected)) : worked}</span>
  )
}
