import { Button } from '../../../../components/button/button.tsx'
import { type DayRange, shiftDay } from '../../../../format/day.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import styles from './days-bar.module.css'
import { daysBetween } from './filters.ts'

/** One month back or forth where a month is shown, else as many days as are shown. */
export function RangeStep({
  range,
  today,
  onChange,
}: {
  readonly range: DayRange
  readonly today: string
  readonly onChange: (range: DayRange) => void
}) {
  const w = daysWords.grid.step
  const later = stepped(range, 1, today)
  return (
    <span className={styles.step}>
      <Button aria-label={w.back} title={w.back} onClick={() => onChange(stepped(range, -1, today))}>
        ‹
      </Button>
      <Button
        aria-label={w.forward}
        title={w.forward}
        disabled={later.from > today}
        onClick={() => onChange(later)}
      >
        ›
      </Button>
    </span>
  )
}

/** The range before or after; a month becomes a month, and none reaches beyond today unless it lies in the future. */
export function stepped(range: DayRange, step: 1 | -1, today: string): DayRange {
  const isMonth = range.from.endsWith('-01') && daysBetween(range.from, range.to).length > 7
  if (!isMonth) {
    const days = daysBetween(range.from, range.to).length * step
    return { from: shiftDay(range.from, days), to: shiftDay(range.to, days) }
  }
  const [year = 2000, month = 1] = range.from.split('-').map(Number)
  const from = new Date(Date.UTC(year, month - 1 + step, 1)).toISOString().slice(0, 10)
  const end = new Date(Date.UTC(year, month + step, 0)).toISOString().slice(0, 10)
  return { from, to: from <= today && today < end ? today : end }
}
