import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { failureText } from './failure-text.ts'
import type { Receiver } from './receiver-page.tsx'
import styles from './test-panel.module.css'

/** Sends one event now, as the sample or changed by hand, and shows what came back. */
export function TestPanel({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.tests
  const may = useCan('webhooks:write')
  const catalogue = useQuery({
    ...operationQuery('webhooks.events', {}),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const known = (catalogue.data?.Events ?? []).filter(each =>
    each.Forms.some(({ Format }) => Format === receiver.Format),
  )
  const [name, setName] = useState('')
  const [typed, setTyped] = useState<string | null>(null)
  const test = useMutation(operationMutation('webhooks.test'))
  const chosen = known.find(each => each.Event === name) ?? known[0]
  const body = typed ?? (chosen ? JSON.stringify(chosen.Sample, null, 2) : '')
  const send = () =>
    chosen &&
    test.mutate({
      input: {
        SubscriptionID: receiver.SubscriptionID,
        Event: chosen.Event,
        ...(typed === null ? {} : { Body: typed }),
      },
    })
  const failed = test.error ? failureText(test.error) : undefined
  return (
    <Panel title={w.send}>
      <div className={styles.test}>
        <p className={styles.note}>{w.lead}</p>
        <Field label={w.event}>
          {control => (
            <select
              {...control}
              className="gh-select"
              value={chosen?.Event ?? ''}
              onChange={event => {
                setName(event.target.value)
                setTyped(null)
              }}
            >
              {known.map(each => (
                <option key={each.Event} value={each.Event}>
                  {webhooksWords.events[each.Event]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.body} hint={w.bodyHint} error={failed}>
          {control => (
            <textarea
              {...control}
              className={`gh-input ${styles.body}`}
              rows={14}
              spellCheck={false}
              value={body}
              onChange={event => setTyped(event.target.value)}
            />
          )}
        </Field>
        <div className={styles.row}>
          {may && (
            <Button look="primary" busy={test.isPending} onClick={send} disabled={!chosen}>
              {w.submit}
            </Button>
          )}
          {typed !== null && (
            <Button look="quiet" onClick={() => setTyped(null)}>
              {w.reset}
            </Button>
          )}
        </div>
        <div role="status">{test.data && <Result answer={test.data.body} />}</div>
      </div>
    </Panel>
  )
}

function Result({
  answer,
}: {
  readonly answer: {
    readonly DeliveryID: string
    readonly Outcome: string
    readonly Status: number | null
    readonly Error: string | null
    readonly DurationMs: number
    readonly Response: string | null
  }
}) {
  const w = consoleWords.tests
  const isGood = answer.Outcome === 'delivered'
  return (
    <div className={styles.result}>
      <div className={styles.row}>
        <Badge tone={isGood ? 'ok' : 'danger'} icon={isGood ? 'check' : 'warning'}>
          {answer.Status === null ? w.noAnswer : `${w.status} ${answer.Status}`}
        </Badge>
        <span className={styles.note}>{w.took(count(answer.DurationMs))}</span>
        <Link to="/webhooks/deliveries" search={{ delivery: Number(answer.DeliveryID) }}>
          {w.see}
        </Link>
      </div>
      {answer.Error && <p className={styles.note}>{answer.Error}</p>}
      {answer.Response && <pre className={styles.reply}>{answer.Response}</pre>}
    </div>
  )
}
