import { useInfiniteQuery } from '@tanstack/react-query'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { type Column, DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { instantFull } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { becameWhat, type Change, whatChanged } from './change-words.ts'
import styles from './changes-panel.module.css'

/** Who changed what of this person, from what to what; secrets are covered. */
export function ChangesPanel({ code }: { readonly code: string }) {
  const w = peopleWords.person.changes
  const isNarrow = useNarrow()
  const query = useInfiniteQuery(operationInfiniteQuery('users.changes', { EmployeeCode: code, Limit: 100 }))
  if (query.isPending) return <SkeletonPanel rows={8} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  const rows = query.data.pages.flatMap(page => page.Changes)
  const total = query.data.pages[0]?.ActualRowCount
  return (
    <DataTable
      label={w.title}
      columns={isNarrow ? narrow() : columns()}
      rows={rows}
      rowKey={change => `${change.ChangeID} ${change.What} ${change.Field} ${change.At}`}
      rowHeight={isNarrow ? 62 : 38}
      {...(total === undefined ? {} : { total })}
      isLoadingMore={query.isFetchingNextPage}
      onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      empty={
        <EmptyState icon="audit" title={w.none}>
          {w.noneBody}
        </EmptyState>
      }
    />
  )
}

function columns(): Column<Change>[] {
  const w = peopleWords.person.changes
  return [
    { id: 'at', header: w.when, width: 'minmax(180px, 1.2fr)', cell: change => instantFull(change.At) },
    { id: 'who', header: w.who, width: 'minmax(120px, 1fr)', cell: who },
    { id: 'what', header: w.what, width: 'minmax(150px, 1.2fr)', cell: whatChanged },
    {
      id: 'from',
      header: w.from,
      width: 'minmax(120px, 1fr)',
      cell: change => change.From ?? words.parts.none,
    },
    { id: 'to', header: w.to, width: 'minmax(120px, 1fr)', cell: change => change.To ?? words.parts.none },
  ]
}

function narrow(): Column<Change>[] {
  return [
    {
      id: 'change',
      header: peopleWords.person.changes.what,
      width: 'minmax(0, 1fr)',
      cell: change => (
        <div className={styles.summary}>
          <span>{[whatChanged(change), becameWhat(change)].filter(Boolean).join(': ')}</span>
          <span className={styles.quiet}>
            {instantFull(change.At)} · {who(change)}
          </span>
        </div>
      ),
    },
  ]
}

function who(change: Change): string {
  return change.Actor ?? peopleWords.person.changes.system
}
