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
import { Segmented } from '../../../components/segmented/segmented.tsx'
import { words } from '../../../words/index.ts'
import { dayOf, useNowMinute, useToday } from './use-day.ts'

const recentMinutes = 180

/** Today's punches by slice. Range and view are in the URL. */
export function PunchesPanel({ session }: { readonly session: SessionBody }) {
  const w = words.overview.chart
  const { site, range, view } = useSearch({ from: '/_app/' })
  const navigate = useNavigate({ from: '/' })
  const query = useToday(session, site)
  const nowMinute = useNowMinute(session, site)
  const asTable = view === 'table'
  return (
    <Panel
      title={w.title}
      note={query.data && !query.data.Series && w.notAvailable}
      updatedAt={query.dataUpdatedAt}
      actions={
        <>
          {nowMinute !== null && (
            <Segmented
              label={w.rangeLabel}
              value={range ?? 'day'}
              options={[
                { value: 'day', label: w.day },
                { value: 'recent', label: w.recent },
              ]}
              onChange={value =>
                void navigate({
                  search: old => present({ ...old, range: value === 'recent' ? value : undefined }),
                  replace: true,
                })
              }
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
                {w.emptyBody(words.overview.terminalAddress(location.hostname))}
              </EmptyState>
            )
          const span =
            range === 'recent' && nowMinute !== null
              ? {
                  from: Math.max(0, Math.floor((nowMinute - recentMinutes) / 30) * 30),
                  to: Math.min(1440, Math.ceil((nowMinute + 5) / 5) * 5),
                }
              : liveSpan([...day.today, ...day.yesterday], nowMinute ?? 0)
          return (
            <PunchesChart
              today={day.today}
              yesterday={day.yesterday}
              from={span.from}
              to={span.to}
              nowMinute={nowMinute}
              asTable={asTable}
            />
          )
        }}
      </QueryBlock>
    </Panel>
  )
}
