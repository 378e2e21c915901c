// biome-ignore-all lint/a11y/useFocusableInteractive: the rows of a table that is only read are not controls
// biome-ignore-all lint/a11y/useSemanticElements: a virtual list of absolutely placed rows cannot be a <table>; its roles say the same
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { count } from '../../format/number.ts'
import { words } from '../../words/index.ts'
import styles from './data-table.module.css'

const headHeight = 33

export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** A CSS grid track: "120px", "minmax(160px, 2fr)". */
  readonly width: string
  readonly align?: 'start' | 'end'
  /** `index` is the row's place in the list. */
  readonly cell: (row: Row, index: number) => ReactNode
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
  height,
  current,
  isOld = false,
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
  /** Longest the list may get; by itself it fills what the page leaves. */
  readonly height?: string
  /** Key of the row that is open elsewhere: marked, and kept in sight. */
  readonly current?: string | undefined
  /** The rows are those of an earlier question; the answer is on its way. */
  readonly isOld?: boolean
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const place = useCallback((element: HTMLDivElement | null) => {
    scroller.current = element
    if (element) setTop(Math.round(element.getBoundingClientRect().top + window.scrollY))
  }, [])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The sticky head covers as much as it pushes the rows down.
    scrollPaddingEnd: headHeight,
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

  const currentIndex = current === undefined ? -1 : rows.findIndex(row => rowKey(row) === current)
  useEffect(() => {
    if (currentIndex >= 0) virtual.scrollToIndex(currentIndex, { align: 'auto' })
  }, [currentIndex, virtual])

  if (rows.length === 0 && !isLoadingMore) return empty ?? null
  const minInlineSize = columns.reduce(
    (sum, column) => sum + Number.parseInt(/\d+/.exec(column.width)?.[0] ?? '0', 10),
    0,
  )
  const template = { gridTemplateColumns: columns.map(column => column.width).join(' ') }
  return (
    <div className={styles.frame} data-old={isOld || undefined} aria-busy={isOld || undefined}>
      <div
        className={styles.scroller}
        // By itself it takes what the page leaves below its head, so that the page does not scroll as well.
        style={{ maxBlockSize: height ?? `max(340px, calc(100dvh - ${top}px - var(--below)))` }}
        ref={place}
        tabIndex={0}
        role="table"
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        aria-colcount={columns.length}
      >
        <div
          className={styles.head}
          role="rowgroup"
          // One column of two lines explains itself.
          data-alone={columns.length === 1 || undefined}
          style={{ minInlineSize }}
        >
          <div className={styles.row} role="row" aria-rowindex={1} style={template}>
            {columns.map(column => (
              <span key={column.id} role="columnheader" data-align={column.align}>
                {column.header}
              </span>
            ))}
          </div>
        </div>
        <div
          className={styles.body}
          role="rowgroup"
          style={{ minInlineSize, blockSize: virtual.getTotalSize() }}
        >
          {items.map(item => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <div
                key={item.key}
                className={styles.row}
                role="row"
                aria-rowindex={item.index + 2}
                data-current={item.index === currentIndex || undefined}
                style={{ ...template, blockSize: rowHeight, transform: `translateY(${item.start}px)` }}
              >
                {columns.map(column => (
                  <span key={column.id} role="cell" data-align={column.align}>
                    {column.cell(row, item.index)}
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
