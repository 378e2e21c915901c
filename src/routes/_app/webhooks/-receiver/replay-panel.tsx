import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { OperationInput } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { spanExact } from '../../../../format/span.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { failureText } from './failure-text.ts'
import type { Receiver } from './receiver-page.tsx'
import styles from './replay-panel.module.css'

const kinds = ['Failed', 'Missed', 'Punches', 'Users'] as const
type Kind = (typeof kinds)[number]
type Replay = OperationInput<'webhooks.estimate'>

const dayMs = 86_400_000

/** Bulk replays and copies: what, since when, how fast; first the estimate, then the start. */
export function ReplayPanel({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.jobs
  const may = useCan('webhooks:replay')
  const [kind, setKind] = useState<Kind>('Failed')
  const [since, setSince] = useState(() => localMoment(Date.now() - dayMs))
  const [days, setDays] = useState(() => ({
    from: localMoment(Date.now() - 7 * dayMs).slice(0, 10),
    to: localMoment(Date.now()).slice(0, 10),
  }))
  const [rate, setRate] = useState(20)
  const replay = useMutation(operationMutation('webhooks.startReplay'))
  const copy = useMutation(operationMutation('webhooks.startMigration'))
  if (!may) return null
  const { SubscriptionID } = receiver
  const isReplay = kind === 'Failed' || kind === 'Missed'
  const asked: Replay | null = isReplay
    ? { SubscriptionID, Kind: kind, From: instantOf(since), PerSecond: rate }
    : null
  const start = (event: FormEvent) => {
    event.preventDefault()
    if (asked) replay.mutate({ input: asked })
    else if (!isReplay)
      copy.mutate({
        input: {
          SubscriptionID,
          Kind: kind,
          PerSecond: rate,
          ...(kind === 'Punches' ? { FromDate: days.from, ToDate: days.to } : {}),
        },
      })
  }
  const failed = replay.error ?? copy.error
  return (
    <Panel title={w.title}>
      <form className={styles.replay} onSubmit={start}>
        <p className={styles.note}>{w.lead}</p>
        <Field label={w.kind} hint={w.kindWhy[kind]}>
          {control => (
            <select
              {...control}
              className="gh-select"
              value={kind}
              onChange={event => setKind(kinds.find(each => each === event.target.value) ?? 'Failed')}
            >
              {kinds.map(each => (
                <option key={each} value={each}>
                  {w.kinds[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className={styles.row}>
          {isReplay && (
            <Field label={w.since}>
              {control => (
                <input
                  {...control}
                  type="datetime-local"
                  className="gh-input"
                  required
                  value={since}
                  onChange={event => setSince(event.target.value)}
                />
              )}
            </Field>
          )}
          {kind === 'Punches' && (
            <>
              <Day label={w.from} value={days.from} onChange={from => setDays({ ...days, from })} />
              <Day label={w.to} value={days.to} onChange={to => setDays({ ...days, to })} />
            </>
          )}
          <Field label={w.rate}>
            {control => (
              <input
                {...control}
                type="number"
                className="gh-input"
                min={1}
                max={1000}
                required
                value={rate}
                onChange={event => setRate(Number(event.target.value))}
              />
            )}
          </Field>
        </div>
        {asked && <Estimate asked={asked} />}
        <div className={styles.row}>
          <Button type="submit" look="primary" icon="play" busy={replay.isPending || copy.isPending}>
            {w.start}
          </Button>
        </div>
        {failed && <p role="alert">{failureText(failed)}</p>}
      </form>
    </Panel>
  )
}

function Estimate({ asked }: { readonly asked: Replay }) {
  const w = consoleWords.jobs
  const isAsked = asked.From !== '' && Number(asked.PerSecond) > 0
  const { data } = useQuery({ ...operationQuery('webhooks.estimate', asked), enabled: isAsked })
  return (
    <p className={styles.estimate} role="status">
      {data &&
        (data.Count === 0
          ? w.nothing
          : w.estimated(count(data.Count), spanExact(Math.max(1, data.Seconds)), String(data.PerSecond)))}
    </p>
  )
}

function Day({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  return (
    <Field label={label}>
      {control => (
        <input
          {...control}
          type="date"
          className="gh-input"
          required
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

/** A moment as a local date field has it. */
function localMoment(at: number): string {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function instantOf(moment: string): string {
  const date = new Date(moment)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
