import { type FormEvent, useState } from 'react'
import { correctionWords } from '../../words/corrections.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { Field, FormGrid } from '../field/field.tsx'
import styles from './corrections.module.css'
import { ReasonField, reasonOf } from './reason-field.tsx'
import { CorrectionSaid } from './said.tsx'
import { type CorrectionEntry, useCorrect, useTwoPersons } from './use-correct.ts'

const excuses = ['late', 'early_leave', 'absence'] as const

/** Excuses a day, notes something about it, or says that what the rules found (`finding`) is in order. */
export function DayFactForm({
  kind,
  employeeCode,
  day,
  finding,
  onDone,
  onCancel,
}: {
  readonly kind: 'Excuse' | 'Note' | 'Settle'
  readonly employeeCode: string
  readonly day: string
  /** Of Settle: what is in order. Of Excuse: what is chosen to begin with. */
  readonly finding?: string | undefined
  readonly onDone?: ((correction: CorrectionEntry) => void) | undefined
  readonly onCancel?: (() => void) | undefined
}) {
  const w = correctionWords
  const correcting = useCorrect()
  const needsTwo = useTwoPersons() && kind !== 'Note'
  const [fault, setFault] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const Reason = reasonOf(form)
    if (Reason === null) return setFault(w.reasonMissing)
    setFault(undefined)
    const What = kind === 'Excuse' ? String(form.get('what')) : finding
    correcting.add(
      { EmployeeCode: employeeCode, Kind: kind, Date: day, Reason, ...(What ? { What } : {}) },
      onDone,
    )
  }
  const label = { Excuse: w.excuse, Note: w.note, Settle: w.settle }[kind]
  const hint = { Excuse: w.excuseHint, Note: w.noteHint, Settle: w.settleHint }[kind]
  return (
    <form onSubmit={submit} noValidate>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" busy={correcting.isBusy}>
              {correcting.isBusy ? w.busy : needsTwo ? w.propose : label}
            </Button>
            {onCancel && (
              <Button look="quiet" onClick={onCancel}>
                {words.states.form.cancel}
              </Button>
            )}
          </>
        }
      >
        <p className={styles.hint}>{hint}</p>
        {kind === 'Excuse' && (
          <Field label={w.excuse}>
            {control => (
              <select
                {...control}
                className="gh-select"
                name="what"
                defaultValue={finding === 'absent' ? 'absence' : (finding ?? 'late')}
              >
                {excuses.map(each => (
                  <option key={each} value={each}>
                    {w.excuses[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <ReasonField error={fault} isFirst />
        <CorrectionSaid correcting={correcting} />
      </FormGrid>
    </form>
  )
}
