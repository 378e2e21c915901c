import { useInfiniteQuery } from '@tanstack/react-query'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { CorrectionItem } from '../../../../components/corrections/correction-history.tsx'
import { CorrectionSaid } from '../../../../components/corrections/said.tsx'
import { useCorrect } from '../../../../components/corrections/use-correct.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { words } from '../../../../words/index.ts'
import styles from './inbox.module.css'

/** What somebody has proposed and somebody else has to agree to, by person. */
export function PendingList() {
  const w = reviewWords.inbox
  const correcting = useCorrect()
  const query = useInfiniteQuery(
    operationInfiniteQuery('attendance.corrections', { State: 'pending', Limit: 100, Order: 'asc' }),
  )
  if (query.isPending) return <SkeletonPanel rows={8} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  const entries = query.data.pages.flatMap(page => page.Corrections)
  return (
    <>
      <CorrectionSaid correcting={correcting} />
      {entries.length === 0 && (
        <EmptyState icon="check" title={w.nothingPending}>
          {w.nothingPendingBody}
        </EmptyState>
      )}
      <div className={styles.groups}>
        {[...Map.groupBy(entries, entry => entry.EmployeeCode)].map(([code, own]) => (
          <Panel key={code} title={own[0] ? personLabel(own[0]) : code}>
            <ul className={styles.plain}>
              {own.map(entry => (
                <CorrectionItem key={entry.CorrectionID} entry={entry} correcting={correcting} />
              ))}
            </ul>
          </Panel>
        ))}
      </div>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {words.states.table.loadMore}
        </Button>
      )}
    </>
  )
}
