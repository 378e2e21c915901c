import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Freshness } from '../../../../components/freshness/freshness.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { ReceiverCard } from './receiver-card.tsx'
import { ReceiverSheet } from './receiver-sheet.tsx'
import { WebhookSettings } from './webhook-settings.tsx'
import styles from './webhooks-page.module.css'

/** No event tells of deliveries, so this page asks again by itself. */
const refetchMs = 10_000

/** Who is told of events, whether that works, and what can be told. */
export function WebhooksPage() {
  const w = webhooksWords
  const { add } = useSearch({ from: '/_app/webhooks/' })
  const navigate = useNavigate({ from: '/webhooks/' })
  const mayWrite = useCan('webhooks:write')
  const query = useQuery({ ...operationQuery('webhooks.list', {}), refetchInterval: refetchMs })
  const open = (isOpen: boolean) =>
    void navigate({ search: isOpen ? { add: 'receiver' } : {}, replace: !isOpen, resetScroll: false })
  const addButton = mayWrite && (
    <Button look="primary" icon="plus" onClick={() => open(true)}>
      {w.add}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={w.title}
        lead={w.lead}
        actions={
          <>
            <Freshness updatedAt={query.dataUpdatedAt} />
            {addButton}
          </>
        }
      />
      <div className={styles.page}>
        <QueryBlock query={query} pending={<SkeletonPanel rows={6} />}>
          {({ Subscriptions }) =>
            Subscriptions.length === 0 ? (
              <EmptyState icon="webhooks" title={w.none} actions={addButton}>
                {w.noneBody}
              </EmptyState>
            ) : (
              <ul className={styles.receivers}>
                {Subscriptions.map(receiver => (
                  <li key={receiver.SubscriptionID}>
                    <ReceiverCard receiver={receiver} />
                  </li>
                ))}
              </ul>
            )
          }
        </QueryBlock>
        <WebhookSettings />
      </div>
      {add && mayWrite && <ReceiverSheet onClose={() => open(false)} />}
    </>
  )
}
