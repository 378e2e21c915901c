import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { instantFull, wallClock, wallDay } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { lastAnswer, receiverName, StateBadge } from './delivery-columns.tsx'
import styles from './delivery-trace.module.css'

type Trace = OperationAnswer<'webhooks.trace'>

/** From what happened to everybody who was told of it: one chain, read in either direction. */
export function DeliveryTrace({ deliveryID }: { readonly deliveryID: string }) {
  const w = consoleWords.deliveries
  const { data } = useQuery(operationQuery('webhooks.trace', { DeliveryID: deliveryID }))
  if (!data) return null
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{w.trace}</h3>
      <p className={styles.note}>{w.traceLead}</p>
      <ol className={styles.chain}>
        {data.Origin && <Origin origin={data.Origin} />}
        {data.RecordedAt && (
          <li className={styles.link}>
            <span className={styles.what}>{w.recorded}</span>
            <span className={styles.note}>
              {instantFull(data.RecordedAt)} · <code>{data.TracedID}</code>
            </span>
          </li>
        )}
        {data.Deliveries.map(delivery => (
          <li key={delivery.DeliveryID} className={styles.link}>
            <span className={styles.what}>
              <Link
                from="/webhooks/deliveries"
                to="."
                search={old => ({ ...old, delivery: Number(delivery.DeliveryID) })}
                aria-current={delivery.DeliveryID === deliveryID ? 'true' : undefined}
              >
                {receiverName(delivery)}
              </Link>{' '}
              <StateBadge delivery={delivery} />
            </span>
            <span className={styles.note}>{lastAnswer(delivery)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Origin({ origin }: { readonly origin: NonNullable<Trace['Origin']> }) {
  const w = consoleWords.deliveries
  const mayPunches = useCan('attendance:read')
  const mayDoors = useCan('doors:read')
  const mayDevices = useCan('devices:read')
  const where = [origin.EmployeeCode, origin.LabelName ?? origin.DeviceSN].filter(Boolean).join(' · ')
  return (
    <li className={styles.link}>
      <span className={styles.what}>
        {w.origin[origin.Kind]}: {origin.What}
      </span>
      <span className={styles.note}>
        {where}
        {origin.LocalTime && ` · ${wallDay(origin.LocalTime)}, ${wallClock(origin.LocalTime)}`}
      </span>
      {origin.ReceivedAt && (
        <span className={styles.note}>
          {w.received} {instantFull(origin.ReceivedAt)}
        </span>
      )}
      {origin.Kind === 'Punch' && mayPunches && origin.LocalTime && (
        <Link
          to="/attendance"
          search={{ from: origin.LocalTime.slice(0, 10), to: origin.LocalTime.slice(0, 10) }}
        >
          {w.openPunch}
        </Link>
      )}
      {origin.Kind === 'Door' && mayDoors && <Link to="/doors">{w.openDoor}</Link>}
      {origin.Kind === 'Terminal' && mayDevices && origin.DeviceSN && (
        <Link to="/devices/$deviceSN" params={{ deviceSN: origin.DeviceSN }}>
          {w.openDevice}
        </Link>
      )}
    </li>
  )
}
