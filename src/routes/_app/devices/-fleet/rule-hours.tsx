import { Check, Field } from '../../../../components/field/field.tsx'
import { fleetWords } from '../../../../words/fleet.ts'
import type { Rule } from './alerts-page.tsx'
import styles from './fleet-page.module.css'

const workdays = [1, 2, 3, 4, 5]

/** On which days and between which hours somebody is told. */
export function RuleHours({ rule }: { readonly rule: Rule | null }) {
  const w = fleetWords.alerts.form
  return (
    <>
      <fieldset className={styles.checks}>
        <legend className={styles.legend}>{w.hours}</legend>
        {w.days.map((day, index) => (
          <Check
            key={day}
            name="day"
            value={String(index + 1)}
            defaultChecked={(rule?.Schedule?.Days ?? workdays).includes(index + 1)}
          >
            {day}
          </Check>
        ))}
      </fieldset>
      <div className={styles.pair}>
        <Field label={w.from_} hint={w.hoursHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="time"
              name="from"
              required
              defaultValue={rule?.Schedule?.From ?? '08:00'}
            />
          )}
        </Field>
        <Field label={w.until}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="time"
              name="until"
              required
              defaultValue={rule?.Schedule?.To ?? '18:00'}
            />
          )}
        </Field>
      </div>
    </>
  )
}
