// biome-ignore-all lint/a11y/useSemanticElements: a grid that is virtual both ways cannot be a <table>; its roles say the same
import { memo } from 'react'
import { stampMinute } from '../../../../format/stamp.ts'
import { cellLabel, cellLook } from './cell-look.ts'
import styles from './grid-cell.module.css'
import type { Paint } from './month-grid.tsx'
import type { DayCell } from './search.ts'

/** One day of one person. What it shows in shape and colour its label says in words. */
export const GridCell = memo(function GridCell({
  place,
  column,
  start,
  width,
  label,
  cell,
  paint,
  isWide,
  isFaint,
  isActive,
  isOpen,
  onPress,
}: {
  /** `row:column`, by which the focus finds it. */
  readonly place: string
  readonly column: number
  /** Pixels from the first day. */
  readonly start: number
  readonly width: number
  /** The day in words. */
  readonly label: string
  readonly cell: DayCell | undefined
  readonly paint: Paint
  readonly isWide: boolean
  readonly isFaint: boolean
  readonly isActive: boolean
  readonly isOpen: boolean
  readonly onPress: (column: number) => void
}) {
  const look = cellLook(cell)
  const words = cellLabel(label, cell)
  const heat = paint === 'lateness' ? heatOf(cell?.Late ?? 0) : undefined
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all its cells
    <span
      className={styles.cell}
      role="gridcell"
      aria-colindex={column + 2}
      aria-label={words}
      title={words}
      tabIndex={isActive ? 0 : -1}
      data-place={place}
      data-sure={look.sure}
      data-tone={paint === 'lateness' ? undefined : look.tone}
      data-heat={heat}
      data-late={look.late || undefined}
      data-early={look.early || undefined}
      data-missing={look.missing || undefined}
      data-overtime={look.overtime || undefined}
      data-open={look.open || undefined}
      data-closed={look.closed || undefined}
      data-differs={look.differs || undefined}
      data-faint={isFaint || undefined}
      data-current={isOpen || undefined}
      style={{ insetInlineStart: start, inlineSize: width }}
      onClick={() => onPress(column)}
    >
      <span className={styles.face}>
        <span className={styles.text}>{paint === 'lateness' ? lateText(cell) : look.text}</span>{' '}
        {isWide && cell?.In && paint === 'days' && (
          <span className={styles.times}>
            {stampMinute(cell.In)}–{cell.Out ? stampMinute(cell.Out) : '…'}
          </span>
        )}
      </span>
    </span>
  )
})

/** Five steps of lateness, so that two neighbours can be told apart. */
function heatOf(minutes: number): number {
  if (minutes <= 0) return 0
  const steps = [5, 15, 30, 60]
  return 1 + steps.filter(step => minutes > step).length
}

function lateText(cell: DayCell | undefined): string {
  if (!cell) return ''
  return cell.Late ? String(cell.Late) : cell.Punches ? '·' : ''
}
