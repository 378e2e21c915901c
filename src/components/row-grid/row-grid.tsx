// biome-ignore-all lint/a11y/useFocusableInteractive: in this grid the focus stays on the scroller, which names the current row
// biome-ignore-all lint/a11y/useSemanticElements: a virtual list of absolutely placed rows cannot be a <table>; its roles say the same
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { count } from '../../format/number.ts'
import { words } from '../../words/index.ts'
import type { Column } from '../data-table/data-table.tsx'
import { GridRow } from './grid-row.tsx'
import styles from './row-grid.module.css'
import type { Selection } from './use-selection.ts'

const headHeight = 33
const tickWidth = '36px'

export interface GridWords {
  readonly selectRow: (key: string) => string
  readonly selectShown: string
  readonly keys: string
}

/**
 * A list of any length of which only the rows in sight exist, and of which only the pages in sight are asked for: the
 * scroll bar reaches the end at once. J and K walk, X ticks, Shift X ticks up to here, Enter opens.
 */
export function RowGrid<Row>({
  label,
  columns,
  total,
  rowAt,
  rowKey,
  onRange,
  onOpen,
  selection,
  gridWords,
  rowHeight = 40,
  resetKey,
  foot,
}: {
  readonly label: string
  /** Kept by the caller between renders, or every row is drawn anew. */
  readonly columns: readonly Column<Row>[]
  readonly total: number
  /** undefined while that page is on its way. */
  readonly rowAt: (index: number) => Row | undefined
  readonly rowKey: (row: Row) => string
  /** First and last row in sight, a few beyond included. */
  readonly onRange: (first: number, last: number) => void
  readonly onOpen?: (row: Row, index: number) => void
  readonly selection?: Selection<Row>
  readonly gridWords: GridWords
  readonly rowHeight?: number
  /** When it changes, the list starts again at its top. */
  readonly resetKey: string
  readonly foot?: ReactNode
}) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState(-1)
  const { top, place } = usePlace(scroller)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    // The sticky head covers as much as it pushes the rows down.
    scrollPaddingEnd: headHeight,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  // What is really in sight, without the few drawn beyond.
  const from = virtual.range?.startIndex ?? first
  const to = virtual.range?.endIndex ?? last
  useEffect(() => onRange(first, last), [first, last, onRange])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    setCursor(-1)
    virtual.scrollToOffset(0)
  }, [resetKey])

  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to))
    setCursor(next)
    virtual.scrollToIndex(next, { align: 'auto' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const row = cursor < 0 ? undefined : rowAt(cursor)
    if (event.key === 'j') move(cursor + 1)
    else if (event.key === 'k') move(cursor - 1)
    else if (event.key === 'Escape' && selection && selection.size > 0) selection.clear()
    else if (event.key.toLowerCase() === 'x' && row !== undefined && selection)
      selection.toggle(cursor, event.shiftKey)
    else if (event.key === 'Enter' && row !== undefined && event.target === scroller.current)
      onOpen?.(row, cursor)
    else return
    event.preventDefault()
  }
  const minInlineSize = columns.reduce(
    (sum, column) => sum + Number.parseInt(/\d+/.exec(column.width)?.[0] ?? '0', 10),
    selection ? 36 : 0,
  )
  const tracks = columns.map(column => column.width)
  const gridTemplateColumns = (selection ? [tickWidth, ...tracks] : tracks).join(' ')
  return (
    <div className={styles.frame}>
      <div
        className={styles.scroller}
        style={{ maxBlockSize: `max(340px, calc(100dvh - ${top}px - var(--below)))` }}
        ref={place}
        tabIndex={0}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + (selection ? 1 : 0)}
        aria-multiselectable={selection ? true : undefined}
        aria-activedescendant={cursor >= first && cursor <= last ? `${id}-${cursor}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div
          className={styles.head}
          role="rowgroup"
          // One column of two lines explains itself.
          data-alone={columns.length === 1 || undefined}
          style={{ minInlineSize }}
        >
          <div className={styles.row} role="row" aria-rowindex={1} style={{ gridTemplateColumns }}>
            {selection && (
              <span role="columnheader" className={styles.tick}>
                <label>
                  <input
                    type="checkbox"
                    aria-label={gridWords.selectShown}
                    checked={selection.hasAll(first, last)}
                    onChange={() => selection.toggleRange(first, last)}
                  />
                </label>
              </span>
            )}
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
            const row = rowAt(item.index)
            const key = row === undefined ? undefined : rowKey(row)
            return (
              <GridRow
                key={item.index}
                id={`${id}-${item.index}`}
                index={item.index}
                row={row}
                rowName={key}
                columns={columns}
                template={gridTemplateColumns}
                start={item.start}
                height={rowHeight}
                isCursor={item.index === cursor}
                isSelected={key !== undefined && selection !== undefined ? selection.has(key) : undefined}
                onToggle={selection?.toggle}
                onCursor={setCursor}
                tickLabel={gridWords.selectRow}
              />
            )
          })}
        </div>
      </div>
      <p className={styles.foot}>
        <span>{words.states.table.ofRows(`${count(from + 1)}–${count(to + 1)}`, count(total))}</span>
        {foot}
        {selection && <span className={styles.keys}>{gridWords.keys}</span>}
      </p>
    </div>
  )
}

/** Where the list begins on the page, kept right while what stands above it comes and goes. */
function usePlace(scroller: RefObject<HTMLDivElement | null>) {
  const [top, setTop] = useState(0)
  const place = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element
      if (element === null) return
      const measure = () => setTop(Math.round(element.getBoundingClientRect().top + window.scrollY))
      measure()
      const observer = new ResizeObserver(measure)
      observer.observe(element.closest('main') ?? document.body)
      return () => {
        observer.disconnect()
        scroller.current = null
      }
    },
    [scroller],
  )
  return { top, place }
}
