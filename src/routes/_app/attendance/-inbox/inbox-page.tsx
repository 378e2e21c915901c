import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { operationInfiniteQuery, operationQuery } from '../../../../api/query.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { CorrectionSaid } from '../../../../components/corrections/said.tsx'
import { useCorrect } from '../../../../components/corrections/use-correct.ts'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { PersonFilter } from '../../../../components/people/person-filter.tsx'
import { RangeDates } from '../../../../components/range-filter/range-filter.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { shiftDay } from '../../../../format/day.ts'
import { useTicking } from '../../../../format/now.ts'
import { count } from '../../../../format/number.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { DifferenceList } from '../-periods/difference-list.tsx'
import { type ExceptionDay, keyOf } from './exception-day.ts'
import { ExceptionSheet } from './exception-sheet.tsx'
import { ExceptionTable } from './exception-table.tsx'
import styles from './inbox.module.css'
import { InboxKeys } from './inbox-keys.tsx'
import { KindFilter } from './kind-filter.tsx'
import { PendingList } from './pending-list.tsx'
import type { InboxAct, InboxSearch } from './search.ts'
import { useFlip } from './use-flip.ts'
import { useInboxKeys } from './use-inbox-keys.ts'

const defaultDays = 14

/** What has to be looked at before days are closed, worked through by keyboard or by hand. */
export function InboxPage() {
  const session = useSession()
  return session && <Inbox session={session} />
}

function Inbox({ session }: { readonly session: SessionBody }) {
  const w = reviewWords.inbox
  const search = useSearch({ from: '/_app/attendance/inbox' })
  const navigate = useNavigate({ from: '/attendance/inbox' })
  const today = useTicking(now => todayIn(session.TimeZone, now))
  const range = { from: search.from ?? shiftDay(today, -defaultDays), to: search.to ?? today }
  const view = search.view ?? 'open'
  const change = (changes: Changes<InboxSearch>) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const pending = useQuery(operationQuery('attendance.corrections', { State: 'pending', Limit: 1 }))
  const differences = useQuery(operationQuery('attendance.differences', { State: 'open', Limit: 1 }))
  const label = (name: keyof typeof w.views, amount: number | undefined) =>
    amount ? w.withCount(w.views[name], count(amount)) : w.views[name]
  const mayIdentify = session.Permissions.includes('attendance:identify')
  return (
    <>
      <PageHeader
        title={w.title}
        lead={w.lead}
        actions={
          session.Permissions.includes('attendance:correct') && (
            <Link to="/attendance/repair" className={styles.action}>
              {w.repair}
            </Link>
          )
        }
      />
      <FilterBar
        lead={
          <Segmented
            label={w.viewLabel}
            value={view}
            options={[
              { value: 'open', label: w.views.open },
              { value: 'approve', label: label('approve', pending.data?.ActualRowCount) },
              { value: 'differences', label: label('differences', differences.data?.ActualRowCount) },
            ]}
            onChange={next =>
              change({ view: next === 'open' ? undefined : next, at: undefined, act: undefined })
            }
          />
        }
        active={search.person ? 1 : 0}
        onClear={() => change({ person: undefined })}
      >
        {view === 'open' && (
          <RangeDates
            range={range}
            today={today}
            onChange={next => change({ ...next, at: undefined, act: undefined })}
          />
        )}
        {view === 'open' && mayIdentify && (
          <PersonFilter value={search.person} onChange={person => change({ person: person || undefined })} />
        )}
      </FilterBar>
      {view === 'open' && (
        <OpenDays session={session} search={search} from={range.from} to={range.to} change={change} />
      )}
      {view === 'approve' && <PendingList />}
      {view === 'differences' && <DifferenceList />}
    </>
  )
}

function OpenDays({
  session,
  search,
  from,
  to,
  change,
}: {
  readonly session: SessionBody
  readonly search: InboxSearch
  readonly from: string
  readonly to: string
  readonly change: (changes: Changes<InboxSearch>) => void
}) {
  const w = reviewWords.inbox
  const mayCorrect = session.Permissions.includes('attendance:correct')
  const query = useInfiniteQuery(
    operationInfiniteQuery('attendance.exceptions', {
      FromDate: from,
      ToDate: to,
      Limit: 300,
      ...(search.kind ? { Kind: search.kind } : {}),
      ...(search.person && session.Permissions.includes('attendance:identify')
        ? { EmployeeCode: search.person }
        : {}),
    }),
  )
  const rows = useMemo<ExceptionDay[]>(() => query.data?.pages.flatMap(page => page.Days) ?? [], [query.data])
  const [isKeySheetOpen, setKeySheetOpen] = useState(false)
  const correcting = useCorrect()
  const flip = useFlip(correcting)
  const index = rows.findIndex(row => keyOf(row) === search.at)
  const chosen = rows[index]
  const choose = (row: ExceptionDay | undefined, act?: InboxAct) =>
    row && change({ at: keyOf(row), act: act ?? search.act })
  const step = (by: 1 | -1) => choose(rows[index < 0 ? 0 : index + by])
  useInboxKeys({
    isPaused: search.act !== undefined || isKeySheetOpen,
    step,
    open: () => choose(chosen ?? rows[0], 'look'),
    add: () => mayCorrect && choose(chosen, 'add'),
    settle: () => mayCorrect && choose(chosen, 'settle'),
    flip: () => mayCorrect && chosen && void flip.run(chosen),
    help: () => setKeySheetOpen(true),
  })
  if (query.isPending) return <SkeletonPanel rows={10} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  const first = query.data.pages[0]
  return (
    <>
      <div className={styles.bar}>
        <KindFilter
          counts={first?.Counts ?? []}
          chosen={search.kind?.split(',') ?? []}
          onChange={kinds =>
            change({ kind: kinds.length > 0 ? kinds.join(',') : undefined, at: undefined, act: undefined })
          }
        />
        <span className={styles.keysButton}>
          <Button look="quiet" size="small" icon="keypad" onClick={() => setKeySheetOpen(true)}>
            {w.keys}
          </Button>
        </span>
      </div>
      <CorrectionSaid correcting={correcting} />
      {flip.note && (
        <p className={styles.note} role="status">
          {flip.note}
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState icon="check" title={w.nothing}>
          {w.nothingBody}
        </EmptyState>
      ) : (
        <ExceptionTable
          rows={rows}
          total={first?.ActualRowCount}
          current={search.at}
          isOld={query.isPlaceholderData}
          isLoadingMore={query.isFetchingNextPage}
          onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          onOpen={row => choose(row, 'look')}
        />
      )}
      {search.act && search.at && (
        <ExceptionSheet
          key={search.at}
          at={search.at}
          act={search.act}
          row={chosen}
          index={index}
          length={rows.length}
          mayCorrect={mayCorrect}
          onStep={step}
          onClose={() => change({ act: undefined })}
        />
      )}
      {isKeySheetOpen && <InboxKeys onClose={() => setKeySheetOpen(false)} />}
    </>
  )
}
