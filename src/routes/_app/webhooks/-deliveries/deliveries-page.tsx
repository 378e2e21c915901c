import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { operationInfiniteQuery, operationQuery } from '../../../../api/query.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { Button } from '../../../../components/button/button.tsx'
import { DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { Freshness } from '../../../../components/freshness/freshness.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import styles from './deliveries-page.module.css'
import { deliveryColumns, deliveryNarrowColumns } from './delivery-columns.tsx'
import { DeliveryFilters } from './delivery-filters.tsx'
import { DeliverySheet } from './delivery-sheet.tsx'
import { countFilters, type DeliverySearch, deliveryFilter } from './search.ts'
import { TraceSheet } from './trace-sheet.tsx'

/** No event tells of deliveries; only the newest number is asked for, so that the list stays still. */
const lookAgainMs = 4_000

/** Every delivery, with all its filters in the address. New ones are announced and shown when asked for. */
export function DeliveriesPage() {
  const w = consoleWords.deliveries
  const search = useSearch({ from: '/_app/webhooks/deliveries' })
  const navigate = useNavigate({ from: '/webhooks/deliveries' })
  const isNarrow = useNarrow()
  const { delivery: open, trace, ...filters } = search
  const filter = deliveryFilter(filters)
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('webhooks.deliveries', filter),
    // Pages fetched again would move the rows under the reader.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const rows = useMemo(() => query.data?.pages.flatMap(page => page.Deliveries) ?? [], [query.data])
  const first = rows[0]?.DeliveryID
  const news = useQuery({
    ...operationQuery('webhooks.deliveries', { ...filter, Limit: 1, CountAfter: first ?? '0' }),
    enabled: query.isSuccess,
    refetchInterval: lookAgainMs,
  })
  const fresh = query.isPlaceholderData ? 0 : (news.data?.NewCount ?? 0)
  const change = (changes: Changes<DeliverySearch>) =>
    void navigate({
      search: old => present({ ...old, delivery: undefined, trace: undefined, ...changes }),
      replace: true,
      resetScroll: false,
    })
  const clear = () => void navigate({ search: {}, replace: true })
  const isDead = search.state === 'Parked'
  const total = query.data?.pages[0]?.ActualRowCount
  return (
    <>
      <PageHeader
        title={isDead ? w.deadTitle : w.title}
        lead={isDead ? w.deadLead : w.lead}
        actions={<Freshness updatedAt={news.dataUpdatedAt} />}
      />
      <DeliveryFilters search={search} active={countFilters(search)} onChange={change} onClear={clear} />
      <div className={styles.pill} role="status">
        {fresh > 0 && (
          <Button
            size="small"
            icon="chevronUp"
            onClick={() => void query.refetch()}
            busy={query.isRefetching}
          >
            {w.newOnes(fresh > 10_000 ? w.more(count(10_000)) : count(fresh))}
          </Button>
        )}
      </div>
      {query.isPending ? (
        <SkeletonPanel rows={12} />
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          key={JSON.stringify(filter)}
          label={w.title}
          columns={isNarrow ? deliveryNarrowColumns() : deliveryColumns()}
          rows={rows}
          rowKey={row => row.DeliveryID}
          rowHeight={isNarrow ? 58 : 38}
          {...(total === undefined || total > 10_000 ? {} : { total })}
          current={open === undefined ? undefined : String(open)}
          isOld={query.isPlaceholderData}
          isLoadingMore={query.isFetchingNextPage}
          onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          empty={<NoDeliveries isDead={isDead} active={countFilters(search)} onClear={clear} />}
        />
      )}
      {open !== undefined && (
        <DeliverySheet
          id={String(open)}
          rows={rows}
          onChange={id => change({ delivery: Number(id) })}
          onClose={() => change({})}
        />
      )}
      {open === undefined && trace !== undefined && (
        <TraceSheet tracedID={trace} onClose={() => change({})} />
      )}
    </>
  )
}

function NoDeliveries({
  isDead,
  active,
  onClear,
}: {
  readonly isDead: boolean
  readonly active: number
  readonly onClear: () => void
}) {
  const w = consoleWords.deliveries
  if (isDead && active === 1)
    return (
      <EmptyState icon="check" title={w.noneDead}>
        {w.noneDeadBody}
      </EmptyState>
    )
  if (active === 0)
    return (
      <EmptyState icon="webhooks" title={w.none}>
        {w.noneBody}
      </EmptyState>
    )
  return (
    <EmptyState
      icon="search"
      title={w.nothing}
      actions={<Button onClick={onClear}>{words.parts.filters.clearAll}</Button>}
    />
  )
}
