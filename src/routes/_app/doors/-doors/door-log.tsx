import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { useActorName } from '../../../../api/actors.ts'
import { client } from '../../../../api/client.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { Combobox } from '../../../../components/combobox/combobox.tsx'
import { DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { doorKey } from '../../../../components/doors/door-cards.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import type { Door } from '../../../../components/doors/door-state.tsx'
import { ExportFiles } from '../../../../components/export-button/export-button.tsx'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { RangeDates, RangePresets } from '../../../../components/range-filter/range-filter.tsx'
import type { DayRange } from '../../../../format/day.ts'
import { useTicking } from '../../../../format/now.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { WhyDenied } from '../-access/why-denied.tsx'
import styles from './door-log.module.css'
import { logColumns, logNarrowColumns } from './door-log-columns.tsx'
import { type LogRow, logRows } from './door-log-rows.ts'
import { type DoorsSearch, doorLogInput, doorLogQuery, logEvents } from './search.ts'

/** What happened at the doors, with the range and the door in the URL. */
export function DoorLog({
  session,
  doors,
}: {
  readonly session: SessionBody
  readonly doors: readonly Door[]
}) {
  const w = doorWords.page
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
  const [why, setWhy] = useState<string | null>(null)
  return (
    <section aria-labelledby="log" className={styles.log}>
      <h2 id="log" className={styles.title}>
        {w.log}
      </h2>
      <FilterBar
        lead={<RangePresets range={range} today={today} onChange={choose} />}
        active={(search.door ? 1 : 0) + (search.event ? 1 : 0)}
        onClear={() => change({ door: undefined, event: undefined })}
        end={
          <ExportFiles
            hrefOf={Format => {
              const { Limit: _, ...rest } = input
              return client.fileUrl('doors.exportLogs', { ...rest, Format })
            }}
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
            options={doors.map(door => ({ value: doorKey(door), label: doorName(door), note: door.Site }))}
            placeholder={w.allDoors}
            onChoose={door => change({ door: door || undefined })}
          />
        </div>
        <select
          className="gh-select"
          aria-label={w.event}
          value={search.event ?? ''}
          onChange={event => change({ event: logEvents.find(each => each === event.target.value) })}
        >
          <option value="">{w.allEvents}</option>
          {logEvents.map(each => (
            <option key={each} value={each}>
              {w.events[each]}
            </option>
          ))}
        </select>
      </FilterBar>
      <LogTable
        query={query}
        rows={rows}
        total={total}
        key={JSON.stringify(input)}
        isFiltered={search.door !== undefined || search.event !== undefined}
        onWhy={setWhy}
      />
      {why !== null && <WhyDenied eventId={why} onClose={() => setWhy(null)} />}
    </section>
  )
}

function LogTable({
  query,
  rows,
  total,
  isFiltered,
  onWhy,
}: {
  readonly query: ReturnType<typeof useInfiniteQuery<unknown>>
  readonly rows: readonly LogRow[]
  readonly total: number | undefined
  readonly isFiltered: boolean
  readonly onWhy: (eventId: string) => void
}) {
  const w = doorWords.page
  const nameOf = useActorName()
  const isNarrow = useNarrow()
  if (query.isPending) return <SkeletonPanel rows={8} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  return (
    <DataTable
      label={w.log}
      columns={isNarrow ? logNarrowColumns(nameOf, onWhy) : logColumns(nameOf, onWhy)}
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
