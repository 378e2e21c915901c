import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useSession } from '../../../../api/session.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { useTicking } from '../../../../format/now.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { DaysBar } from '../-days/days-bar.tsx'
import { daysBetween } from '../-days/filters.ts'
import { MonthGrid } from '../-days/month-grid.tsx'
import { type DaysSearch, daysInput, daysRange, type PersonDays } from '../-days/search.ts'
import { useDaysSearch } from '../-days/use-days-search.ts'
import { usePeopleDays } from '../-days/use-people-days.ts'
import styles from './heat.module.css'
import { PresenceMap } from './presence-map.tsx'

const fitsAll = () => true
/** Whom a map of lateness is about comes first. */
const lateFirst = 'late'

/** Where presence and lateness gather; a field leads to the days behind it. */
export function HeatPage() {
  const session = useSession()
  return session && <Heat session={session} />
}

function Heat({ session }: { readonly session: SessionBody }) {
  const w = daysWords.heat
  const [search, change] = useDaysSearch()
  const today = useTicking(now => todayIn(session.TimeZone, now))
  const range = daysRange(session, search)
  const isLateness = search.map === 'lateness'
  return (
    <>
      <PageHeader
        title={w.title}
        lead={isLateness ? w.latenessLead : w.presenceLead}
        actions={
          <Segmented
            label={w.which}
            value={isLateness ? 'lateness' : 'presence'}
            options={[
              { value: 'presence', label: w.presence },
              { value: 'lateness', label: w.lateness },
            ]}
            onChange={map => change({ map: map === 'lateness' ? map : undefined })}
          />
        }
      />
      <DaysBar
        search={search}
        range={range}
        today={today}
        people={[]}
        isMap={!isLateness}
        defaultSort={lateFirst}
        onChange={change}
      />
      {isLateness ? (
        <Lateness session={session} search={search} />
      ) : (
        <Presence session={session} search={search} />
      )}
    </>
  )
}

interface MapProps {
  readonly session: SessionBody
  readonly search: DaysSearch
}

function Presence({ session, search }: MapProps) {
  const w = daysWords.heat
  const range = daysRange(session, search)
  const { person, department, site, home, device } = search
  // A map of everything: what narrows it to days of one kind is for lists.
  const { Limit: _, ...input } = daysInput(
    session,
    present({ ...range, person, department, site, home, device }),
  )
  const query = useQuery({ ...operationQuery('attendance.presence', input), staleTime: 'static' })
  return (
    <QueryBlock query={query} pending={<SkeletonPanel rows={8} />}>
      {presence =>
        presence.Hours.length === 0 ? (
          <EmptyState icon="chart" title={w.empty}>
            {w.emptyBody}
          </EmptyState>
        ) : (
          <>
            <PresenceMap presence={presence} search={search} />
            <p className={styles.note}>{w.shared}</p>
          </>
        )
      }
    </QueryBlock>
  )
}

function Lateness({ session, search }: MapProps) {
  const navigate = useNavigate()
  const range = daysRange(session, search)
  const {
    query,
    people,
    total = 0,
  } = usePeopleDays(daysInput(session, search), search.sort ?? lateFirst, false)
  if (query.isPending) return <SkeletonPanel rows={14} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  if (people.length === 0) return <EmptyState icon="attendance" title={daysWords.grid.empty} />
  const open = (person: PersonDays, day: string | undefined) =>
    void navigate({
      to: '/attendance/grid',
      search: {
        ...range,
        flag: 'late',
        person: person.EmployeeCode,
        who: person.EmployeeCode,
        ...(day === undefined ? {} : { day }),
      },
    })
  const days = daysBetween(range.from, range.to)
  return (
    <MonthGrid
      people={people}
      days={days}
      startDay={days.length - 1}
      total={Math.max(total, people.length)}
      paint="lateness"
      isFit={fitsAll}
      mayOpen={session.Permissions.includes('attendance:identify')}
      current={{ who: undefined, day: undefined }}
      onOpen={open}
      onExplain={open}
    />
  )
}
