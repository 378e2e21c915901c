import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { useAge } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Freshness } from '../../../../components/freshness/freshness.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { instantFull } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { receiverName } from '../-deliveries/delivery-columns.tsx'
import styles from './issues-page.module.css'

type Issue = OperationAnswer<'webhooks.issues'>['Issues'][number]
type State = Issue['State']

const lookAgainMs = 10_000
const notResolved: State[] = ['Open', 'Acknowledged', 'Snoozed']
const tones: Record<State, Tone> = {
  Open: 'danger',
  Acknowledged: 'warn',
  Snoozed: 'neutral',
  Resolved: 'ok',
}

/** Failures as things somebody looks after, instead of a thousand lines. */
export function IssuesPage() {
  const w = consoleWords.issues
  const { show, receiver } = useSearch({ from: '/_app/webhooks/issues' })
  const navigate = useNavigate({ from: '/webhooks/issues' })
  const query = useQuery({
    ...operationQuery(
      'webhooks.issues',
      present({ SubscriptionID: receiver, State: show === 'all' ? undefined : notResolved }),
    ),
    refetchInterval: lookAgainMs,
  })
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} actions={<Freshness updatedAt={query.dataUpdatedAt} />} />
      <div className={styles.bar}>
        <Segmented
          label={w.show}
          value={show === 'all' ? 'all' : 'open'}
          options={[
            { value: 'open', label: w.showOpen },
            { value: 'all', label: w.showAll },
          ]}
          onChange={value =>
            void navigate({
              search: present({ receiver, show: value === 'all' ? ('all' as const) : undefined }),
              replace: true,
            })
          }
        />
      </div>
      <QueryBlock query={query} pending={<SkeletonPanel rows={5} />}>
        {({ Issues }) =>
          Issues.length === 0 ? (
            <EmptyState icon="check" title={w.none}>
              {w.noneBody}
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {Issues.map(issue => (
                <li key={issue.IssueID}>
                  <IssueCard issue={issue} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryBlock>
    </>
  )
}

function IssueCard({ issue }: { readonly issue: Issue }) {
  const w = consoleWords.issues
  const d = consoleWords.deliveries
  const first = useAge(issue.FirstAt)
  const last = useAge(issue.LastAt)
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {d.outcomes[issue.Outcome]}
          {issue.Status === null ? '' : ` (${issue.Status})`} · {receiverName(issue)}
        </h2>
        <Badge tone={tones[issue.State]}>{w.states[issue.State]}</Badge>
      </header>
      {issue.Detail && <p className={styles.detail}>{issue.Detail}</p>}
      <p className={styles.note}>
        {w.times(issue.Times)} · {w.first(first)} · {w.last(last)} · {webhooksWords.events[issue.Event]}
        {issue.SnoozedUntil && ` · ${w.snoozedUntil(instantFull(issue.SnoozedUntil))}`}
        {issue.State === 'Resolved' && !issue.BySomebody && ` · ${w.byItself}`}
      </p>
      <footer className={styles.actions}>
        <Link to="/webhooks/deliveries" search={{ delivery: Number(issue.LastDeliveryID) }}>
          {w.example}
        </Link>
        <Link to="/webhooks/deliveries" search={{ receiver: issue.SubscriptionID, outcome: issue.Outcome }}>
          {w.all}
        </Link>
        <IssueActions issue={issue} />
      </footer>
    </article>
  )
}

function IssueActions({ issue }: { readonly issue: Issue }) {
  const w = consoleWords.issues
  const may = useCan('webhooks:replay')
  const set = useMutation(operationMutation('webhooks.setIssue'))
  if (!may) return null
  const button = (State: State, label: string) =>
    issue.State !== State && (
      <Button
        size="small"
        busy={set.isPending && set.variables.input.State === State}
        onClick={() => set.mutate({ input: { IssueID: issue.IssueID, State } })}
      >
        {label}
      </Button>
    )
  if (issue.State === 'Resolved') return <span className={styles.buttons}>{button('Open', w.reopen)}</span>
  return (
    <span className={styles.buttons}>
      {button('Acknowledged', w.acknowledge)}
      {button('Snoozed', w.snooze)}
      {button('Resolved', w.resolve)}
    </span>
  )
}
