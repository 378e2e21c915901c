import { Link } from '@tanstack/react-router'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import type { Column } from '../../../../components/data-table/data-table.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import styles from './delivery-columns.module.css'
import type { Delivery } from './search.ts'

const tones: Record<Delivery['State'], Tone> = {
  Pending: 'warn',
  Delivered: 'ok',
  Parked: 'danger',
  Skipped: 'neutral',
}

/** State as a word with its tone; what is not live says so. */
export function StateBadge({ delivery }: { readonly delivery: Delivery }) {
  const w = consoleWords.deliveries
  return (
    <>
      <Badge tone={tones[delivery.State]}>{w.states[delivery.State]}</Badge>
      {delivery.Kind !== 'Live' && <Badge>{w.kinds[delivery.Kind]}</Badge>}
    </>
  )
}

/** How the last attempt ended, in few words. */
export function lastAnswer(delivery: Delivery): string {
  const w = consoleWords.deliveries
  if (delivery.LastOutcome === null) return ''
  const took = delivery.LastMs === null ? '' : ` · ${w.ms(count(delivery.LastMs))}`
  const status = delivery.LastStatus === null ? w.outcomes[delivery.LastOutcome] : String(delivery.LastStatus)
  return status + took
}

/** Who receives it, by name or host. */
export function receiverName(
  of: Pick<Delivery, 'Name' | 'CallbackUrl'> & { readonly Protected?: boolean },
): string {
  if (of.Protected) return consoleWords.receivers.dashboard
  if (of.Name) return of.Name
  try {
    const { host, pathname } = new URL(of.CallbackUrl)
    return host + (pathname === '/' ? '' : pathname)
  } catch {
    return of.CallbackUrl
  }
}

/** The list's columns on a wide screen. */
export function deliveryColumns(): Column<Delivery>[] {
  const w = consoleWords.deliveries
  return [
    { id: 'when', header: w.when, width: '248px', cell: delivery => <When delivery={delivery} /> },
    {
      id: 'receiver',
      header: w.receiver,
      width: 'minmax(170px, 1.4fr)',
      cell: delivery => <span title={delivery.CallbackUrl}>{receiverName(delivery)}</span>,
    },
    {
      id: 'event',
      header: w.event,
      width: 'minmax(150px, 1.2fr)',
      cell: delivery => <span title={webhooksWords.events[delivery.Event]}>{w.events[delivery.Event]}</span>,
    },
    {
      id: 'about',
      header: w.about,
      width: 'minmax(140px, 1.2fr)',
      cell: delivery => <About delivery={delivery} />,
    },
    { id: 'state', header: w.state, width: '170px', cell: delivery => <StateBadge delivery={delivery} /> },
    {
      id: 'answer',
      header: w.answer,
      width: 'minmax(150px, 1fr)',
      cell: delivery => (
        <span className={styles.muted} title={delivery.LastError ?? undefined}>
          {lastAnswer(delivery)}
        </span>
      ),
    },
    {
      id: 'attempts',
      header: w.attempts,
      width: '84px',
      align: 'end',
      cell: delivery => count(delivery.Attempts),
    },
  ]
}

/** One column of two lines, for the phone. */
export function deliveryNarrowColumns(): Column<Delivery>[] {
  return [
    {
      id: 'delivery',
      header: consoleWords.deliveries.title,
      width: 'minmax(0, 1fr)',
      cell: delivery => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <span className={styles.clip}>{consoleWords.deliveries.events[delivery.Event]}</span>
            <StateBadge delivery={delivery} />
          </span>
          <span className={styles.line}>
            <When delivery={delivery} />
            <span className={styles.clip} data-quiet>
              {receiverName(delivery)}
            </span>
          </span>
        </div>
      ),
    },
  ]
}

/** Id of the link that opens a delivery, so that the focus finds back to it. */
export function deliveryLinkId(id: string): string {
  return `delivery-${id}`
}

function When({ delivery }: { readonly delivery: Delivery }) {
  return (
    <Link
      from="/webhooks/deliveries"
      to="."
      search={old => ({ ...old, delivery: Number(delivery.DeliveryID) })}
      resetScroll={false}
      id={deliveryLinkId(delivery.DeliveryID)}
      className={styles.link}
    >
      <time dateTime={delivery.CreatedAt}>{instantFull(delivery.CreatedAt)}</time>
    </Link>
  )
}

function About({ delivery }: { readonly delivery: Delivery }) {
  const who = [delivery.EmployeeCode, delivery.LabelName ?? delivery.DeviceSN].filter(Boolean)
  return <span className={styles.muted}>{who.join(' · ')}</span>
}
