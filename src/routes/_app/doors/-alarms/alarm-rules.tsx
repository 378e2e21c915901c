import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Check, Field, FormGrid } from '../../../../components/field/field.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './alarm-rules.module.css'

type Rule = OperationAnswer<'doors.alarmRules'>['Rules'][number]
const kinds = ['Forced', 'HeldOpen', 'Tamper', 'Duress', 'HoldOverdue'] as const

/** What is to happen for which alarms, where, when, and whom to tell. */
export function AlarmRules() {
  const w = doorWords.alarms
  const query = useQuery(operationQuery('doors.alarmRules', {}))
  const [isAdding, setAdding] = useState(false)
  return (
    <Panel
      title={w.rules}
      actions={
        <Button size="small" icon="plus" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
          {w.addRule}
        </Button>
      }
    >
      <p className={styles.body}>{w.rulesBody}</p>
      {isAdding && <RuleForm onDone={() => setAdding(false)} />}
      <QueryBlock query={query}>
        {({ Rules }) =>
          Rules.length === 0 ? (
            <EmptyState compact title={w.noRules} />
          ) : (
            <ol className={styles.rules}>
              {Rules.map(rule => (
                <RuleLine key={rule.RuleID} rule={rule} />
              ))}
            </ol>
          )
        }
      </QueryBlock>
    </Panel>
  )
}

function RuleLine({ rule }: { readonly rule: Rule }) {
  const w = doorWords.alarms
  const remove = useMutation(operationMutation('doors.removeAlarmRule'))
  const parts = [
    rule.Kinds.map(kind => w.kinds[kind]).join(', '),
    rule.Zone ? w.zone(rule.Zone) : rule.Site ? w.site(rule.Site) : w.allDoors,
    rule.From && rule.To ? `${rule.From} – ${rule.To}` : w.always,
    rule.Raise ? (rule.Sound ? w.makeSound : '') : w.raiseHint,
    rule.Notify.length > 0 ? w.tells(rule.Notify.join(', ')) : '',
    rule.EscalateMinutes === null
      ? ''
      : w.escalation(count(rule.EscalateMinutes), rule.EscalateTo.join(', ') || w.everybody),
  ]
  return (
    <li>
      <div className={styles.line}>
        <strong>{rule.Name}</strong>
        <Button
          size="small"
          look="quiet"
          icon="trash"
          aria-label={w.removeAction(rule.Name)}
          busy={remove.isPending}
          onClick={() => remove.mutate({ input: { RuleID: rule.RuleID } })}
        />
      </div>
      <p className={styles.body}>{parts.filter(Boolean).join(' · ')}</p>
    </li>
  )
}

function RuleForm({ onDone }: { readonly onDone: () => void }) {
  const w = doorWords.alarms
  const save = useMutation(operationMutation('doors.saveAlarmRule'))
  const zones = useQuery(operationQuery('doors.zones', {}))
  const doors = useQuery(operationQuery('doors.status', {}))
  const [fault, setFault] = useState<string>()
  // Who is bound to sites makes rules for those; what holds everywhere is not theirs.
  const isBound = (useSession()?.Sites ?? null) !== null
  const sites = [...new Set((doors.data?.Doors ?? []).map(({ Site }) => Site))].sort()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const Kinds = kinds.filter(kind => data.has(`kind-${kind}`))
    if (Kinds.length === 0) return setFault(w.missing)
    const [scope = '', place = ''] = text('place').split(':')
    const Notify = namesIn(text('notify'))
    const EscalateTo = namesIn(text('escalateTo'))
    await save.mutateAsync({
      input: {
        Name: text('name'),
        Kinds,
        ...(scope === 'site' ? { Site: place } : {}),
        ...(scope === 'zone' ? { Zone: place } : {}),
        ...(text('from') && text('to') ? { From: text('from'), To: text('to') } : {}),
        Sound: data.has('sound'),
        Raise: data.has('raise'),
        RepeatMinutes: Number(text('repeat') || 10),
        ...(Notify.length > 0 ? { Notify } : {}),
        ...(text('escalate') === ''
          ? {}
          : {
              EscalateMinutes: Number(text('escalate')),
              ...(EscalateTo.length > 0 ? { EscalateTo } : {}),
            }),
      },
    })
    onDone()
  }
  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
      <FormGrid
        actions={
          <Button type="submit" look="primary" size="small" busy={save.isPending}>
            {w.save}
          </Button>
        }
      >
        <Field label={w.ruleName}>
          {control => (
            <input {...control} name="name" className="gh-input" required maxLength={64} autoComplete="off" />
          )}
        </Field>
        <fieldset className={styles.kinds}>
          <legend>{w.what}</legend>
          {kinds.map(kind => (
            <Check key={kind} name={`kind-${kind}`} defaultChecked={kind === 'Forced'}>
              {w.kinds[kind]}
            </Check>
          ))}
          {fault && (
            <p role="alert" className={styles.fault}>
              {fault}
            </p>
          )}
        </fieldset>
        <Field label={w.place}>
          {control => (
            <select {...control} name="place" className="gh-select">
              {!isBound && <option value="">{w.allDoors}</option>}
              {sites.map(site => (
                <option key={site} value={`site:${site}`}>
                  {w.site(site)}
                </option>
              ))}
              {(isBound ? [] : (zones.data?.Zones ?? [])).map(({ Zone }) => (
                <option key={Zone} value={`zone:${Zone}`}>
                  {w.zone(Zone)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className={styles.times}>
          <Field label={w.from}>
            {control => <input {...control} name="from" type="time" className="gh-input" />}
          </Field>
          <Field label={w.to}>
            {control => <input {...control} name="to" type="time" className="gh-input" />}
          </Field>
          <Field label={w.repeat}>
            {control => (
              <input
                {...control}
                name="repeat"
                type="number"
                min={0}
                max={1440}
                defaultValue={10}
                className="gh-input"
              />
            )}
          </Field>
        </div>
        <Field label={w.whom} hint={w.whomHint}>
          {control => <textarea {...control} name="notify" rows={2} className="gh-input" />}
        </Field>
        <div className={styles.times}>
          <Field label={w.escalateAfter}>
            {control => (
              <input {...control} name="escalate" type="number" min={1} max={1440} className="gh-input" />
            )}
          </Field>
          <Field label={w.escalateTo} hint={w.escalateHint}>
            {control => <input {...control} name="escalateTo" className="gh-input" autoComplete="off" />}
          </Field>
        </div>
        <Check name="raise" defaultChecked hint={w.raiseHint}>
          {w.raise}
        </Check>
        <Check name="sound" defaultChecked>
          {w.makeSound}
        </Check>
      </FormGrid>
    </form>
  )
}

function namesIn(text: string): string[] {
  return text
    .split(/[\n,]+/)
    .map(each => each.trim())
    .filter(Boolean)
}
