import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { doorWords } from '../../../../words/door-pages.ts'
import { type Day, paint, slotClock, slots, type Week } from './week.ts'
import styles from './week-painter.module.css'

interface Spot {
  readonly row: number
  readonly slot: number
}

/**
 * A week to paint: drag over half hours, or move with the arrow keys and press Space; with Shift held the arrows paint
 * on. One cell takes the focus, so that Tab passes the whole grid in one step.
 */
export function WeekPainter({
  week,
  days,
  isReadOnly,
  onChange,
}: {
  readonly week: Week
  readonly days: readonly Day[]
  readonly isReadOnly: boolean
  readonly onChange: (week: Week) => void
}) {
  const w = doorWords.schedule
  const [focus, setFocus] = useState<Spot>({ row: 0, slot: 16 })
  const drag = useRef<(Spot & { on: boolean; base: Week }) | null>(null)
  const grid = useRef<HTMLDivElement>(null)
  const isOn = (row: number, slot: number) => week[days[row] ?? 'Monday']?.[slot] === true

  const moveTo = (row: number, slot: number) => {
    const next = { row: clamp(row, days.length - 1), slot: clamp(slot, slots - 1) }
    setFocus(next)
    grid.current?.querySelector<HTMLElement>(`[data-row="${next.row}"][data-slot="${next.slot}"]`)?.focus()
    return next
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key]
    if (by) {
      event.preventDefault()
      const on = isOn(focus.row, focus.slot)
      const next = moveTo(focus.row + (by[0] ?? 0), focus.slot + (by[1] ?? 0))
      const day = days[next.row]
      if (event.shiftKey && !isReadOnly && day) onChange(paint(week, day, next.slot, next.slot, on))
    }
    if ((event.key === ' ' || event.key === 'Enter') && !isReadOnly) {
      event.preventDefault()
      const day = days[focus.row]
      if (day) onChange(paint(week, day, focus.slot, focus.slot, !isOn(focus.row, focus.slot)))
    }
  }
  const spotOf = (event: PointerEvent): Spot | null => {
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-slot]')
    return cell ? { row: Number(cell.dataset.row), slot: Number(cell.dataset.slot) } : null
  }
  const onPointerDown = (event: PointerEvent) => {
    const spot = spotOf(event)
    const day = spot && days[spot.row]
    if (isReadOnly || !spot || !day) return
    drag.current = { ...spot, on: !isOn(spot.row, spot.slot), base: week }
    setFocus(spot)
    onChange(paint(week, day, spot.slot, spot.slot, drag.current.on))
  }
  const onPointerMove = (event: PointerEvent) => {
    const from = drag.current
    const to = from && spotOf(event)
    if (!from || !to) return
    const [first, last] = from.row <= to.row ? [from.row, to.row] : [to.row, from.row]
    let next = from.base
    for (const day of days.slice(first, last + 1)) next = paint(next, day, from.slot, to.slot, from.on)
    onChange(next)
  }
  const stop = () => {
    drag.current = null
  }
  return (
    <div className={styles.scroll}>
      {/* biome-ignore lint/a11y/useSemanticElements: cells that are painted by dragging are no table of texts */}
      <div
        className={styles.grid}
        role="grid"
        aria-label={w.paint}
        aria-readonly={isReadOnly}
        ref={grid}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={stop}
        onPointerLeave={stop}
        onPointerCancel={stop}
        tabIndex={-1}
      >
        <div className={styles.hours} aria-hidden="true">
          {[0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22].map(hour => (
            <span key={hour} style={{ gridColumn: `${hour * 2 + 2} / span 4` }}>
              {slotClock(hour * 2)}
            </span>
          ))}
        </div>
        {days.map((day, row) => (
          // biome-ignore lint/a11y/useSemanticElements: see the grid
          // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
          <div key={day} className={styles.row} role="row">
            {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: it is only read */}
            <span className={styles.day} role="rowheader">
              {w.days[day]}
            </span>
            {Array.from({ length: slots }, (_, slot) => (
              // biome-ignore lint/a11y/useSemanticElements: see the grid
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: half hours do not move
                key={slot}
                role="gridcell"
                className={styles.cell}
                data-row={row}
                data-slot={slot}
                data-on={isOn(row, slot) || undefined}
                aria-selected={isOn(row, slot)}
                aria-label={w.cell(
                  w.days[day],
                  slotClock(slot),
                  slotClock(slot + 1),
                  isOn(row, slot) ? w.on : w.off,
                )}
                tabIndex={focus.row === row && focus.slot === slot ? 0 : -1}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(0, value))
}
