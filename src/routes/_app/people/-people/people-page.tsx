import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Changes, present } from '../../../../api/search.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { DeviceFilter } from '../../../../components/devices/device-filter.tsx'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { TextFilter } from '../../../../components/filter-bar/text-filter.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { SavedViews } from '../../../../components/saved-views/saved-views.tsx'
import { useTicking } from '../../../../format/now.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { type PersonRow, peopleColumns, peopleNarrowColumns } from './people-columns.tsx'
import { type PeopleSearch, peopleQuery, readPeopleSearch } from './search.ts'

/** Who the terminals know. Nothing here is invented by Gatehouse, and the page says so. */
export function PeoplePage() {
  const w = words.people
  const search = useSearch({ from: '/_app/people/' })
  const navigate = useNavigate({ from: '/people/' })
  const change = (changes: Changes<PeopleSearch>) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const clear = () => change({ q: undefined, device: undefined })
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <FilterBar
        lead={
          <TextFilter label={w.search} value={search.q ?? ''} onChange={q => change({ q: q || undefined })} />
        }
        active={search.device ? 1 : 0}
        onClear={() => change({ device: undefined })}
        end={
          <SavedViews
            page="people"
            filters={search}
            onOpen={asked => void navigate({ search: readPeopleSearch(asked), replace: true })}
          />
        }
      >
        <DeviceFilter value={search.device} onChange={device => change({ device: device || undefined })} />
      </FilterBar>
      <Directory search={search} onClear={clear} />
    </>
  )
}

function Directory({ search, onClear }: { readonly search: PeopleSearch; readonly onClear: () => void }) {
  const w = words.people
  const session = useSession()
  const isNarrow = useNarrow()
  const query = useInfiniteQuery(peopleQuery(search))
  const rows = useMemo<PersonRow[]>(() => query.data?.pages.flatMap(page => page.Users) ?? [], [query.data])
  const today = useTicking(now => todayIn(session?.TimeZone ?? 'UTC', now))
  if (query.isPending) return <SkeletonPanel rows={12} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />

  const mayOpen = ['attendance:read', 'attendance:identify'].every(right =>
    session?.Permissions.some(held => held === right),
  )
  const links = mayOpen ? today : null
  const isFiltered = search.q !== undefined || search.device !== undefined
  const total = query.data.pages[0]?.ActualRowCount
  return (
    <DataTable
      key={JSON.stringify(search)}
      label={w.title}
      columns={isNarrow ? peopleNarrowColumns(links) : peopleColumns(links)}
      rows={rows}
      rowKey={person => person.EmployeeCode}
      rowHeight={isNarrow ? 58 : 38}
      {...(total === undefined ? {} : { total })}
      isOld={query.isPlaceholderData}
      isLoadingMore={query.isFetchingNextPage}
      onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      empty={
        isFiltered ? (
          <EmptyState
            icon="search"
            title={search.q ? w.nothing(search.q) : words.parts.filters.nothing}
            actions={<Button onClick={onClear}>{words.parts.filters.clearAll}</Button>}
          >
            {w.nothingBody}
          </EmptyState>
        ) : (
          <EmptyState icon="people" title={w.none}>
            {w.noneBody}
          </EmptyState>
        )
      }
    />
  )
}
