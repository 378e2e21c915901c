import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { useAccountNames, useActorName } from '../../../../api/actors.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import { count } from '../../../../format/number.ts'
import { instantClock, instantFull } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import styles from './alarm-item.module.css'

type Alarm = OperationAnswer<'doors.alarms'>['Alarms'][number]
type Act = OperationInput<'doors.actOnAlarm'>

const tones: Record<Alarm['State'], Tone> = {
  Raised: 'danger',
  Acknowledged: 'warn',
  Assigned: 'accent',
  Snoozed: 'neutral',
  Cleared: 'ok',
}

/** One alarm with everything that was done about it, and what can be. */
export function AlarmItem({ alarm }: { readonly alarm: Alarm }) {
  const w = doorWords.alarms
  const names = useAccountNames()
  const act = useMutation(operationMutation('doors.actOnAlarm'))
  const send = (order: Omit<Act, 'AlarmID'>) => act.mutate({ input: { AlarmID: alarm.AlarmID, ...order } })
  const isOpen = alarm.State !== 'Cleared'
  const about = [
    alarm.Site,
    alarm.EmployeeCode ? words.punches.person(alarm.EmployeeCode) : '',
    alarm.Count > 1 ? w.times(count(alarm.Count)) : '',
    alarm.AssignedTo ? w.assignedTo(alarm.AssignedTo) : '',
    alarm.SnoozedUntil ? w.snoozedUntil(instantClock(alarm.SnoozedUntil, alarm.TimeZone)) : '',
    alarm.EscalatesAt && alarm.State === 'Raised'
      ? w.escalatesAt(instantClock(alarm.EscalatesAt, alarm.TimeZone))
      : '',
    alarm.EscalatedAt ? w.escalated(instantClock(alarm.EscalatedAt, alarm.TimeZone)) : '',
    alarm.Rule ?? '',
    alarm.Notify.join(', '),
  ]
  return (
    <li className={styles.item} data-kind={alarm.Kind} data-state={alarm.State}>
      <div className={styles.head}>
        <h2 className={styles.name}>{w.alarmOf(w.kinds[alarm.Kind], doorName(alarm))}</h2>
        <span className={styles.age}>
          <Age at={alarm.LastAt} timeZone={alarm.TimeZone} />
        </span>
      </div>
      <p className={styles.line}>
        <Badge tone={tones[alarm.State]}>{w.states[alarm.State]}</Badge>
        {alarm.Silent && (
          <Badge tone="unknown" title={w.silentWhy}>
            {w.silent}
          </Badge>
        )}
        <span className={styles.about}>{about.filter(Boolean).join(' · ')}</span>
      </p>
      {isOpen && (
        <div className={styles.actions}>
          {(alarm.State === 'Raised' || alarm.State === 'Snoozed') && (
            <Button
              size="small"
              look="primary"
              icon="check"
              busy={act.isPending}
              onClick={() => send({ Action: 'Acknowledge' })}
            >
              {w.acknowledge}
            </Button>
          )}
          {alarm.State !== 'Snoozed' && (
            <Button size="small" icon="clock" busy={act.isPending} onClick={() => send({ Action: 'Snooze' })}>
              {w.snooze}
            </Button>
          )}
          <TextAction
            label={w.assign}
            field={w.assignTo}
            suggestions={names}
            onSend={To => send({ Action: 'Assign', To })}
            isBusy={act.isPending}
          />
          <TextAction
            label={w.note}
            field={w.noteText}
            onSend={Text => send({ Action: 'Note', Text })}
            isBusy={act.isPending}
          />
          <Button size="small" busy={act.isPending} onClick={() => send({ Action: 'Clear' })}>
            {w.clear}
          </Button>
          <Button
            size="small"
            title={w.clearSilenceWhy}
            busy={act.isPending}
            onClick={() => send({ Action: 'Clear', Silence: true })}
          >
            {w.clearSilence}
          </Button>
        </div>
      )}
      {act.isError && (
        <p className={styles.fault} role="alert">
          {words.errors[errorTextKey(act.error)].title}
        </p>
      )}
      <Steps alarm={alarm} />
    </li>
  )
}

function Steps({ alarm }: { readonly alarm: Alarm }) {
  const w = doorWords.alarms
  const nameOf = useActorName()
  return (
    <details className={styles.steps}>
      <summary>{w.history}</summary>
      <ol>
        {alarm.Steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
          <li key={at}>
            <time dateTime={step.At}>{instantFull(step.At, alarm.TimeZone)}</time>{' '}
            {[w.steps[step.What], nameOf(step.Actor) ?? '', step.Text ?? ''].filter(Boolean).join(' · ')}
          </li>
        ))}
      </ol>
    </details>
  )
}

function TextAction({
  label,
  field,
  isBusy,
  suggestions = [],
  onSend,
}: {
  readonly label: string
  readonly field: string
  readonly isBusy: boolean
  readonly suggestions?: readonly string[]
  readonly onSend: (text: string) => void
}) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  if (!isOpen)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {label}
      </Button>
    )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim()
    if (text === '') return
    onSend(text)
    setOpen(false)
  }
  return (
    <form className={styles.text} onSubmit={submit}>
      <input
        name="text"
        className="gh-input"
        aria-label={field}
        placeholder={field}
        maxLength={64}
        autoComplete="off"
        list={suggestions.length > 0 ? id : undefined}
        required
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was just pressed
        autoFocus
      />
      {suggestions.length > 0 && (
        <datalist id={id}>
          {suggestions.map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
      <Button type="submit" size="small" look="primary" busy={isBusy}>
        {label}
      </Button>
    </form>
  )
}
