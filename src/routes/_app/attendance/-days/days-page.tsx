import { useCallback } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Freshness } from '../../../../components/freshness/freshness.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { useTicking } from '../../../../format/now.ts'
import { count } from '../../../../format/number.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { words } from '../../../../words/index.ts'
import { DayList } from './day-list.tsx'
import { DaysBar } from './days-bar.tsx'
import styles from './days-page.module.css'
import { activeFilters, daysBetween, fitsFilters, noFilters } from './filters.ts'
import { Legend } from './legend.tsx'
import { MonthGrid } from './month-grid.tsx'
import { PersonSheet } from './person-sheet.tsx'
import { type DayCell, type DaysSearch, daysInput, daysRange, type PersonDays } from './search.ts'
import { TakeAway } from './take-away.tsx'
import { useDaysSearch } from './use-days-search.ts'
import { usePeopleDays } from './use-people-days.ts'
import { useStable } from './use-stable.ts'

/** What every day of everybody comes to; one day alone is a list. */
export function DaysPage() {
  const session = useSession()
  return session && <Days session={session} />
}

function Days({ session }: { readonly session: SessionBody }) {
  const w = daysWords
  const [search, change] = useDaysSearch()
  const today = useTicking(now => todayIn(session.TimeZone, now))
  const range = daysRange(session, search)
  const input = daysInput(session, search)
  const people = usePeopleDays(input, search.sort, range.to >= today)
  const isNow = search.now === 1
  return (
    <>
      <PageHeader
        title={isNow ? w.list.nowTitle : w.grid.title}
        lead={isNow ? w.list.nowLead : w.grid.lead}
        actions={
          <>
            {session.Permissions.includes('attendance:export') && <TakeAway input={input} search={search} />}
            <Button icon="in" aria-pressed={isNow} onClick={() => change({ now: isNow ? undefined : 1 })}>
              {isNow ? w.list.nowBack : w.list.nowButton}
            </Button>
          </>
        }
      />
      <DaysBar search={search} range={range} today={today} people={people.people} onChange={change} />
      <DaysBody
        people={people}
        search={search}
        range={range}
        mayOpen={session.Permissions.includes('attendance:identify')}
        onChange={change}
      />
      {search.who && (
        <PersonSheet
          who={search.who}
          search={search}
          people={people.people}
          range={range}
          onChange={change}
        />
      )}
    </>
  )
}

interface BodyProps {
  readonly people: ReturnType<typeof usePeopleDays>
  readonly search: DaysSearch
  readonly range: { readonly from: string; readonly to: string }
  readonly mayOpen: boolean
  readonly onChange: ReturnType<typeof useDaysSearch>[1]
}

function DaysBody({ people: { query, people, total = 0 }, search, range, mayOpen, onChange }: BodyProps) {
  const w = daysWords
  const isFit = useCallback((cell: DayCell) => fitsFilters(cell, search), [search])
  const openPerson = useStable((person: PersonDays, day: string | undefined) =>
    onChange({ who: person.EmployeeCode, day, explain: undefined }),
  )
  const explain = useStable((person: PersonDays, day: string) =>
    onChange({ who: person.EmployeeCode, day, explain: 1 }),
  )
  if (query.isPending) return <SkeletonPanel rows={14} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  if (people.length === 0) return <NobodyFound search={search} onChange={onChange} />
  const isList = range.from === range.to || search.now === 1
  const days = daysBetween(range.from, range.to)
  const isNarrowed = activeFilters(search) > 0 || search.now === 1
  return (
    <div className={styles.body} data-old={query.isPlaceholderData || undefined}>
      {isList ? (
        <DayList people={people} day={range.to} search={search} mayOpen={mayOpen} onOpen={openPerson} />
      ) : (
        <MonthGrid
          key={`${range.from} ${range.to}`}
          people={people}
          days={days}
          startDay={Math.max(days.indexOf(search.day ?? ''), search.day ? -1 : days.length - 1)}
          total={isNarrowed ? people.length : Math.max(total, people.length)}
          isFit={isFit}
          mayOpen={mayOpen}
          current={{ who: search.who, day: search.day }}
          onOpen={openPerson}
          onExplain={explain}
        />
      )}
      <div className={styles.foot}>
        <span role="status">
          {isNarrowed
            ? w.grid.peopleFound(people.length)
            : w.grid.people(count(people.length), count(Math.max(total, people.length)))}
          {query.isFetchingNextPage && ` · ${w.grid.loading}`}
        </span>
        <Freshness updatedAt={query.dataUpdatedAt} />
        <Button size="small" look="quiet" icon="restart" onClick={() => void query.refetch()}>
          {w.grid.refresh}
        </Button>
        {!isList && <span className={styles.keys}>{w.grid.keys}</span>}
      </div>
      {!isList && <Legend />}
    </div>
  )
}

function NobodyFound({ search, onChange }: Pick<BodyProps, 'search' | 'onChange'>) {
  const w = daysWords
  if (activeFilters(search) > 0)
    return (
      <EmptyState
        icon="search"
        title={words.parts.filters.nothing}
        actions={<Button onClick={() => onChange(noFilters)}>{words.parts.filters.clearAll}</Button>}
      />
    )
  return search.now ? (
    <EmptyState icon="people" title={w.list.nobodyIn}>
      {w.list.nobodyInBody}
    </EmptyState>
  ) : (
    <EmptyState icon="attendance" title={w.grid.empty}>
      {w.grid.emptyBody}
    </EmptyState>
  )
}
