import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { MinutesField, StretchFields } from './clock-field.tsx'
import { readMinutes } from './minutes.ts'
import styles from './setup-page.module.css'
import type { Shift } from './shift-band.tsx'

type BreakRule = Shift['Breaks'][number]

/** Breaks of a shift: at a time, taken off by itself, or punched. */
export function BreakFields({
  breaks,
  middle,
  faultAt,
  onChange,
}: {
  readonly breaks: readonly BreakRule[]
  /** Where a new fixed break is put. */
  readonly middle: number
  readonly faultAt: (at: number) => string | undefined
  readonly onChange: (breaks: readonly BreakRule[]) => void
}) {
  const w = setupWords.shifts
  const set = (at: number, rule: BreakRule) =>
    onChange(breaks.map((each, place) => (place === at ? rule : each)))
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{w.breaks}</legend>
      {breaks.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: breaks have no name but their place
        <fieldset key={at} className={styles.group}>
          <legend className={styles.legend}>{w.breakNumber(at + 1)}</legend>
          <div className={styles.row}>
            <Field label={w.breakKind}>
              {control => (
                <select
                  {...control}
                  className="gh-select"
                  value={rule.Kind}
                  onChange={event => set(at, newBreak(event.target.value, middle, rule.Paid))}
                >
                  {(['fixed', 'automatic', 'punched'] as const).map(kind => (
                    <option key={kind} value={kind}>
                      {w.breakKinds[kind]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <BreakLengths rule={rule} onChange={next => set(at, next)} />
          </div>
          {rule.Kind === 'fixed' && (
            <StretchFields
              value={rule}
              error={faultAt(at)}
              onChange={stretch => set(at, { ...rule, ...stretch })}
            />
          )}
          <div className={styles.head}>
            <label className={styles.about}>
              <input
                type="checkbox"
                checked={rule.Paid}
                onChange={event => set(at, { ...rule, Paid: event.target.checked })}
              />{' '}
              {w.paid}
            </label>
            <span className={styles.end}>
              <Button
                size="small"
                look="quiet"
                icon="trash"
                aria-label={w.removeBreak(at + 1)}
                onClick={() => onChange(breaks.filter((_, place) => place !== at))}
              />
            </span>
          </div>
        </fieldset>
      ))}
      {breaks.length < 6 && (
        <div>
          <Button
            size="small"
            icon="plus"
            onClick={() => onChange([...breaks, newBreak('automatic', middle, false)])}
          >
            {w.addBreak}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

function BreakLengths({
  rule,
  onChange,
}: {
  readonly rule: BreakRule
  readonly onChange: (rule: BreakRule) => void
}) {
  const w = setupWords.shifts
  if (rule.Kind === 'fixed') return null
  if (rule.Kind === 'punched')
    return (
      <MinutesField
        label={w.allowed}
        value={String(rule.AllowedMinutes)}
        onChange={text => onChange({ ...rule, AllowedMinutes: readMinutes(text) ?? 0 })}
      />
    )
  return (
    <>
      <MinutesField
        label={w.after}
        value={String(rule.AfterMinutes)}
        onChange={text => onChange({ ...rule, AfterMinutes: readMinutes(text) ?? 0 })}
      />
      <MinutesField
        label={w.length}
        value={String(rule.LengthMinutes)}
        onChange={text => onChange({ ...rule, LengthMinutes: readMinutes(text) ?? 0 })}
      />
    </>
  )
}

function newBreak(kind: string, middle: number, Paid: boolean): BreakRule {
  if (kind === 'fixed') return { Kind: 'fixed', StartMinute: middle, EndMinute: middle + 30, Paid }
  if (kind === 'punched') return { Kind: 'punched', AllowedMinutes: 30, Paid }
  return { Kind: 'automatic', AfterMinutes: 360, LengthMinutes: 30, Paid }
}
