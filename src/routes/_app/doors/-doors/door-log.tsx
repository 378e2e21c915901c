import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { Combobox } from '../../../../components/combobox/combobox.tsx'
import { DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import type { Door } from '../../../../components/doors/door-state.tsx'
import { ExportButton } from '../../../../components/export-button/export-button.tsx'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { RangeDates, RangePresets } from '../../../../components/range-filter/range-filter.tsx'
import type { DayRange } from '../../../../format/day.ts'
import { useTicking } from '../../../../format/now.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import styles from './door-log.module.css'
import { logColumns, logCsv, logNarrowColumns } from './door-log-columns.tsx'
import { type LogRow, logRows } from './door-log-rows.ts'
import { type DoorsSearch, doorLogInput, doorLogQuery } from './search.ts'

/** What happened at the doors, with the range and the door in the URL. */
export function DoorLog({
  session,
  doors,
}: {
  readonly session: SessionBody
  readonly doors: readonly Door[]
}) {
  const w = words.doorsPage
  const search = useSearch({ from: '/_app/doors/' })
  const navigate = useNavigate({ from: '/doors/' })
  const today = useTicking(now => todayIn(session.TimeZone, now))
  const input = doorLogInput(session, search)
  const range = { from: input.FromDate, to: input.ToDate }
  const query = useInfiniteQuery(doorLogQuery(input))
  const rows = useMemo(
    () => logRows(query.data?.pages.flatMap(page => page.Events) ?? [], doors),
    [query.data, doors],
  )
  const change = (changes: Changes<DoorsSearch>) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const choose = (next: DayRange) =>
    change(next.from === today && next.to === today ? { from: undefined, to: undefined } : next)
  const total = query.data?.pages[0]?.ActualRowCount
  return (
    <section aria-labelledby="log" className={styles.log}>
      <h2 id="log" className={styles.title}>
        {w.log}
      </h2>
      <FilterBar
        lead={<RangePresets range={range} today={today} onChange={choose} />}
        active={search.door ? 1 : 0}
        onClear={() => change({ door: undefined })}
        end={
          <ExportButton
            name={`door-events-${range.from}-${range.to}`}
            header={logCsv.header()}
            rows={() => rows.map(logCsv.row)}
            shown={rows.length}
            total={total ?? rows.length}
          />
        }
      >
        <RangeDates range={range} today={today} onChange={choose} />
        <div className={styles.door}>
          <Combobox
            label={w.door}
            hideLabel
            clearable
            value={search.door ?? ''}
            options={doors.map(door => ({ value: door.DeviceSN, label: door.LabelName, note: door.Site }))}
            placeholder={w.allDoors}
            onChoose={door => change({ door: door || undefined })}
          />
        </div>
      </FilterBar>
      <LogTable
        query={query}
        rows={rows}
        total={total}
        key={JSON.stringify(input)}
        isFiltered={search.door !== undefined}
      />
    </section>
  )
}

function LogTable({
  query,
  rows,
  total,
  isFiltered,
}: {
  readonly query: ReturnType<typeof useInfiniteQuery<unknown>>
  readonly rows: readonly LogRow[]
  readonly total: number | undefined
  readonly isFiltered: boolean
}) {
  const w = words.doorsPage
  const isNarrow = useNarrow()
  if (query.isPending) return <SkeletonPanel rows={8} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  return (
    <DataTable
      label={w.log}
      columns={isNarrow ? logNarrowColumns() : logColumns()}
      rows={rows}
      rowKey={row => row.key}
      rowHeight={isNarrow ? 58 : 38}
      {...(total === undefined ? {} : { total })}
      isOld={query.isPlaceholderData}
      isLoadingMore={query.isFetchingNextPage}
      onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
      height="max(320px, 62vh)"
      empty={
        <EmptyState icon="doors" title={w.noEvents}>
          {isFiltered ? w.noEventsOf : w.noEventsBody}
        </EmptyState>
      }
    />
  )
}
