// biome-ignore-all lint/a11y/useSemanticElements: a grid that is virtual both ways cannot be a <table>; its roles say the same
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow } from './grid-row.tsx'
import styles from './month-grid.module.css'
import type { DayCell, PersonDays } from './search.ts'
import { type GridPlace, useGridKeys } from './use-grid-keys.ts'
import { useStable } from './use-stable.ts'

const headHeight = 44

/** Widths in pixels: fixed, since only fixed ones can be virtual both ways without measuring. */
function sizes(isNarrow: boolean, days: number) {
  return {
    person: isNarrow ? 118 : 190,
    day: days <= 7 ? (isNarrow ? 92 : 128) : isNarrow ? 52 : 58,
    sums: isNarrow ? 0 : 186,
    worked: isNarrow ? 72 : 96,
    row: days <= 7 ? 52 : 38,
  }
}

export type GridSize = ReturnType<typeof sizes>

/** How the cells are painted: by hours and certainty, or by minutes late. */
export type Paint = 'days' | 'lateness'

/**
 * People by days, mounted only as far as they are in sight, both ways. An ARIA grid: one cell can be reached by Tab,
 * the arrow keys move among them, and whichever is current stays mounted wherever the grid is scrolled to.
 */
export function MonthGrid({
  people,
  days,
  startDay,
  total,
  paint = 'days',
  isFit,
  mayOpen,
  current,
  onOpen,
  onExplain,
}: {
  readonly people: readonly PersonDays[]
  readonly days: readonly string[]
  /** Index of the day to begin at. */
  readonly startDay: number
  readonly total: number
  readonly paint?: Paint
  /** False draws a day faintly: its person is here for another day. */
  readonly isFit: (cell: DayCell) => boolean
  readonly mayOpen: boolean
  /** The person and day open in the drawer. */
  readonly current: { readonly who: string | undefined; readonly day: string | undefined }
  readonly onOpen: (person: PersonDays, day: string | undefined) => void
  readonly onExplain: (person: PersonDays, day: string) => void
}) {
  const isNarrow = useNarrow()
  const size = sizes(isNarrow, days.length)
  const scroller = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const place = useCallback((element: HTMLDivElement | null) => {
    scroller.current = element
    if (element) setTop(Math.round(element.getBoundingClientRect().top + window.scrollY))
  }, [])
  const [active, setActive] = useState<GridPlace>({ row: 0, column: Math.max(0, startDay) })
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size.row,
    overscan: 10,
    useFlushSync: false,
    scrollPaddingEnd: headHeight,
    rangeExtractor: range => withActive(range, active.row, people.length),
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: days.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size.day,
    overscan: 4,
    useFlushSync: false,
    scrollPaddingStart: 0,
    scrollPaddingEnd: size.person + size.worked,
    rangeExtractor: range => withActive(range, active.column, days.length),
  })
  const measure = useStable(() => {
    rows.measure()
    columns.measure()
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizers read the sizes themselves
  useLayoutEffect(() => measure(), [measure, size.row, size.day])

  const begin = useStable(() => columns.scrollToIndex(Math.max(0, startDay), { align: 'end' }))
  useLayoutEffect(() => begin(), [begin])

  const move = (next: GridPlace) => {
    setActive(next)
    rows.scrollToIndex(next.row, { align: 'auto' })
    if (next.column >= 0) columns.scrollToIndex(next.column, { align: 'auto' })
  }
  const openAt = ({ row, column }: GridPlace, explains: boolean) => {
    const person = people[row]
    const day = days[column]
    if (!person || !mayOpen) return
    if (explains && day !== undefined) onExplain(person, day)
    else onOpen(person, day)
  }
  const onKeyDown = useGridKeys({
    active,
    rows: people.length,
    columns: days.length,
    pageRows: Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 400) - headHeight) / size.row) - 1),
    onMove: move,
    onOpen: () => openAt(active, false),
    onExplain: () => openAt(active, true),
  })
  useFocusOn(scroller, active)

  const shownColumns = columns.getVirtualItems()
  const inlineSize = size.person + columns.getTotalSize() + size.sums + size.worked
  return (
    <div
      className={styles.scroller}
      style={{ maxBlockSize: `max(340px, calc(100dvh - ${top}px - var(--below)))` }}
      ref={place}
      role="grid"
      aria-label={daysWords.grid.label}
      aria-rowcount={total + 1}
      aria-colcount={days.length + 3}
      aria-readonly="true"
      data-narrow={isNarrow || undefined}
      data-wide-days={days.length <= 7 || undefined}
      onKeyDown={onKeyDown}
    >
      <GridHead days={days} columns={shownColumns} size={size} inlineSize={inlineSize} height={headHeight} />
      <div className={styles.body} role="rowgroup" style={{ inlineSize, blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(item => {
          const person = people[item.index]
          return (
            person && (
              <GridRow
                key={item.key}
                index={item.index}
                start={item.start}
                person={person}
                days={days}
                columns={shownColumns}
                size={size}
                paint={paint}
                isFit={isFit}
                mayOpen={mayOpen}
                activeColumn={item.index === active.row ? active.column : null}
                openDay={person.EmployeeCode === current.who ? (current.day ?? '') : null}
                onPlace={setActive}
                onOpen={onOpen}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

/** What is in sight, and the current one, so that the focus never falls out of the page. */
function withActive(
  range: { startIndex: number; endIndex: number; overscan: number },
  active: number,
  count: number,
): number[] {
  const from = Math.max(0, range.startIndex - range.overscan)
  const to = Math.min(count - 1, range.endIndex + range.overscan)
  const shown = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
  if (active < 0 || active >= count || (active >= from && active <= to)) return shown
  return active < from ? [active, ...shown] : [...shown, active]
}

/** Moves the focus along, as long as it is inside the grid. */
function useFocusOn(scroller: React.RefObject<HTMLDivElement | null>, { row, column }: GridPlace): void {
  useLayoutEffect(() => {
    const grid = scroller.current
    if (!grid?.contains(document.activeElement)) return
    grid.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)?.focus({ preventScroll: true })
  }, [scroller, row, column])
}
