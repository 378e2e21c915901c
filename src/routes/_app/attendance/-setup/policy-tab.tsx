import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationInput } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { ChangeFrom } from './change-from.tsx'
import { MinutesField } from './clock-field.tsx'
import { validSince } from './dates.ts'
import { useNotice } from './notice.tsx'
import { OvertimeFields } from './overtime-fields.tsx'
import {
  type NumberName,
  numberNames,
  type PolicyDraft,
  policyDraft,
  readPolicyDraft,
} from './policy-draft.ts'
import type { Policy } from './rows.ts'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'
import { useToday } from './use-today.ts'

const sections: readonly {
  readonly word: keyof typeof setupWords.policy.sections
  readonly names: readonly NumberName[]
}[] = [
  {
    word: 'lateness',
    names: ['LateGraceMinutes', 'EarlyLeaveGraceMinutes', 'HalfDayBelowMinutes', 'AbsentBelowMinutes'],
  },
  {
    word: 'punches',
    names: [
      'WindowBeforeMinutes',
      'WindowAfterMinutes',
      'DoubleWindowMinutes',
      'HandOverMinutes',
      'ImpossibleSpanMinutes',
      'GapFromMinutes',
      'LateArrivalMinutes',
      'EstimateWindowMinutes',
    ],
  },
  { word: 'unplanned', names: ['UnplannedRestMinutes', 'UnplannedNightMinutes'] },
]

/** Grace, rounding, breaks, thresholds and overtime for everybody. */
export function PolicyTab({ may }: { readonly may: boolean }) {
  const query = useQuery(operationQuery('attendance.policy', {}))
  return (
    <QueryBlock query={query}>
      {({ Policy, FromDate, Defaults }) => (
        <PolicyForm
          key={JSON.stringify(Policy)}
          policy={Policy}
          defaults={Defaults}
          since={FromDate}
          may={may}
        />
      )}
    </QueryBlock>
  )
}

function PolicyForm({
  policy,
  defaults,
  since,
  may,
}: {
  readonly policy: Policy
  readonly defaults: Policy
  readonly since: string | null
  readonly may: boolean
}) {
  const w = setupWords.policy
  const tell = useNotice()
  const today = useToday()
  const save = useMutation(operationMutation('attendance.savePolicy'))
  const [draft, setDraft] = useState(() => policyDraft(policy))
  const [fromDate, setFromDate] = useState('')
  const [isTried, setTried] = useState(false)
  const { value, faults } = readPolicyDraft(draft)
  const set = (part: Partial<PolicyDraft>) => setDraft(old => ({ ...old, ...part }))
  const submit = () => {
    setTried(true)
    if (value === null) return
    const dated = fromDate === '' ? {} : { FromDate: fromDate }
    save.mutate(
      { input: { ...value, ...dated } },
      {
        onSuccess: () => {
          const undo = () => save.mutateAsync({ input: { ...before(policy), ...dated } })
          tell({ text: setupWords.saved(setupWords.tabs.policy), undo })
        },
      },
    )
  }
  return (
    <div className={styles.form}>
      <p className={styles.about}>
        {w.lead} {since === null ? w.never : validSince({ FromDate: since })}
      </p>
      <fieldset className={styles.plain} disabled={!may}>
        <SaveForm
          error={save.error}
          fields={[...numberNames]}
          busy={save.isPending}
          onSubmit={submit}
          more={
            may && (
              <Button look="quiet" onClick={() => setDraft(policyDraft(defaults))}>
                {w.reset}
              </Button>
            )
          }
        >
          {sections.map(({ word, names }) => (
            <fieldset key={word} className={styles.group}>
              <legend className={styles.legend}>{w.sections[word]}</legend>
              <div className={styles.row}>
                {names.map(name => (
                  <MinutesField
                    key={name}
                    label={`${w.fields[name]}, ${setupWords.minutes}`}
                    value={draft.numbers[name]}
                    error={isTried && faults.has(name) ? w.numberWrong : faultOf(save.error, name)}
                    onChange={text => set({ numbers: { ...draft.numbers, [name]: text } })}
                  />
                ))}
              </div>
              {word === 'lateness' && <p className={styles.hint}>{w.latenessHint}</p>}
              {word === 'punches' && <DirectionFields draft={draft} onChange={set} />}
            </fieldset>
          ))}
          <HoursFields draft={draft} faults={isTried ? faults : null} onChange={set} />
          <OvertimeFields draft={draft} faults={isTried ? faults : null} onChange={set} />
          {since !== null && <ChangeFrom value={fromDate} today={today} onChange={setFromDate} />}
        </SaveForm>
      </fieldset>
    </div>
  )
}

