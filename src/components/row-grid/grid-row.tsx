// biome-ignore-all lint/a11y/useFocusableInteractive: in this grid the focus stays on the scroller, which names the current row
// biome-ignore-all lint/a11y/useSemanticElements: a virtual list of absolutely placed rows cannot be a <table>; its roles say the same
import { memo } from 'react'
import type { Column } from '../data-table/data-table.tsx'
import styles from './row-grid.module.css'

interface GridRowProps<Row> {
  readonly id: string
  readonly index: number
  readonly row: Row | undefined
  readonly rowName: string | undefined
  readonly columns: readonly Column<Row>[]
  readonly template: string
  /** Pixels from the top of the list. */
  readonly start: number
  readonly height: number
  readonly isCursor: boolean
  /** undefined where nothing can be ticked, or the row has not come yet. */
  readonly isSelected: boolean | undefined
  readonly onToggle: ((index: number, extend: boolean) => void) | undefined
  readonly onCursor: (index: number) => void
  readonly tickLabel: (name: string) => string
}

function Row<R>(props: GridRowProps<R>) {
  const { row, index, columns, isSelected, onToggle } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys; a press only moves the mark to this row
    <div
      className={styles.row}
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-cursor={props.isCursor || undefined}
      style={{
        gridTemplateColumns: props.template,
        blockSize: props.height,
        transform: `translateY(${props.start}px)`,
      }}
      onClick={() => props.onCursor(index)}
    >
      {onToggle && (
        <span role="gridcell" className={styles.tick}>
          {row !== undefined && (
            <label>
              <input
                type="checkbox"
                tabIndex={-1}
                aria-label={props.tickLabel(props.rowName ?? '')}
                checked={isSelected ?? false}
                onChange={event =>
                  onToggle(index, event.nativeEvent instanceof PointerEvent && event.nativeEvent.shiftKey)
                }
              />
            </label>
          )}
        </span>
      )}
      {columns.map(column => (
        <span key={column.id} role="gridcell" data-align={column.align}>
          {row === undefined ? <span className={styles.bone} /> : column.cell(row, index)}
        </span>
      ))}
    </div>
  )
}

/** One row; drawn again only when something of it changed. memo forgets that the function is generic. */
export const GridRow = memo(Row) as typeof Row
