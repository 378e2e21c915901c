import { setupWords } from '../../../../words/attendance-setup.ts'
import { MinutesField } from './clock-field.tsx'
import type { PolicyDraft } from './policy-draft.ts'
import styles from './setup-page.module.css'

/** Whether overtime is counted, from when on, up to how much, and how many times it counts. */
export function OvertimeFields({
  draft: { overtime },
  faults,
  onChange,
}: {
  readonly draft: PolicyDraft
  readonly faults: ReadonlySet<string> | null
  readonly onChange: (part: Partial<PolicyDraft>) => void
}) {
  const w = setupWords.policy
  const words = w.overtime
  const set = (part: Partial<PolicyDraft['overtime']>) => onChange({ overtime: { ...overtime, ...part } })
  const field = (name: Exclude<keyof PolicyDraft['overtime'], 'enabled'>, hint?: string) => (
    <MinutesField
      label={words[name]}
      hint={hint}
      value={overtime[name]}
      error={faults?.has(`overtime.${name}`) ? w.numberWrong : undefined}
      onChange={text => set({ [name]: text })}
    />
  )
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{w.sections.overtime}</legend>
      <label className={styles.about}>
        <input
          type="checkbox"
          checked={overtime.enabled}
          onChange={event => set({ enabled: event.target.checked })}
        />{' '}
        {words.enabled}
      </label>
      {overtime.enabled && (
        <>
          <div className={styles.row}>
            {field('from')}
            {field('dailyCap', words.capHint)}
            {field('weeklyCap', words.capHint)}
          </div>
          <div className={styles.row}>
            {field('ordinary')}
            {field('dayOff')}
            {field('holiday')}
          </div>
        </>
      )}
    </fieldset>
  )
}
