import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { instantFull, wallClock, wallDay } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { lastAnswer, receiverName, StateBadge } from './delivery-columns.tsx'
import styles from './delivery-trace.module.css'

type Trace = OperationAnswer<'webhooks.trace'>

/** From what happened to everybody who was told of it: one chain, read in either direction. */
export function DeliveryTrace({
  of,
  withHeading = true,
}: {
  /** False where the sheet itself is called so. */
  readonly withHeading?: boolean
  readonly of: { readonly DeliveryID: string } | { readonly TracedID: string }
}) {
  const w = consoleWords.deliveries
  const query = useQuery(operationQuery('webhooks.trace', of))
  const { data } = query
  if (!data)
    return query.isError ? (
      <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows rows={4} />
    )
  const isWithout = data.Deliveries.length === 0
  return (
    <section className={styles.section}>
      {withHeading && <h3 className={styles.heading}>{w.trace}</h3>}
      <p className={styles.note}>{w.traceLead}</p>
      <ol className={styles.chain}>
        {data.Origin && <Origin origin={data.Origin} tracedID={data.TracedID} />}
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
                aria-current={
                  'DeliveryID' in of && delivery.DeliveryID === of.DeliveryID ? 'true' : undefined
                }
              >
                {receiverName(delivery)}
              </Link>{' '}
              <StateBadge delivery={delivery} />
            </span>
            <span className={styles.note}>{lastAnswer(delivery)}</span>
          </li>
        ))}
      </ol>
      {isWithout && <p className={styles.note}>{data.Event === null ? w.traceNobody : w.traceNone}</p>}
    </section>
  )
}

function Origin({
  origin,
  tracedID,
}: {
  readonly origin: NonNullable<Trace['Origin']>
  readonly tracedID: string
}) {
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
          search={{
            from: origin.LocalTime.slice(0, 10),
            to: origin.LocalTime.slice(0, 10),
            punch: tracedID,
            at: origin.LocalTime,
          }}
        >
          {w.openPunch}
        </Link>
      )}
      {origin.Kind === 'Door' && mayDoors && (
        <Link to="/doors" search={doorSearch(origin)}>
          {w.openDoor}
        </Link>
      )}
      {origin.Kind === 'Terminal' && mayDevices && origin.DeviceSN && (
        <Link to="/devices/$deviceSN" params={{ deviceSN: origin.DeviceSN }}>
          {w.openDevice}
        </Link>
      )}
    </li>
  )
}

/** The log of that day and that terminal. */
function doorSearch({ LocalTime, DeviceSN }: NonNullable<Trace['Origin']>) {
  const day = LocalTime?.slice(0, 10)
  return present({ from: day, to: day, door: DeviceSN ?? undefined })
}
