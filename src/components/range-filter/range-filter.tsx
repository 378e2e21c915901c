import { useState } from 'react'
import { type DayRange, shiftDay } from '../../format/day.ts'
import { words } from '../../words/index.ts'
import { Segmented } from '../segmented/segmented.tsx'
import styles from './range-filter.module.css'

/** The ranges people ask for most; the last one is what the two dates say. */
const presetIds = ['today', 'yesterday', 'week', 'month'] as const

function presetRange(id: (typeof presetIds)[number], today: string): DayRange {
  if (id === 'yesterday') return { from: shiftDay(today, -1), to: shiftDay(today, -1) }
  if (id === 'week') return { from: shiftDay(today, -6), to: today }
  if (id === 'month') return { from: `${today.slice(0, 8)}01`, to: today }
  return { from: today, to: today }
}

/** The usual ranges at one press. */
export function RangePresets({ range, today, onChange }: RangeProps) {
  const chosen = presetIds.find(id => sameRange(presetRange(id, today), range))
  return (
    <Segmented
      label={words.parts.range.label}
      value={chosen ?? ''}
      options={presetIds.map(id => ({ value: id, label: words.parts.range[id] }))}
      onChange={id => onChange(presetRange(id as (typeof presetIds)[number], today))}
    />
  )
}

/** Any range, by its first and its last day. */
export function RangeDates({ range, today, onChange }: RangeProps) {
  const w = words.parts.range
  return (
    <span className={styles.dates}>
      <DayInput
        label={w.from}
        day={range.from}
        max={today}
        onChange={from => onChange(from > range.to ? { from, to: from } : { from, to: range.to })}
      />
      <span className={styles.dash} aria-hidden="true">
        {w.dash}
      </span>
      <DayInput
        label={w.to}
        day={range.to}
        max={today}
        onChange={to => onChange(to < range.from ? { from: to, to } : { from: range.from, to })}
      />
    </span>
  )
}

interface RangeProps {
  readonly range: DayRange
  readonly today: string
  readonly onChange: (range: DayRange) => void
}

/** The browser's date field. Years are typed digit by digit, so what cannot be meant yet is not told on. */
function DayInput({
  label,
  day,
  max,
  onChange,
}: {
  readonly label: string
  readonly day: string
  readonly max: string
  readonly onChange: (day: string) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      type="date"
      className="gh-input"
      aria-label={label}
      min="2000-01-01"
      // A terminal's clock may run ahead of the day here.
      max={shiftDay(max, 1)}
      required
      value={typed ?? day}
      onChange={event => {
        const { value, validity } = event.target
        setTyped(value)
        if (value !== '' && validity.valid) onChange(value)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

function sameRange(a: DayRange, b: DayRange): boolean {
  return a.from === b.from && a.to === b.to
}
