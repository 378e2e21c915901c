import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationInfiniteQuery, operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { WhyForm } from '../../../../components/corrections/correction-history.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { wallDayShort } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { words } from '../../../../words/index.ts'
import styles from './periods.module.css'

type DifferenceEntry = OperationAnswer<'attendance.differences'>['Differences'][number]

/** Differences that wait: each with what it would change and why, to accept or to carry. */
export function DifferenceList() {
  const w = reviewWords.differences
  const mayClose = useCan('attendance:close')
  const query = useInfiniteQuery(
    operationInfiniteQuery('attendance.differences', { State: 'open', Limit: 100, Order: 'asc' }),
  )
  if (query.isPending) return <SkeletonRows rows={3} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  const entries = query.data.pages.flatMap(page => page.Differences)
  if (entries.length === 0)
    return (
      <EmptyState compact icon="check" title={w.none}>
        {w.noneBody}
      </EmptyState>
    )
  return (
    <>
      <ul className={styles.list}>
        {entries.map(entry => (
          <DifferenceItem key={entry.DifferenceID} entry={entry} mayClose={mayClose} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {words.states.table.loadMore}
        </Button>
      )}
    </>
  )
}

function DifferenceItem({
  entry,
  mayClose,
}: {
  readonly entry: DifferenceEntry
  readonly mayClose: boolean
}) {
  const w = reviewWords.differences
  const [asking, setAsking] = useState<'accept' | 'carry' | null>(null)
  const decide = useMutation(operationMutation('attendance.decideDifference'))
  const { delta, minutes } = reviewWords
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <strong>{personLabel(entry)}</strong>
        <span className={styles.quiet}>{wallDayShort(entry.Date)}</span>
        <span className={styles.badges}>
          <Badge tone={entry.WorkedDelta < 0 ? 'danger' : 'accent'}>
            {delta(entry.WorkedDelta, minutes(entry.WorkedDelta))}
          </Badge>
        </span>
      </div>
      <dl className={styles.changes}>
        {entry.Changes.map(({ Field, Before, After }) => (
          <div key={Field}>
            <dt>{w.fields[Field] ?? Field}</dt>
            <dd>
              <s>{valueText(Field, Before)}</s> → {valueText(Field, After)}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.quiet}>
        {[...new Set(entry.Causes.map(({ Kind }) => w.causes[Kind]))].join(', ')}
      </p>
      {mayClose && (
        <div className={styles.buttons}>
          <Button
            size="small"
            icon="check"
            aria-expanded={asking === 'accept'}
            onClick={() => setAsking('accept')}
          >
            {w.accept}
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-expanded={asking === 'carry'}
            onClick={() => setAsking('carry')}
          >
            {w.carry}
          </Button>
        </div>
      )}
      {asking && (
        <WhyForm
          key={asking}
          title={asking === 'accept' ? w.acceptTitle : w.carryTitle}
          label={asking === 'accept' ? w.accept : w.carry}
          isBusy={decide.isPending}
          onCancel={() => setAsking(null)}
          onSubmit={Reason =>
            decide.mutate({
              input: {
                DifferenceID: entry.DifferenceID,
                Decision: asking,
                Reason,
                UpdatedAt: entry.UpdatedAt,
              },
            })
          }
        />
      )}
      {decide.isError && (
        <p className={styles.fault} role="alert">
          {words.errors[errorTextKey(decide.error)].title}. {errorDetail(decide.error)}
        </p>
      )}
    </li>
  )
}

function valueText(field: string, value: string | number | null): string {
  if (value === null) return reviewWords.differences.nothing
  if (typeof value === 'number') return reviewWords.minutes(value)
  return field === 'status' ? value.replaceAll('_', ' ') : value.slice(11, 16)
}
