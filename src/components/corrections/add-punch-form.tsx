import { type FormEvent, useState } from 'react'
import { correctionWords } from '../../words/corrections.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { Field, FormGrid } from '../field/field.tsx'
import styles from './corrections.module.css'
import { ReasonField, reasonOf } from './reason-field.tsx'
import { CorrectionSaid } from './said.tsx'
import { type CorrectionEntry, useCorrect, useTwoPersons } from './use-correct.ts'

export const correctedDirections = ['CheckIn', 'CheckOut', 'BreakOut', 'BreakIn'] as const
export type CorrectedDirection = (typeof correctedDirections)[number]

/** Adds a punch nobody's terminal has sent, as a fact of its own with a reason. */
export function AddPunchForm({
  employeeCode,
  day,
  timeZone,
  time,
  direction = 'CheckIn',
  deviceSn,
  onDone,
  onCancel,
}: {
  readonly employeeCode: string
  /** `YYYY-MM-DD` of the day that is looked at; the punch may be on another one. */
  readonly day: string
  /** Zone its wall clock is read in, for the eye only: the gateway decides. */
  readonly timeZone?: string | undefined
  /** `HH:MM` to begin with. */
  readonly time?: string | undefined
  readonly direction?: CorrectedDirection | undefined
  /** Terminal it would have come from, where one is known. */
  readonly deviceSn?: string | undefined
  readonly onDone?: ((correction: CorrectionEntry) => void) | undefined
  readonly onCancel?: (() => void) | undefined
}) {
  const w = correctionWords
  const correcting = useCorrect()
  const needsTwo = useTwoPersons()
  const [fault, setFault] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const Reason = reasonOf(form)
    if (Reason === null) return setFault(w.reasonMissing)
    setFault(undefined)
    const Direction = correctedDirections.find(each => each === form.get('direction'))
    if (Direction === undefined) return
    correcting.add(
      {
        EmployeeCode: employeeCode,
        Kind: 'AddPunch',
        AttendanceLog: `${form.get('date')} ${String(form.get('time')).slice(0, 5)}`,
        Direction,
        Reason,
        ...(deviceSn ? { DeviceSN: deviceSn } : {}),
      },
      onDone,
    )
  }
  return (
    <form onSubmit={submit} noValidate>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" busy={correcting.isBusy}>
              {correcting.isBusy ? w.busy : needsTwo ? w.propose : w.submit}
            </Button>
            {onCancel && (
              <Button look="quiet" onClick={onCancel}>
                {words.states.form.cancel}
              </Button>
            )}
          </>
        }
      >
        <div className={styles.pair}>
          <Field label={w.date}>
            {control => (
              <input {...control} className="gh-input" name="date" type="date" required defaultValue={day} />
            )}
          </Field>
          <Field label={w.time} hint={timeZone && w.timeHint(timeZone)}>
            {control => (
              <input
                {...control}
                className="gh-input"
                name="time"
                type="time"
                required
                // biome-ignore lint/a11y/noAutofocus: the form appears because its button was pressed
                autoFocus
                defaultValue={time}
              />
            )}
          </Field>
          <Field label={w.direction}>
            {control => (
              <select {...control} className="gh-select" name="direction" defaultValue={direction}>
                {correctedDirections.map(each => (
                  <option key={each} value={each}>
                    {words.punches.direction[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <ReasonField error={fault} />
        <CorrectionSaid correcting={correcting} />
      </FormGrid>
    </form>
  )
}
