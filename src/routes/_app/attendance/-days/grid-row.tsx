// biome-ignore-all lint/a11y/useFocusableInteractive: heads and sums of a grid that is only read are no controls
// biome-ignore-all lint/a11y/useSemanticElements: a grid that is virtual both ways cannot be a <table>; its roles say the same
import type { VirtualItem } from '@tanstack/react-virtual'
import { memo } from 'react'
import { maskText } from '#contract/file-headers.ts'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { hoursShort } from '../../../../format/minutes.ts'
import { wallDayShort } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { cellOn } from './cell-of.ts'
import { GridCell } from './grid-cell.tsx'
import styles from './month-grid.module.css'
import type { GridSize, Paint } from './month-grid.tsx'
import type { DayCell, PersonDays } from './search.ts'
import type { GridPlace } from './use-grid-keys.ts'

/** One person: the name, the days in sight and the sums. Drawn again only when something of it changes. */
export const GridRow = memo(function GridRow({
  index,
  start,
  person,
  days,
  columns,
  size,
  paint,
  isFit,
  mayOpen,
  activeColumn,
  openDay,
  onPlace,
  onOpen,
}: {
  readonly index: number
  /** Pixels from the top. */
  readonly start: number
  readonly person: PersonDays
  readonly days: readonly string[]
  readonly columns: readonly VirtualItem[]
  readonly size: GridSize
  readonly paint: Paint
  readonly isFit: (cell: DayCell) => boolean
  readonly mayOpen: boolean
  /** Column the keyboard is in, -1 for the name; null: it is in another row. */
  readonly activeColumn: number | null
  /** The day open in the drawer, empty for none of them; null: another person is open. */
  readonly openDay: string | null
  readonly onPlace: (place: GridPlace) => void
  readonly onOpen: (person: PersonDays, day: string | undefined) => void
}) {
  const open = (column: number) => {
    onPlace({ row: index, column })
    if (mayOpen) onOpen(person, days[column])
  }
  return (
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      data-open={openDay !== null || undefined}
      style={{ blockSize: size.row, transform: `translateY(${start}px)` }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its cells */}
      <span
        className={styles.person}
        role="rowheader"
        aria-colindex={1}
        tabIndex={activeColumn === -1 ? 0 : -1}
        data-place={`${index}:-1`}
        data-may-open={mayOpen || undefined}
        style={{ inlineSize: size.person }}
        onClick={() => open(-1)}
      >
        <span className={styles.name}>{personLabel(person)}</span>
        {person.EmployeeName !== null && person.EmployeeCode !== maskText && (
          <span className={styles.code}>{person.EmployeeCode}</span>
        )}
      </span>
      <span className={styles.cells} role="presentation" style={{ inlineSize: size.day * days.length }}>
        {columns.map(column => {
          const day = days[column.index]
          if (day === undefined) return null
          const cell = cellOn(person, day)
          return (
            <GridCell
              key={day}
              place={`${index}:${column.index}`}
              column={column.index}
              start={column.start}
              width={size.day}
              label={wallDayShort(day)}
              cell={cell}
              paint={paint}
              isWide={size.day > 80}
              isFaint={cell !== undefined && !isFit(cell)}
              isActive={activeColumn === column.index}
              isOpen={openDay === day}
              onPress={open}
            />
          )
        })}
      </span>
      <RowSums person={person} size={size} column={days.length + 2} />
    </div>
  )
})

function RowSums({
  person: { Sums },
  size,
  column,
}: {
  readonly person: PersonDays
  readonly size: GridSize
  readonly column: number
}) {
  const w = daysWords.grid
  const why = Sums.Provisional > 0 ? w.provisionalDays(Sums.Provisional) : undefined
  return (
    <>
      {size.sums > 0 && (
        <span
          className={styles.sums}
          role="gridcell"
          aria-colindex={column}
          style={{ inlineSize: size.sums }}
        >
          <span data-zero={Sums.Late === 0 || undefined}>{Sums.Late > 0 ? hoursShort(Sums.Late) : '–'}</span>
          <span data-zero={Sums.Overtime === 0 || undefined}>
            {Sums.Overtime > 0 ? hoursShort(Sums.Overtime) : '–'}
          </span>
          <span data-zero={Sums.Absent === 0 || undefined}>{Sums.Absent || '–'}</span>
        </span>
      )}
      <span
        className={styles.worked}
        role="gridcell"
        aria-colindex={column + 1}
        title={why}
        style={{ inlineSize: size.worked }}
      >
        <span>
          {Sums.Provisional > 0 && <span aria-hidden="true">~</span>}
          <strong>{hoursShort(Sums.Worked)}</strong>
          {why && <span className="visually-hidden">, {why}</span>}
        </span>
        {Sums.Expected > 0 && <small>{w.ofExpected(hoursShort(Sums.Expected))}</small>}
      </span>
    </>
  )
}