function before(policy: Policy): OperationInput<'attendance.savePolicy'> {
  return policy
}

type Change = (part: Partial<PolicyDraft>) => void

function DirectionFields({ draft, onChange }: { readonly draft: PolicyDraft; readonly onChange: Change }) {
  const w = setupWords.policy
  return (
    <div className={styles.row}>
      <Field label={w.direction}>
        {control => (
          <select
            {...control}
            className="gh-select"
            value={draft.direction}
            onChange={event => onChange({ direction: readChoice(directions, event.target.value) })}
          >
            {directions.map(each => (
              <option key={each} value={each}>
                {w.directions[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={w.withoutKeys}>
        {control => (
          <select
            {...control}
            className="gh-select"
            value={draft.withoutKeys}
            onChange={event => onChange({ withoutKeys: readChoice(withoutKeys, event.target.value) })}
          >
            {withoutKeys.map(each => (
              <option key={each} value={each}>
                {w.directions[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}

const directions = ['keys', 'first_last', 'toggle'] as const
const withoutKeys = ['first_last', 'toggle'] as const
const modes = ['nearest', 'up', 'down'] as const

function readChoice<const T extends string>(choices: readonly [T, ...T[]], text: string): T {
  return choices.find(choice => choice === text) ?? choices[0]
}

function HoursFields({
  draft,
  faults,
  onChange,
}: {
  readonly draft: PolicyDraft
  readonly faults: ReadonlySet<string> | null
  readonly onChange: Change
}) {
  const w = setupWords.policy
  const fault = (name: string) => (faults?.has(name) ? w.numberWrong : undefined)
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{w.sections.hours}</legend>
      <label className={styles.about}>
        <input
          type="checkbox"
          checked={draft.earlyIn}
          onChange={event => onChange({ earlyIn: event.target.checked })}
        />{' '}
        {w.earlyIn}
      </label>
      {(['in', 'out'] as const).map(side => (
        <div key={side} className={styles.row}>
          <MinutesField
            label={`${w.rounding}: ${w[side]}. ${w.step}`}
            value={draft.rounding[side].step}
            error={fault(`rounding.${side}`)}
            onChange={step =>
              onChange({ rounding: { ...draft.rounding, [side]: { ...draft.rounding[side], step } } })
            }
          />
          <Field label={w.mode}>
            {control => (
              <select
                {...control}
                className="gh-select"
                value={draft.rounding[side].mode}
                onChange={event => {
                  const mode = readChoice(modes, event.target.value)
                  onChange({ rounding: { ...draft.rounding, [side]: { ...draft.rounding[side], mode } } })
                }}
              >
                {modes.map(each => (
                  <option key={each} value={each}>
                    {w.modes[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      ))}
      <p className={styles.hint}>{w.roundingHint}</p>
      <div className={styles.row}>
        <MinutesField
          label={`${w.automaticBreak}: ${w.after}`}
          value={draft.breakAfter}
          error={fault('breakAfter')}
          onChange={breakAfter => onChange({ breakAfter })}
        />
        <MinutesField
          label={w.length}
          value={draft.breakLength}
          error={fault('breakLength')}
          onChange={breakLength => onChange({ breakLength })}
        />
      </div>
    </fieldset>
  )
}
