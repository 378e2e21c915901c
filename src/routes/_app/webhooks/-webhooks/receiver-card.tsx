import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { useAge } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import type { IconName } from '../../../../components/icon/icon.tsx'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { receiverName } from '../-deliveries/delivery-columns.tsx'
import { HealthFigures } from '../-receiver/health-figures.tsx'
import { StateBadges } from '../-receiver/receiver-state.tsx'
import styles from './receiver-card.module.css'

type Receiver = OperationAnswer<'webhooks.list'>['Subscriptions'][number]

/** One receiver with its health at a glance, and the way to its own page. */
export function ReceiverCard({ receiver }: { readonly receiver: Receiver }) {
  const w = webhooksWords
  const created = useAge(receiver.CreatedAt)
  const { tone, icon, text } = healthOf(receiver)
  const devices = receiver.DeviceSN === null ? w.allDevices : w.devices(receiver.DeviceSN.length)
  const name = receiverName(receiver)
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.url}>
          <Link
            to="/webhooks/$subscriptionID"
            params={{ subscriptionID: receiver.SubscriptionID }}
            className={styles.link}
          >
            {name}
          </Link>
        </h2>
        <span className={styles.badges}>
          <StateBadges receiver={receiver} />
          <Badge tone={tone} icon={icon}>
            {text}
          </Badge>
        </span>
      </header>
      <p className={styles.about}>
        {name !== receiver.CallbackUrl && <span className={styles.address}>{receiver.CallbackUrl}</span>}
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
      <HealthFigures receiver={receiver} />
      {receiver.LastError && (
        <p className={styles.error}>
          <span className={styles.label}>{w.lastError}</span> {receiver.LastError}
        </p>
      )}
    </article>
  )
}

function healthOf(receiver: Receiver): { tone: Tone; icon: IconName; text: string } {
  const { health } = webhooksWords
  if (receiver.Parked > 0) return { tone: 'danger', icon: 'warning', text: health.parked }
  if (receiver.Pending > 0 && receiver.LastError) return { tone: 'warn', icon: 'clock', text: health.waiting }
  if (receiver.LastSuccessAt === null) return { tone: 'neutral', icon: 'clock', text: health.idle }
  return { tone: 'ok', icon: 'check', text: health.ok }
}
