import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { count } from '../../format/number.ts'
import { words } from '../../words/index.ts'
import styles from './data-table.module.css'

export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** A CSS grid track: "120px", "minmax(160px, 2fr)". */
  readonly width: string
  readonly align?: 'start' | 'end'
  readonly cell: (row: Row) => ReactNode
}

/**
 * A table that mounts only the rows in sight. Rows are divs, because a virtual list cannot be a <table>; the roles
 * and counts say the same to assistive technology. The scroller takes focus, so arrow keys scroll it.
 */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHeight = 38,
  total,
  isLoadingMore = false,
  onReachEnd,
  empty,
  height = '65vh',
}: {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly rowHeight?: number
  /** How many there are on the server, if known. */
  readonly total?: number
  readonly isLoadingMore?: boolean
  /** Called when the last loaded row comes near; absent when there are no more pages. */
  readonly onReachEnd?: (() => void) | undefined
  readonly empty?: ReactNode
  readonly height?: string
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: index => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  const isNearEnd = rows.length > 0 && lastShown >= rows.length - 8
  useEffect(() => {
    if (isNearEnd && !isLoadingMore) onReachEnd?.()
  }, [isNearEnd, isLoadingMore, onReachEnd])

  if (rows.length === 0 && !isLoadingMore) return empty ?? null
  const template = { gridTemplateColumns: columns.map(column => column.width).join(' ') }
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div
        className={styles.scroller}
        style={{ maxBlockSize: height }}
        ref={scroller}
        tabIndex={0}
        role="table"
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        aria-colcount={columns.length}
      >
        <div className={styles.head} role="rowgroup">
          <div className={styles.row} role="row" aria-rowindex={1} style={template}>
            {columns.map(column => (
              <span key={column.id} role="columnheader" data-align={column.align}>
                {column.header}
              </span>
            ))}
          </div>
        </div>
        <div className={styles.body} role="rowgroup" style={{ blockSize: virtual.getTotalSize() }}>
          {items.map(item => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <div
                key={item.key}
                className={styles.row}
                role="row"
                aria-rowindex={item.index + 2}
                style={{ ...template, blockSize: rowHeight, transform: `translateY(${item.start}px)` }}
              >
                {columns.map(column => (
                  <span key={column.id} role="cell" data-align={column.align}>
                    {column.cell(row)}
                  </span>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      <p className={styles.foot}>
        {total === undefined
          ? words.states.table.rows(rows.length)
          : words.states.table.ofRows(count(rows.length), count(total))}
        {isLoadingMore && ` · ${words.states.table.loadingMore}`}
      </p>
    </div>
  )
}
