// biome-ignore-all lint/a11y/useFocusableInteractive: heads and sums of a grid that is only read are no controls
// biome-ignore-all lint/a11y/useSemanticElements: a grid that is virtual both ways cannot be a <table>; its roles say the same
import type { VirtualItem } from '@tanstack/react-virtual'
import { daysWords } from '../../../../words/attendance-days.ts'
import { dayParts } from './day-parts.ts'
import { weekdayOf } from './filters.ts'
import styles from './month-grid.module.css'

/** Days across, standing still above; the corner and the sums stand still sideways as well. */
export function GridHead({
  days,
  columns,
  size,
  inlineSize,
  height,
}: {
  readonly days: readonly string[]
  readonly columns: readonly VirtualItem[]
  readonly size: {
    readonly person: number
    readonly day: number
    readonly sums: number
    readonly worked: number
  }
  readonly inlineSize: number
  readonly height: number
}) {
  const w = daysWords.grid
  return (
    <div className={styles.head} role="rowgroup" style={{ inlineSize, blockSize: height }}>
      <div className={styles.headRow} role="row" aria-rowindex={1}>
        <span
          className={styles.corner}
          role="columnheader"
          aria-colindex={1}
          style={{ inlineSize: size.person }}
        >
          {w.person}
        </span>
        <span className={styles.cells} role="presentation" style={{ inlineSize: size.day * days.length }}>
          {columns.map(column => {
            const day = days[column.index]
            if (day === undefined) return null
            const { weekday, date } = dayParts(day)
            return (
              <span
                key={day}
                className={styles.day}
                role="columnheader"
                aria-colindex={column.index + 2}
                data-weekend={weekdayOf(day) > 5 || undefined}
                style={{ insetInlineStart: column.start, inlineSize: size.day }}
              >
                <span>{weekday}</span> <strong>{date}</strong>
              </span>
            )
          })}
        </span>
        <span className={styles.headSums} role="presentation" style={{ inlineSize: size.sums }}>
          {size.sums > 0 && (
            <span role="columnheader" aria-colindex={days.length + 2}>
              <span>{w.late}</span>
              <span>{w.overtime}</span>
              <span>{w.absent}</span>
            </span>
          )}
        </span>
        <span
          className={styles.headWorked}
          role="columnheader"
          aria-colindex={days.length + 3}
          style={{ inlineSize: size.worked }}
        >
          {w.worked}
        </span>
      </div>
    </div>
  )
}
