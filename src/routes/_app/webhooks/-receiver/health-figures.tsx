import type { ReactNode } from 'react'
import { useLasting } from '../../../../components/age/age.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import styles from './health-figures.module.css'
import type { Receiver } from './receiver-page.tsx'

/** Health at a glance: success, how long it takes, how old the queue is, what waits and what was given up. */
export function HealthFigures({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.receivers
  const age = useLasting(receiver.OldestPendingAt)
  const { SuccessPercent: success } = receiver
  return (
    <dl className={styles.figures}>
      <Figure
        label={w.success}
        tone={success !== null && success < 95 ? (success < 50 ? 'danger' : 'warn') : undefined}
      >
        {success === null ? w.none : `${success} %`}
      </Figure>
      <Figure label={w.p95} why={w.p95Why}>
        {boundText(receiver.P95Ms)}
      </Figure>
      <Figure label={webhooksWords.pending} tone={receiver.Pending > 0 ? 'warn' : undefined}>
        {count(receiver.Pending)}
      </Figure>
      <Figure label={w.queueAge}>{receiver.OldestPendingAt ? age : words.parts.none}</Figure>
      <Figure
        label={webhooksWords.parked}
        why={webhooksWords.parkedWhy}
        tone={receiver.Parked > 0 ? 'danger' : undefined}
      >
        {count(receiver.Parked)}
      </Figure>
      <Figure label={webhooksWords.delivered}>{count(receiver.Delivered)}</Figure>
    </dl>
  )
}

/** An upper bound of the histogram in words. */
export function boundText(ms: number | null): string {
  const w = consoleWords.receivers
  if (ms === null) return w.none
  return ms < 0 ? w.overTen : w.upTo(count(ms))
}

function Figure({
  label,
  why,
  tone,
  children,
}: {
  readonly label: string
  readonly why?: string
  readonly tone?: 'warn' | 'danger' | undefined
  readonly children: ReactNode
}) {
  return (
    <div title={why}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value} data-tone={tone}>
        {children}
      </dd>
    </div>
  )
}
