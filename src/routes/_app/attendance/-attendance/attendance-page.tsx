import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { DeviceFilter } from '../../../../components/devices/device-filter.tsx'
import { ExportFiles } from '../../../../components/export-button/export-button.tsx'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { PersonFilter } from '../../../../components/people/person-filter.tsx'
import { RangeDates, RangePresets } from '../../../../components/range-filter/range-filter.tsx'
import { type DayRange, shiftDay } from '../../../../format/day.ts'
import { useTicking } from '../../../../format/now.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { attendanceWords } from '../../../../words/attendance.ts'
import { words } from '../../../../words/index.ts'
import styles from './attendance-page.module.css'
import { PunchSheet } from './punch-sheet.tsx'
import { PunchTable } from './punch-table.tsx'
import { type AttendanceSearch, exportUrl, methods, punchesInput } from './search.ts'
import { usePunches } from './use-punches.ts'

/** Every punch of a range, as reported, with its proof one press away. */
export function AttendancePage() {
  const session = useSession()
  return session && <Attendance session={session} />
}

function Attendance({ session }: { readonly session: SessionBody }) {
  const w = attendanceWords
  const search = useSearch({ from: '/_app/attendance/' })
  const navigate = useNavigate({ from: '/attendance/' })
  const today = useTicking(now => todayIn(session.TimeZone, now))
  const input = punchesInput(session, search)
  const range = { from: input.FromDate, to: input.ToDate }
  const list = usePunches(input)
  const change = (changes: Changes<AttendanceSearch>) =>
    void navigate({
      search: old => present({ ...old, punch: undefined, at: undefined, ...changes }),
      replace: true,
      resetScroll: false,
    })
  const choose = (next: DayRange) =>
    // Today is the plain address; it then means today tomorrow as well.
    change(next.from === today && next.to === today ? { from: undefined, to: undefined } : next)
  const clear = () => change({ person: undefined, device: undefined, method: undefined, clock: undefined })
  const active = [input.EmployeeCode, input.DeviceSN, input.Type, input.ClockOff].filter(Boolean).length

  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <FilterBar
        lead={<RangePresets range={range} today={today} onChange={choose} />}
        active={active}
        onClear={clear}
        end={
          <>
            <Button
              icon="sort"
              aria-pressed={search.order === 'asc'}
              onClick={() => change({ order: search.order === 'asc' ? undefined : 'asc' })}
            >
              {search.order === 'asc' ? w.oldestFirst : w.newestFirst}
            </Button>
            {session.Permissions.includes('attendance:export') && (
              <ExportFiles hrefOf={format => exportUrl(input, format)} />
            )}
          </>
        }
      >
        <RangeDates range={range} today={today} onChange={choose} />
        <PersonFilter value={search.person} onChange={person => change({ person: person || undefined })} />
        <DeviceFilter value={search.device} onChange={device => change({ device: device || undefined })} />
        <select
          className="gh-select"
          aria-label={w.method}
          value={search.method ?? ''}
          onChange={event => change({ method: methods.find(method => method === event.target.value) })}
        >
          <option value="">{w.allMethods}</option>
          {methods.map(method => (
            <option key={method} value={method}>
              {words.punches.method[method]}
            </option>
          ))}
        </select>
        {/* Who comes from a clock that is off has it; for all others it would be one filter too many. */}
        {search.clock && (
          <select
            className="gh-select"
            aria-label={w.clock}
            value={search.clock ?? ''}
            onChange={event => change({ clock: event.target.value === 'off' ? 'off' : undefined })}
          >
            <option value="">{w.allClocks}</option>
            <option value="off">{w.clockOff}</option>
          </select>
        )}
      </FilterBar>
      <div className={styles.list}>
        <FreshPill fresh={list.fresh} hasGap={list.hasGap} onShow={list.reload} />
        <PunchList
          list={list}
          range={range}
          current={search.punch}
          empty={
            active > 0 ? (
              <EmptyState
                icon="search"
                title={words.parts.filters.nothing}
                actions={<Button onClick={clear}>{words.parts.filters.clearAll}</Button>}
              >
                {w.nothingBody}
              </EmptyState>
            ) : (
              <NoPunches
                isToday={range.from === today}
                onWeek={() => choose({ from: shiftDay(today, -6), to: today })}
              />
            )
          }
        />
      </div>
      {search.punch && (
        <PunchSheet
          id={search.punch}
          at={search.at}
          list={list}
          onChange={punch => change({ punch: punch.OperationID, at: punch.AttendanceLog })}
          onClose={() => choose(range)}
        />
      )}
    </>
  )
}

/** News waits here instead of pushing the rows away under the reader. */
function FreshPill({
  fresh,
  hasGap,
  onShow,
}: {
  readonly fresh: number
  readonly hasGap: boolean
  readonly onShow: () => void
}) {
  const w = attendanceWords
  return (
    <div className={styles.fresh} role="status">
      {(fresh > 0 || hasGap) && (
        <button type="button" className={styles.pill} onClick={onShow}>
          {hasGap ? w.missed : w.fresh(fresh, fresh >= 200)}
        </button>
      )}
    </div>
  )
}

function PunchList({
  list: { query, rows, total, edition },
  range,
  current,
  empty,
}: {
  readonly list: ReturnType<typeof usePunches>
  readonly range: DayRange
  readonly current: string | undefined
  readonly empty: ReactNode
}) {
  if (query.isPending) return <SkeletonPanel rows={12} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  if (rows.length === 0) return empty
  return (
    <PunchTable
      key={edition}
      rows={rows}
      range={range}
      total={total}
      current={current}
      isOld={query.isPlaceholderData}
      isLoadingMore={query.isFetchingNextPage}
      onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
    />
  )
}

function NoPunches({ isToday, onWeek }: { readonly isToday: boolean; readonly onWeek: () => void }) {
  const w = attendanceWords
  return (
    <EmptyState
      icon="attendance"
      title={isToday ? w.noneToday : w.none}
      actions={<Button onClick={onWeek}>{w.showWeek}</Button>}
    >
      {isToday ? w.noneTodayBody : w.noneBody}
    </EmptyState>
  )
}
