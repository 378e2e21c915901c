import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { AuditAnswerBody, AuditEntryBody } from '#contract/dashboard/audit.ts'
import { Button } from '../../../components/button/button.tsx'
import { DataTable } from '../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../components/data-table/use-narrow.ts'
import { EmptyState } from '../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../components/page-states/skeleton-panel.tsx'
import { auditWords } from '../../../words/audit.ts'
import { words } from '../../../words/index.ts'
import { auditColumns, auditNarrowColumns } from './audit-columns.tsx'
import type { AuditSearch } from './search.ts'

/** The entries as rows; older ones are loaded as the end comes near. */
export function AuditList({
  query,
  entries,
  search,
  onClear,
}: {
  readonly query: UseInfiniteQueryResult<InfiniteData<AuditAnswerBody>>
  readonly entries: readonly AuditEntryBody[]
  readonly search: AuditSearch
  readonly onClear: () => void
}) {
  const isNarrow = useNarrow()
  if (query.isPending) return <SkeletonPanel rows={12} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  return (
    <DataTable
      key={JSON.stringify([search.actor, search.action])}
      label={auditWords.title}
      columns={isNarrow ? auditNarrowColumns() : auditColumns()}
      rows={entries}
      rowKey={entry => String(entry.Id)}
      rowHeight={isNarrow ? 58 : 38}
      current={search.entry === undefined ? undefined : String(search.entry)}
      isOld={query.isPlaceholderData}
      isLoadingMore={query.isFetchingNextPage}
      onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      empty={
        <NoEntries isFiltered={search.actor !== undefined || search.action !== undefined} onClear={onClear} />
      }
    />
  )
}

function NoEntries({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  const w = auditWords
  if (!isFiltered)
    return (
      <EmptyState icon="audit" title={w.none}>
        {w.noneBody}
      </EmptyState>
    )
  return (
    <EmptyState
      icon="search"
      title={words.parts.filters.nothing}
      actions={<Button onClick={onClear}>{words.parts.filters.clearAll}</Button>}
    >
      {w.nothingBody}
    </EmptyState>
  )
}
