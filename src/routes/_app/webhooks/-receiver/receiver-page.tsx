import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { receiverName } from '../-deliveries/delivery-columns.tsx'
import { ChangeSheet } from './change-sheet.tsx'
import { CheckPanel } from './check-panel.tsx'
import { HealthPanel } from './health-panel.tsx'
import { JobsPanel } from './jobs-panel.tsx'
import { KeysPanel } from './keys-panel.tsx'
import { ReceiverAbout } from './receiver-about.tsx'
import styles from './receiver-page.module.css'
import { ReceiverState } from './receiver-state.tsx'
import { ReplayPanel } from './replay-panel.tsx'
import { TestPanel } from './test-panel.tsx'
import { VerifyPanel } from './verify-panel.tsx'

export type Answer = OperationAnswer<'webhooks.get'>
export type Receiver = Answer['Subscription']

const lookAgainMs = 5_000
const tabs = ['overview', 'test', 'verify', 'replay'] as const
type Tab = (typeof tabs)[number]

/** One receiver: how it does, what it hears of, and everything that can be done with it. */
export function ReceiverPage() {
  const w = consoleWords.receivers
  const { subscriptionID } = useParams({ from: '/_app/webhooks/$subscriptionID' })
  const { tab = 'overview', edit } = useSearch({ from: '/_app/webhooks/$subscriptionID' })
  const navigate = useNavigate({ from: '/webhooks/$subscriptionID' })
  const mayWrite = useCan('webhooks:write')
  const query = useQuery({
    ...operationQuery('webhooks.get', { SubscriptionID: subscriptionID }),
    refetchInterval: lookAgainMs,
  })
  const receiver = query.data?.Subscription
  if (query.error instanceof OperationError && query.error.status === 404)
    return (
      <>
        <PageHeader title={w.unnamed} />
        <EmptyState icon="webhooks" title={w.gone} actions={<Link to="/webhooks">{w.back}</Link>} />
      </>
    )
  return (
    <>
      <Link to="/webhooks" className={styles.back}>
        {w.back}
      </Link>
      <PageHeader
        title={receiver ? receiverName(receiver) : w.unnamed}
        lead={receiver?.CallbackUrl}
        actions={
          mayWrite &&
          receiver &&
          !receiver.Protected && (
            <Button
              icon="edit"
              onClick={() =>
                void navigate({ search: old => ({ ...old, edit: 'receiver' }), resetScroll: false })
              }
            >
              {w.edit}
            </Button>
          )
        }
      />
      <Tabs current={tab} />
      <QueryBlock query={query} pending={<SkeletonPanel rows={10} />}>
        {answer => <Section tab={tab} answer={answer} />}
      </QueryBlock>
      {edit && mayWrite && receiver && (
        <ChangeSheet
          receiver={receiver}
          onClose={() =>
            void navigate({ search: ({ edit: _, ...old }) => old, replace: true, resetScroll: false })
          }
        />
      )}
    </>
  )
}

function Tabs({ current }: { readonly current: Tab }) {
  const w = consoleWords.receivers
  return (
    <nav className={styles.tabs} aria-label={w.sections}>
      {tabs.map(tab => (
        <Link
          key={tab}
          from="/webhooks/$subscriptionID"
          to="."
          search={tab === 'overview' ? {} : { tab }}
          replace
          resetScroll={false}
          className={styles.tab}
          aria-current={tab === current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {w.tabs[tab]}
        </Link>
      ))}
    </nav>
  )
}

function Section({ tab, answer }: { readonly tab: Tab; readonly answer: Answer }) {
  const receiver = answer.Subscription
  if (tab === 'test')
    return (
      <div className={styles.column}>
        <TestPanel receiver={receiver} />
        <CheckPanel receiver={receiver} />
      </div>
    )
  if (tab === 'verify') return <VerifyPanel receiver={receiver} />
  if (tab === 'replay')
    return (
      <div className={styles.column}>
        <ReplayPanel receiver={receiver} />
        <JobsPanel receiver={receiver} />
      </div>
    )
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <ReceiverState receiver={receiver} />
        <HealthPanel answer={answer} />
        <KeysPanel receiver={receiver} />
      </div>
      <ReceiverAbout receiver={receiver} />
    </div>
  )
}
