import { useState } from 'react'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { BreakFields } from './break-fields.tsx'
import { ChangeFrom } from './change-from.tsx'
import { MinutesField, StretchFields } from './clock-field.tsx'
import { lengthText, readMinutes } from './minutes.ts'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'
import { BandLegend, type Shift, ShiftBand, shiftText } from './shift-band.tsx'
import { draftOf, faultsOf, type RuleName, ruleNames, type ShiftDraft, shapeOf } from './shift-draft.ts'

const fields = ['Name', 'Periods', 'FromDate', ...ruleNames]

/** A shift with its drawing, which follows every key. */
export function ShiftForm({
  shift,
  today,
  defaults,
  busy,
  error,
  onSave,
  onRemove,
  onCancel,
}: {
  /** Undefined: a new one. */
  readonly shift: Shift | undefined
  readonly today: string
  /** Rules for everybody, where the shift sets none. */
  readonly defaults: { readonly LateGraceMinutes: number; readonly EarlyLeaveGraceMinutes: number }
  readonly busy: boolean
  readonly error: Error | null
  readonly onSave: (draft: ShiftDraft) => void
  readonly onRemove: (() => void) | undefined
  readonly onCancel: () => void
}) {
  const w = setupWords.shifts
  const [draft, setDraft] = useState(() => draftOf(shift))
  const [isTried, setTried] = useState(false)
  const faults = faultsOf(draft)
  const shown = isTried ? faults : null
  const set = (part: Partial<ShiftDraft>) => setDraft(old => ({ ...old, ...part }))
  const faultAt = (place: string) => {
    const code = faults?.places.get(place)
    return code && w.faults[code]
  }
  const shape = shapeOf(draft)
  const [first] = draft.periods
  const middle = first ? Math.round((first.StartMinute + first.EndMinute) / 120) * 60 : 720
  const submit = () => {
    setTried(true)
    if (faults === null) onSave(draft)
  }
  return (
    <SaveForm
      error={error}
      fields={fields}
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
      <Field label={setupWords.name} error={shown?.name ? w.nameMissing : faultOf(error, 'Name')}>
        {control => (
          <input
            {...control}
            className="gh-input"
            maxLength={80}
            autoComplete="off"
            value={draft.name}
            onChange={event => set({ name: event.target.value })}
          />
        )}
      </Field>
      <div className={styles.card}>
        <span className={styles.about}>{shiftText(shape)}</span>
        <ShiftBand name={draft.name || w.newTitle} shift={shape} rules={defaults} />
        <BandLegend shift={shape} />
      </div>
      <Field label={w.kind} hint={w.kindHint}>
        {() => (
          <Segmented
            label={w.kind}
            value={draft.kind}
            options={[
              { value: 'fixed', label: w.kinds.fixed },
              { value: 'flexible', label: w.kinds.flexible },
            ]}
            onChange={kind => set({ kind })}
          />
        )}
      </Field>
      <Periods draft={draft} faultAt={faultAt} onChange={periods => set({ periods })} />
      <MinutesField
        label={`${w.required}, ${setupWords.minutes}${requiredHours(draft.required)}`}
        hint={w.requiredHint}
        value={draft.required}
        error={
          shown?.required ? setupWords.policy.numberWrong : isTried ? faultAt('RequiredMinutes') : undefined
        }
        onChange={required => set({ required })}
      />
      {draft.kind === 'flexible' && (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{w.core}</legend>
          <label className={styles.about}>
            <input
              type="checkbox"
              checked={draft.core !== null}
              onChange={event =>
                set({ core: event.target.checked ? { StartMinute: 600, EndMinute: 900 } : null })
              }
            />{' '}
            {w.hasCore}
          </label>
          {draft.core && (
            <StretchFields value={draft.core} error={faultAt('Core')} onChange={core => set({ core })} />
          )}
        </fieldset>
      )}
      <BreakFields
        breaks={draft.breaks}
        middle={middle}
        faultAt={at => faultAt(`Breaks ${at}`)}
        onChange={breaks => set({ breaks })}
      />
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{w.rules}</legend>
        <p className={styles.hint}>{w.rulesHint}</p>
        <div className={styles.row}>
          {ruleNames.map((name: RuleName) => (
            <MinutesField
              key={name}
              label={w.rule[name]}
              value={draft.rules[name]}
              error={shown?.rules.has(name) ? setupWords.policy.numberWrong : faultOf(error, name)}
              onChange={text => set({ rules: { ...draft.rules, [name]: text } })}
            />
          ))}
        </div>
      </fieldset>
      {shift && <ChangeFrom value={draft.fromDate} today={today} onChange={fromDate => set({ fromDate })} />}
    </SaveForm>
  )
}

function requiredHours(text: string): string {
  const minutes = readMinutes(text)
  return minutes == null || minutes === 0 ? '' : ` (${lengthText(minutes)})`
}

function Periods({
  draft: { kind, periods },
  faultAt,
  onChange,
}: {
  readonly draft: ShiftDraft
  readonly faultAt: (place: string) => string | undefined
  readonly onChange: (periods: ShiftDraft['periods']) => void
}) {
  const w = setupWords.shifts
  const last = periods.at(-1)
  return (
    <>
      {periods.map((period, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: periods have no name but their place
        <fieldset key={at} className={styles.group}>
          <legend className={styles.legend}>{kind === 'flexible' ? w.frame : w.period(at + 1)}</legend>
          <StretchFields
            value={period}
            error={faultAt(`Periods ${at}`) ?? (at === 0 ? faultAt('Periods') : undefined)}
            onChange={next => onChange(periods.map((each, place) => (place === at ? next : each)))}
          />
          {periods.length > 1 && (
            <span className={styles.end}>
              <Button
                size="small"
                look="quiet"
                icon="trash"
                aria-label={w.removePeriod(at + 1)}
                onClick={() => onChange(periods.filter((_, place) => place !== at))}
              />
            </span>
          )}
        </fieldset>
      ))}
      {kind === 'fixed' && periods.length < 4 && last && (
        <div>
          <Button
            size="small"
            icon="plus"
            onClick={() =>
              onChange([...periods, { StartMinute: last.EndMinute + 120, EndMinute: last.EndMinute + 360 }])
            }
          >
            {w.addPeriod}
          </Button>
        </div>
      )}
    </>
  )
}
