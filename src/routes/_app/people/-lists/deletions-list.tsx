import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { DeletionCard } from '../-deletion/deletion-card.tsx'
import styles from './lists.module.css'

/** While a terminal has not confirmed yet. */
const lookAgainMs = 5000

/** Removals, open ones by themselves: each stays until its last terminal has confirmed. */
export function DeletionsList() {
  const w = peopleWords.lists.deletions
  const { show = 'open' } = useSearch({ from: '/_app/people/terminals' })
  const navigate = useNavigate({ from: '/people/terminals' })
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('users.deletions', { Limit: 50, ...(show === 'open' ? { Open: true } : {}) }),
    refetchInterval: found =>
      found.state.data?.pages.some(page => page.Deletions.some(deletion => deletion.State === 'Open'))
        ? lookAgainMs
        : false,
  })
  const deletions = query.data?.pages.flatMap(page => page.Deletions) ?? []
  return (
    <Panel
      title={w.title}
      updatedAt={query.dataUpdatedAt}
      flush
      actions={
        <Segmented
          label={w.show}
          value={show}
          options={(['open', 'all'] as const).map(value => ({ value, label: w.shows[value] }))}
          onChange={value =>
            void navigate({
              search: old => present({ ...old, show: value === 'open' ? undefined : value }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      }
    >
      {query.isPending ? (
        <div className={styles.more}>
          <SkeletonRows rows={5} />
        </div>
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : deletions.length === 0 ? (
        <EmptyState icon="check" title={show === 'open' ? w.noneOpen : w.none}>
          {show === 'open' ? undefined : w.noneBody}
        </EmptyState>
      ) : (
        deletions.map(deletion => <DeletionCard key={deletion.DeletionID} deletion={deletion} withPerson />)
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {words.states.table.loadMore}
          </Button>
        </div>
      )}
    </Panel>
  )
}
