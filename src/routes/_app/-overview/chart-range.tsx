import { Segmented } from '../../../components/segmented/segmented.tsx'
import { words } from '../../../words/index.ts'
import { arrivalsWords } from '../../../words/overview-arrivals.ts'
import styles from './chart-range.module.css'

export type ChartRange = 'day' | 'recent' | 'part'

const stepMinutes = 5

/** Which part of the day the chart shows: all, the last hours, or what was chosen by dragging or typing. */
export function ChartRangeChoice({
  range,
  span,
  hasRecent,
  onRange,
  onPart,
}: {
  readonly range: ChartRange
  /** Minutes shown now. */
  readonly span: { readonly from: number; readonly to: number }
  readonly hasRecent: boolean
  readonly onRange: (range: ChartRange) => void
  readonly onPart: (from: number, to: number) => void
}) {
  const w = words.overview.chart
  const own = arrivalsWords.chart
  const set = (from: number | null, to: number | null) => {
    if (from !== null && to !== null && to - from >= stepMinutes) onPart(from, to)
  }
  return (
    <>
      {range === 'part' && (
        <span className={styles.part}>
          <input
            className="gh-input"
            type="time"
            step={300}
            aria-label={own.from}
            value={clock(span.from)}
            onChange={event => set(minute(event.target.value), span.to)}
          />
          <input
            className="gh-input"
            type="time"
            step={300}
            aria-label={own.to}
            value={clock(span.to)}
            onChange={event => set(span.from, minute(event.target.value) || 1440)}
          />
        </span>
      )}
      <Segmented
        label={w.rangeLabel}
        value={range}
        options={[
          { value: 'day', label: w.day },
          ...(hasRecent ? [{ value: 'recent' as const, label: w.recent }] : []),
          { value: 'part', label: own.chosen },
        ]}
        onChange={onRange}
      />
    </>
  )
}

/** `HH:MM` as a field of time wants it; midnight at the end of the day is 00:00. */
function clock(minutes: number): string {
  const text = (part: number) => String(part).padStart(2, '0')
  return `${text(Math.floor(minutes / 60) % 24)}:${text(minutes % 60)}`
}

function minute(text: string): number | null {
  const match = /^(\d{2}):(\d{2})/.exec(text)
  if (!match) return null
  return Math.floor((Number(match[1]) * 60 + Number(match[2])) / stepMinutes) * stepMinutes
}
