import type { OperationAnswer } from '#contract/types.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import styles from './attempt-list.module.css'
import { pretty } from './pretty.ts'
import { TimingBars } from './timing-bars.tsx'

type Answer = OperationAnswer<'webhooks.delivery'>
type Attempt = Answer['Attempts'][number]

/** Attempts, the newest first and open. */
export function AttemptList({ answer }: { readonly answer: Answer }) {
  const w = consoleWords.deliveries
  if (answer.Attempts.length === 0)
    return (
      <section className={styles.section}>
        <h3 className={styles.heading}>{w.attempts}</h3>
        <p className={styles.note}>{w.noAttempts}</p>
      </section>
    )
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{w.attempts}</h3>
      {answer.Attempts.toReversed().map((attempt, index) => (
        <details key={attempt.Number} className={styles.attempt} open={index === 0}>
          <summary className={styles.summary}>
            <span className={styles.name}>{w.attempt(attempt.Number)}</span>
            <Badge tone={attempt.Outcome === 'delivered' ? 'ok' : 'danger'}>
              {attempt.Status ?? w.outcomes[attempt.Outcome]}
            </Badge>
            <span className={styles.note}>{w.ms(count(attempt.DurationMs))}</span>
            <time className={styles.when} dateTime={attempt.StartedAt}>
              {instantFull(attempt.StartedAt)}
            </time>
          </summary>
          <AttemptBody attempt={attempt} />
        </details>
      ))}
    </section>
  )
}

function AttemptBody({ attempt }: { readonly attempt: Attempt }) {
  const w = consoleWords.deliveries
  return (
    <div className={styles.body}>
      {attempt.Error && <p className={styles.error}>{attempt.Error}</p>}
      {attempt.Timing && <TimingBars timing={attempt.Timing} totalMs={attempt.DurationMs} />}
      <Headers label={`${w.request} · ${w.headers}`} pairs={attempt.RequestHeaders} />
      <div>
        <p className={styles.label}>{w.response}</p>
        {attempt.Response === null ? (
          <p className={styles.note}>{w.noResponse}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          <pre className={styles.code} tabIndex={0}>
            {pretty(attempt.Response)}
          </pre>
        )}
      </div>
      {attempt.ResponseHeaders.length > 0 && (
        <Headers label={`${w.response} · ${w.headers}`} pairs={attempt.ResponseHeaders} />
      )}
    </div>
  )
}

function Headers({
  label,
  pairs,
}: {
  readonly label: string
  readonly pairs: readonly { readonly Name: string; readonly Value: string }[]
}) {
  return (
    <div>
      <p className={styles.label}>{label}</p>
      <dl className={styles.headers}>
        {pairs.map(({ Name, Value }) => (
          <div key={Name}>
            <dt>{Name}</dt>
            <dd>{Value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
