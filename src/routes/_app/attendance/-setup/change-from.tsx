import { Field } from '../../../../components/field/field.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { setupWords as w } from '../../../../words/attendance-setup.ts'
import styles from './setup-page.module.css'

/** Whether a change corrects what has held all along, or begins on a date. */
export function ChangeFrom({
  value,
  today,
  onChange,
}: {
  /** Empty: it is corrected itself. */
  readonly value: string
  readonly today: string
  readonly onChange: (date: string) => void
}) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{w.changeFrom}</legend>
      <Segmented
        label={w.changeFrom}
        value={value === '' ? 'self' : 'date'}
        options={[
          { value: 'self', label: w.changeSelf },
          { value: 'date', label: w.changeDate },
        ]}
        onChange={chosen => onChange(chosen === 'self' ? '' : today)}
      />
      {value !== '' && (
        <Field label={w.fromDate} hint={w.changeHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="date"
              value={value}
              onChange={event => onChange(event.target.value || today)}
            />
          )}
        </Field>
      )}
    </fieldset>
  )
}
