import type { ReactNode } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { Age, useAge } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import type { IconName } from '../../../../components/icon/icon.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import styles from './receiver-card.module.css'

type Receiver = OperationAnswer<'webhooks.list'>['Subscriptions'][number]

/** One receiver with its health at a glance: what went, what waits, since when, and the last thing that failed. */
export function ReceiverCard({ receiver }: { readonly receiver: Receiver }) {
  const w = words.webhooks
  const created = useAge(receiver.CreatedAt)
  const { tone, icon, text } = healthOf(receiver)
  const devices = receiver.DeviceSN === null ? w.allDevices : w.devices(receiver.DeviceSN.length)
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.url}>{receiver.CallbackUrl}</h2>
        <span className={styles.badges}>
          {receiver.State === 'Paused' && <Badge>{w.states.Paused}</Badge>}
          <Badge tone={tone} icon={icon}>
            {text}
          </Badge>
        </span>
      </header>
      <p className={styles.about}>
        <span title={receiver.DeviceSN?.join(', ')}>{devices}</span>
        {` · ${w.formats[receiver.Format]}${receiver.Encrypted ? `, ${w.encrypted}` : ''} · ${w.since(created)}`}
      </p>
      <ul className={styles.events} aria-label={w.form.events}>
        {receiver.Events.map(event => (
          <li key={event} title={w.events[event]}>
            <code>{event}</code>
          </li>
        ))}
      </ul>
      <dl className={styles.figures}>
        <Figure label={w.delivered}>{count(receiver.Delivered)}</Figure>
        <Figure label={w.pending} tone={receiver.Pending > 0 ? 'warn' : undefined}>
          {count(receiver.Pending)}
        </Figure>
        <Figure label={w.oldest}>
          {receiver.OldestPendingAt ? <Age at={receiver.OldestPendingAt} /> : words.parts.none}
        </Figure>
        <Figure label={w.parked} tone={receiver.Parked > 0 ? 'danger' : undefined} why={w.parkedWhy}>
          {count(receiver.Parked)}
        </Figure>
        <Figure label={w.lastSuccess}>
          {receiver.LastSuccessAt ? <Age at={receiver.LastSuccessAt} /> : w.never}
        </Figure>
      </dl>
      {receiver.LastError && (
        <p className={styles.error}>
          <span className={styles.label}>{w.lastError}</span> {receiver.LastError}
        </p>
      )}
    </article>
  )
}

function Figure({
  label,
  tone,
  why,
  children,
}: {
  readonly label: string
  readonly tone?: 'warn' | 'danger' | undefined
  readonly why?: string
  readonly children: ReactNode
}) {
  return (
    <div className={styles.figure} title={why}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value} data-tone={tone}>
        {children}
      </dd>
    </div>
  )
}

function healthOf(receiver: Receiver): { tone: Tone; icon: IconName; text: string } {
  const { health } = words.webhooks
  if (receiver.Parked > 0) return { tone: 'danger', icon: 'warning', text: health.parked }
  if (receiver.Pending > 0 && receiver.LastError) return { tone: 'warn', icon: 'clock', text: health.waiting }
  if (receiver.LastSuccessAt === null) return { tone: 'neutral', icon: 'clock', text: health.idle }
  return { tone: 'ok', icon: 'check', text: health.ok }
}
