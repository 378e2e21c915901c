import { useNavigate, useSearch } from '@tanstack/react-router'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { present } from '../../../api/search.ts'
import { Button } from '../../../components/button/button.tsx'
import { PunchesChart } from '../../../components/charts/punches-chart.tsx'
import { liveSpan } from '../../../components/charts/slices.ts'
import { EmptyState } from '../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../components/page-states/query-states.tsx'
import { Bone } from '../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import { weekdayName } from '../../../format/time.ts'
import { words } from '../../../words/index.ts'
import { overviewWords } from '../../../words/overview.ts'
import { type ChartRange, ChartRangeChoice } from './chart-range.tsx'
import { type Arrivals, useArrivals } from './use-arrivals.ts'
import { type Day, dayOf, useNowMinute, useToday } from './use-day.ts'

const recentMinutes = 180

/** Today's punches by slice, with what is usual and how far they are complete. Range and view are in the URL. */
export function PunchesPanel({ session }: { readonly session: SessionBody }) {
  const w = words.overview.chart
  const { site, range, view, from, to } = useSearch({ from: '/_app/' })
  const navigate = useNavigate({ from: '/' })
  const query = useToday(session, site)
  const arrivals = useArrivals(site).data
  const nowMinute = useNowMinute(session, site)
  const asTable = view === 'table'
  const part = from !== undefined && to !== undefined ? { from, to } : null
  const span = query.data
    ? (part ?? spanOf(dayOf(query.data), range === 'recent' ? nowMinute : null, nowMinute))
    : null
  const zoom = (first: number, last: number) =>
    void navigate({
      search: old => present({ ...old, range: undefined, from: first, to: last }),
      replace: true,
    })
  const choose = (chosen: ChartRange) => {
    if (chosen === 'part') {
      if (span) zoom(span.from, span.to)
      return
    }
    const recent = chosen === 'recent' ? chosen : undefined
    void navigate({
      search: old => present({ ...old, range: recent, from: undefined, to: undefined }),
      replace: true,
    })
  }
  return (
    <Panel
      title={w.title}
      note={query.data && !query.data.Series && w.notAvailable}
      updatedAt={query.dataUpdatedAt}
      actions={
        <>
          {span && (
            <ChartRangeChoice
              range={part ? 'part' : (range ?? 'day')}
              span={span}
              hasRecent={nowMinute !== null}
              onRange={choose}
              onPart={zoom}
            />
          )}
          <Button
            size="small"
            look="quiet"
            icon={asTable ? 'chart' : 'table'}
            aria-label={asTable ? w.showChart : w.showTable}
            title={asTable ? w.showChart : w.showTable}
            onClick={() =>
              void navigate({
                search: old => present({ ...old, view: asTable ? undefined : ('table' as const) }),
                replace: true,
              })
            }
          />
        </>
      }
    >
      <QueryBlock query={query} pending={<Bone height={276} />}>
        {answer => {
          const day = dayOf(answer)
          if (day.punches === 0 && day.yesterday.length === 0)
            return (
              <EmptyState icon="attendance" title={w.empty}>
                {w.emptyBody(overviewWords.terminalAddress(location.hostname))}
              </EmptyState>
            )
          const shown = span ?? { from: 0, to: 1440 }
          return (
            <PunchesChart
              today={day.today}
              yesterday={day.yesterday}
              from={shown.from}
              to={shown.to}
              nowMinute={nowMinute}
              usual={usualOf(arrivals)}
              completeMinute={completeMinute(arrivals)}
              asTable={asTable}
              onZoom={zoom}
            />
          )
        }}
      </QueryBlock>
    </Panel>
  )
}

function spanOf(day: Day, recentUntil: number | null, nowMinute: number | null) {
  if (recentUntil === null) return liveSpan([...day.today, ...day.yesterday], nowMinute ?? 0)
  return {
    from: Math.max(0, Math.floor((recentUntil - recentMinutes) / 30) * 30),
    to: Math.min(1440, Math.ceil((recentUntil + 5) / 5) * 5),
  }
}

function usualOf(arrivals: Arrivals | undefined) {
  const days = arrivals?.Usual ?? []
  return {
    weekday: arrivals ? weekdayName(arrivals.Date) : '',
    days: days.map(({ Totals }) => Totals),
  }
}

/** Where the line between complete and still arriving lies: where the first terminal stands that is waited for. */
function completeMinute(arrivals: Arrivals | undefined): number | null {
  const behind = arrivals?.Watermarks.filter(({ Waiting }) => Waiting.length > 0) ?? []
  const minutes = behind.map(({ CompleteThrough }) => {
    if (CompleteThrough === null || CompleteThrough.slice(0, 10) < (arrivals?.Date ?? '')) return 0
    return Number(CompleteThrough.slice(11, 13)) * 60 + Number(CompleteThrough.slice(14, 16))
  })
  return minutes.length === 0 ? null : Math.min(...minutes)
}
