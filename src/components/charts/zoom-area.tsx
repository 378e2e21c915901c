import { type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { words } from '../../words/index.ts'
import { arrivalsWords } from '../../words/overview-arrivals.ts'
import styles from './zoom-area.module.css'

/** Where the drawing has its axis and its end (punches-by-slice.tsx). */
const axis = 34
const margin = 6
/** Less than this is a click. */
const dragMin = 8

/**
 * Lets a part of the time axis be chosen by dragging over the drawing. For a mouse or a pen; a finger scrolls the page,
 * and keyboards have the fields of the panel.
 */
export function ZoomArea({
  from,
  to,
  step,
  width,
  onZoom,
  children,
}: {
  /** Minutes of the day that the drawing shows. */
  readonly from: number
  readonly to: number
  readonly step: number
  readonly width: number
  readonly onZoom: (from: number, to: number) => void
  readonly children: ReactNode
}) {
  const area = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ readonly start: number; readonly end: number } | null>(null)
  const placeOf = (event: PointerEvent) => event.clientX - (area.current?.getBoundingClientRect().left ?? 0)
  const minuteAt = (place: number) => {
    const isMirrored = words.direction === 'rtl'
    const begin = isMirrored ? margin : axis
    const share = Math.min(1, Math.max(0, (place - begin) / Math.max(1, width - axis - margin)))
    const along = isMirrored ? 1 - share : share
    return from + Math.round(((to - from) * along) / step) * step
  }
  const end = () => {
    if (drag === null) return
    setDrag(null)
    const minutes = [minuteAt(drag.start), minuteAt(drag.end)].sort((a, b) => a - b)
    const [first = from, last = to] = minutes
    if (Math.abs(drag.end - drag.start) >= dragMin && last > first) onZoom(first, last)
  }
  return (
    <div
      ref={area}
      className={styles.area}
      title={arrivalsWords.chart.dragHint}
      onPointerDown={event => {
        if (event.pointerType === 'touch' || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ start: placeOf(event), end: placeOf(event) })
      }}
      onPointerMove={event => drag && setDrag({ start: drag.start, end: placeOf(event) })}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      {children}
      {drag && (
        <i
          className={styles.chosen}
          style={{ left: Math.min(drag.start, drag.end), width: Math.abs(drag.end - drag.start) }}
        />
      )}
    </div>
  )
}
