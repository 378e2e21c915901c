import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Facts } from '../../../../components/facts/facts.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { Walk } from '../../../../components/side-sheet/walk.tsx'
import { instantFull } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { failureText } from '../-receiver/failure-text.ts'
import { AttemptList } from './attempt-list.tsx'
import { deliveryLinkId, receiverName, StateBadge } from './delivery-columns.tsx'
import { DeliveryMessage } from './delivery-message.tsx'
import styles from './delivery-sheet.module.css'
import { DeliveryTrace } from './delivery-trace.tsx'
import type { Delivery } from './search.ts'

/** While it waits its next attempt may be seconds away. */
const lookAgainMs = 3_000

/** One delivery in full: where it stands, the message, every attempt, and where it came from. J and K walk the list. */
export function DeliverySheet({
  id,
  rows,
  onChange,
  onClose,
}: {
  readonly id: string
  readonly rows: readonly Delivery[]
  readonly onChange: (id: string) => void
  readonly onClose: () => void
}) {
  const w = consoleWords.deliveries
  const index = rows.findIndex(row => row.DeliveryID === id)
  const query = useQuery({
    ...operationQuery('webhooks.delivery', { DeliveryID: id }),
    refetchInterval: ({ state }) => (state.data?.Delivery.State === 'Pending' ? lookAgainMs : false),
  })
  const delivery = query.data?.Delivery ?? rows[index]
  const go = (step: number) => {
    const next = rows[index + step]
    if (next) onChange(next.DeliveryID)
  }
  return (
    <SideSheet
      title={delivery ? webhooksWords.events[delivery.Event] : w.sheet(id)}
      lead={delivery && receiverName(delivery)}
      returnTo={deliveryLinkId(id)}
      onClose={onClose}
      onStep={go}
      actions={<Walk index={index} length={rows.length} onStep={go} />}
    >
      {query.data ? (
        <>
          <Standing delivery={query.data.Delivery} />
          <DeliveryMessage answer={query.data} />
          <AttemptList answer={query.data} />
          <DeliveryTrace of={{ DeliveryID: id }} />
        </>
      ) : query.isError ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={8} />
      )}
    </SideSheet>
  )
}

function Standing({ delivery }: { readonly delivery: Delivery }) {
  const w = consoleWords.deliveries
  const mayReplay = useCan('webhooks:replay')
  const replay = useMutation(operationMutation('webhooks.replay'))
  return (
    <section className={styles.standing}>
      <div className={styles.badges}>
        <StateBadge delivery={delivery} />
        <Link to="/webhooks/$subscriptionID" params={{ subscriptionID: delivery.SubscriptionID }}>
          {receiverName(delivery)}
        </Link>
        {mayReplay && (
          <span className={styles.end}>
            <Button
              size="small"
              icon="restart"
              busy={replay.isPending}
              onClick={() => replay.mutate({ input: { DeliveryID: delivery.DeliveryID } })}
            >
              {delivery.State === 'Pending' ? w.tryNow : w.replay}
            </Button>
          </span>
        )}
      </div>
      <p role="status" className={styles.said}>
        {replay.isSuccess && w.replayed}
        {replay.isError && failureText(replay.error)}
      </p>
      <Facts
        facts={[
          { label: w.id, value: <code>{delivery.OperationID}</code>, note: w.idWhy },
          { label: w.when, value: instantFull(delivery.CreatedAt) },
          delivery.Sequence === null ? null : { label: w.sequence, value: delivery.Sequence },
          delivery.DeviceSN === null
            ? null
            : { label: w.device, value: delivery.LabelName ?? delivery.DeviceSN, note: delivery.DeviceSN },
          delivery.EmployeeCode === null ? null : { label: w.person, value: delivery.EmployeeCode },
          delivery.LastError === null ? null : { label: w.answer, value: delivery.LastError },
          next(delivery),
          delivery.SettledAt === null ? null : { label: w.settled, value: <Age at={delivery.SettledAt} /> },
        ]}
      />
    </section>
  )
}

function next(delivery: Delivery) {
  const w = consoleWords.deliveries
  if (delivery.State !== 'Pending') return null
  if (delivery.NextAttemptAt !== null) {
    const isDue = Date.parse(delivery.NextAttemptAt) <= Date.now()
    return { label: w.next, value: isDue ? w.nextNow : instantFull(delivery.NextAttemptAt) }
  }
  if (delivery.WaitsForID === null) return { label: w.next, value: w.paused }
  return {
    label: w.next,
    value: (
      <Link
        from="/webhooks/deliveries"
        to="."
        search={old => ({ ...old, delivery: Number(delivery.WaitsForID) })}
      >
        {w.waitsFor}
      </Link>
    ),
  }
}
