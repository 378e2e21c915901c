import { type FormEvent, useState } from 'react'
import { correctionWords } from '../../words/corrections.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { Field, FormGrid } from '../field/field.tsx'
import { type CorrectedDirection, correctedDirections } from './add-punch-form.tsx'
import styles from './corrections.module.css'
import { ReasonField, reasonOf } from './reason-field.tsx'
import { CorrectionSaid } from './said.tsx'
import { useCorrect, useTwoPersons } from './use-correct.ts'

/** A punch as far as correcting it needs to know it. */
export interface CorrectablePunch {
  /** OperationID of the punch, or the id of the correction that added it. */
  readonly id: string
  /** `YYYY-MM-DD HH:MM:SS` on its wall clock. */
  readonly localTime: string
  /** What it counts as now. */
  readonly direction: CorrectedDirection | 'OverTimeIn' | 'OverTimeOut' | 'None'
}

/** The other way round: what one key makes of a guessed direction. */
export function flipped(direction: CorrectablePunch['direction']): CorrectedDirection {
  if (direction === 'BreakIn') return 'BreakOut'
  if (direction === 'BreakOut') return 'BreakIn'
  return direction === 'CheckIn' || direction === 'OverTimeIn' ? 'CheckOut' : 'CheckIn'
}

/** Turn or ignore one punch: the other direction at once, anything else with a reason. */
export function PunchActions({
  employeeCode,
  punch,
  onDone,
}: {
  readonly employeeCode: string
  readonly punch: CorrectablePunch
  readonly onDone?: (() => void) | undefined
}) {
  const w = correctionWords
  const correcting = useCorrect()
  const [open, setOpen] = useState<'turn' | 'ignore' | null>(null)
  const about = { EmployeeCode: employeeCode, PunchID: punch.id }
  const Direction = flipped(punch.direction)
  const done = () => {
    setOpen(null)
    onDone?.()
  }
  return (
    <div className={styles.actions}>
      <div className={styles.buttons}>
        <Button
          size="small"
          icon="sort"
          disabled={correcting.isBusy}
          onClick={() =>
            correcting.add({ ...about, Kind: 'SetDirection', Direction, Reason: w.flipReason }, done)
          }
        >
          {w.flipTo(words.punches.direction[Direction])}
        </Button>
        <Button
          size="small"
          look="quiet"
          icon="edit"
          aria-expanded={open === 'turn'}
          onClick={() => setOpen(open === 'turn' ? null : 'turn')}
        >
          {w.turn}
        </Button>
        <Button
          size="small"
          look="quiet"
          icon="cross"
          aria-expanded={open === 'ignore'}
          onClick={() => setOpen(open === 'ignore' ? null : 'ignore')}
        >
          {w.ignore}
        </Button>
      </div>
      {open && (
        <ReasonedForm
          isTurn={open === 'turn'}
          direction={Direction}
          isBusy={correcting.isBusy}
          onCancel={() => setOpen(null)}
          onSubmit={(Reason, chosen) =>
            correcting.add(
              open === 'turn'
                ? { ...about, Kind: 'SetDirection', Direction: chosen, Reason }
                : { ...about, Kind: 'IgnorePunch', Reason },
              done,
            )
          }
        />
      )}
      <CorrectionSaid correcting={correcting} />
    </div>
  )
}

function ReasonedForm({
  isTurn,
  direction,
  isBusy,
  onSubmit,
  onCancel,
}: {
  readonly isTurn: boolean
  readonly direction: CorrectedDirection
  readonly isBusy: boolean
  readonly onSubmit: (reason: string, direction: CorrectedDirection) => void
  readonly onCancel: () => void
}) {
  const w = correctionWords
  const needsTwo = useTwoPersons()
  const [fault, setFault] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const reason = reasonOf(form)
    if (reason === null) return setFault(w.reasonMissing)
    onSubmit(reason, correctedDirections.find(each => each === form.get('direction')) ?? direction)
  }
  return (
    <form className={styles.inset} onSubmit={submit} noValidate>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" size="small" busy={isBusy}>
              {isBusy ? w.busy : needsTwo ? w.propose : isTurn ? w.turn : w.ignore}
            </Button>
            <Button look="quiet" size="small" onClick={onCancel}>
              {words.states.form.cancel}
            </Button>
          </>
        }
      >
        {isTurn ? (
          <Field label={w.turnTitle}>
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
        ) : (
          <p className={styles.hint}>{w.ignoreHint}</p>
        )}
        <ReasonField error={fault} isFirst={!isTurn} />
      </FormGrid>
    </form>
  )
}
