import { Field } from '../../../../components/field/field.tsx'
import { setupWords as w } from '../../../../words/attendance-setup.ts'
import { clockMinute, clockText, dayMinutes } from './minutes.ts'
import styles from './setup-page.module.css'

/** A stretch of the wall clock: when it begins, when it ends, and on which day that is. */
export interface Stretch {
  readonly StartMinute: number
  readonly EndMinute: number
}

/** Begin and end as times; an end that is not later than the begin goes to the next day by itself. */
export function StretchFields({
  value,
  error,
  onChange,
}: {
  readonly value: Stretch
  readonly error?: string | undefined
  readonly onChange: (value: Stretch) => void
}) {
  const { StartMinute, EndMinute } = value
  const endDay = Math.floor(EndMinute / dayMinutes)
  const startDay = Math.floor(StartMinute / dayMinutes)
  const setStart = (text: string) => {
    const minute = clockMinute(text)
    if (minute === null) return
    const moved = startDay * dayMinutes + minute
    onChange({ StartMinute: moved, EndMinute: EndMinute > moved ? EndMinute : EndMinute + dayMinutes })
  }
  const setEnd = (text: string) => {
    const minute = clockMinute(text)
    if (minute === null) return
    const sameDay = startDay * dayMinutes + minute
    onChange({ StartMinute, EndMinute: sameDay > StartMinute ? sameDay : sameDay + dayMinutes })
  }
  return (
    <div className={styles.row}>
      <Field label={w.shifts.start} error={error}>
        {control => (
          <input
            {...control}
            className="gh-input"
            type="time"
            required
            value={clockText(StartMinute)}
            onChange={event => setStart(event.target.value)}
          />
        )}
      </Field>
      <Field label={w.shifts.end}>
        {control => (
          <input
            {...control}
            className="gh-input"
            type="time"
            required
            value={clockText(EndMinute)}
            onChange={event => setEnd(event.target.value)}
          />
        )}
      </Field>
      <Field label={w.shifts.dayOffset}>
        {control => (
          <select
            {...control}
            className="gh-select"
            value={endDay}
            onChange={event =>
              onChange({
                StartMinute,
                EndMinute: Number(event.target.value) * dayMinutes + (EndMinute % dayMinutes),
              })
            }
          >
            <option value={0}>{w.shifts.sameDay}</option>
            <option value={1}>{w.shifts.nextDay}</option>
            <option value={2}>{w.shifts.dayAfter}</option>
          </select>
        )}
      </Field>
    </div>
  )
}

/** A length in minutes; empty where that means something. */
export function MinutesField({
  label,
  hint,
  value,
  error,
  onChange,
}: {
  readonly label: string
  readonly hint?: string | undefined
  readonly value: string
  readonly error?: string | undefined
  readonly onChange: (value: string) => void
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {control => (
        <input
          {...control}
          className="gh-input"
          inputMode="numeric"
          maxLength={5}
          autoComplete="off"
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
