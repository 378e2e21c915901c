import { useState } from 'react'
import type { OperationInput } from '#contract/types.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { ChangeFrom } from './change-from.tsx'
import { type Rotation, RotationWeeks } from './rotation-weeks.tsx'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'

type Input = OperationInput<'attendance.saveRotation'>
const daysMax = 56

/** A cycle, day by day, and the weeks it makes. */
export function RotationForm({
  rotation,
  shifts,
  today,
  busy,
  error,
  onSave,
  onRemove,
  onCancel,
}: {
  readonly rotation: Rotation | undefined
  readonly shifts: ReadonlyMap<string, string>
  readonly today: string
  readonly busy: boolean
  readonly error: Error | null
  readonly onSave: (input: Input) => void
  readonly onRemove: (() => void) | undefined
  readonly onCancel: () => void
}) {
  const w = setupWords.rotations
  const [firstShift = ''] = shifts.keys()
  const [name, setName] = useState(rotation?.Name ?? '')
  const [anchor, setAnchor] = useState(rotation?.Anchor ?? today)
  const [days, setDays] = useState<readonly (readonly string[])[]>(
    rotation?.Days ?? [[firstShift], [firstShift], [firstShift], [firstShift], [firstShift], [], []],
  )
  const [fromDate, setFromDate] = useState('')
  const [isTried, setTried] = useState(false)
  const isNameMissing = name.trim() === ''
  const submit = () => {
    setTried(true)
    if (isNameMissing || anchor === '') return
    onSave({
      ...(rotation ? { RotationID: rotation.RotationID } : {}),
      Name: name.trim(),
      Anchor: anchor,
      Days: days.map(each => [...each]),
      ...(fromDate === '' ? {} : { FromDate: fromDate }),
    })
  }
  const setLength = (length: number) => setDays(old => Array.from({ length }, (_, at) => old[at] ?? []))
  return (
    <SaveForm
      error={error}
      fields={['Name', 'Anchor']}
      busy={busy}
      onSubmit={submit}
      onCancel={onCancel}
      more={
        onRemove && (
          <Button look="quiet" icon="trash" onClick={onRemove}>
            {setupWords.remove}
          </Button>
        )
      }
    >
      <Field
        label={setupWords.name}
        error={isTried && isNameMissing ? setupWords.shifts.nameMissing : faultOf(error, 'Name')}
      >
        {control => (
          <input
            {...control}
            className="gh-input"
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={event => setName(event.target.value)}
          />
        )}
      </Field>
      <div className={styles.row}>
        <Field label={w.length}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="number"
              min={1}
              max={daysMax}
              value={days.length}
              onChange={event => {
                const length = Number(event.target.value)
                if (Number.isInteger(length) && length >= 1 && length <= daysMax) setLength(length)
              }}
            />
          )}
        </Field>
        <Field
          label={w.anchor}
          hint={w.anchorHint}
          error={isTried && anchor === '' ? w.anchorMissing : faultOf(error, 'Anchor')}
        >
          {control => (
            <input
              {...control}
              className="gh-input"
              type="date"
              value={anchor}
              onChange={event => setAnchor(event.target.value)}
            />
          )}
        </Field>
      </div>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{w.cycle}</legend>
        <div className={styles.row}>
          {days.map((ids, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: days of a cycle are their places
            <Field key={at} label={w.day(at + 1)}>
              {control => (
                <select
                  {...control}
                  className="gh-select"
                  value={ids.length > 1 ? ids.join(' ') : (ids[0] ?? '')}
                  onChange={event =>
                    setDays(old =>
                      old.map((each, place) =>
                        place === at ? event.target.value.split(' ').filter(Boolean) : each,
                      ),
                    )
                  }
                >
                  <option value="">{setupWords.off}</option>
                  {ids.length > 1 && (
                    <option value={ids.join(' ')}>{ids.map(id => shifts.get(id) ?? id).join(' + ')}</option>
                  )}
                  {[...shifts].map(([id, label]) => (
                    <option key={id} value={id}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      {anchor !== '' && (
        <div className={styles.card}>
          <span className={styles.about}>{w.preview}</span>
          <RotationWeeks name={name || w.newTitle} anchor={anchor} days={days} today={today} names={shifts} />
        </div>
      )}
      {rotation && <ChangeFrom value={fromDate} today={today} onChange={setFromDate} />}
    </SaveForm>
  )
}
