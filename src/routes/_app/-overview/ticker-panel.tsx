import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { livePunchesQuery, mergePunches } from '../../../api/live-news.ts'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../components/page-states/query-states.tsx'
import { SkeletonRows } from '../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import {
  DirectionMark,
  MethodMark,
  type Punch,
  PunchFlags,
  PunchTime,
  personLabel,
} from '../../../components/punches/punch-marks.tsx'
import { words } from '../../../words/index.ts'
import { overviewWords } from '../../../words/overview.ts'
import { ofSite } from './queries.ts'
import styles from './ticker-panel.module.css'
import { useToday } from './use-day.ts'

const rowsMax = 14

/** The newest punches as they come. Paused, it stands still and counts what waits. */
export function TickerPanel({
  session,
  site,
}: {
  readonly session: SessionBody
  readonly site: string | undefined
}) {
  const w = overviewWords.ticker
  const query = useToday(session, site)
  const { data: live } = useQuery(livePunchesQuery)
  const [paused, setPaused] = useState<Punch[] | null>(null)
  const rows = mergePunches<Punch>(ofSite(live, site), query.data?.Attendance ?? [])
  const shown = (paused ?? rows).slice(0, rowsMax)
  const firstShown = paused?.[0]?.OperationID
  const waiting = paused
    ? Math.max(
        0,
        rows.findIndex(row => row.OperationID === firstShown),
      )
    : 0
  return (
    <Panel
      title={w.title}
      updatedAt={query.dataUpdatedAt}
      flush
      actions={
        <Button
          size="small"
          look={paused ? 'default' : 'quiet'}
          icon={paused ? 'play' : 'pause'}
          onClick={() => setPaused(paused ? null : rows)}
        >
          {paused ? (waiting > 0 ? `${w.resume} · ${w.waiting(waiting)}` : w.resume) : w.pause}
        </Button>
      }
    >
      <QueryBlock
        query={query}
        pending={
          <div className={styles.pending}>
            <SkeletonRows rows={rowsMax} height={26} />
          </div>
        }
      >
        {() =>
          shown.length === 0 ? (
            <EmptyState compact icon="attendance" title={words.overview.chart.empty}>
              {w.empty}
            </EmptyState>
          ) : (
            <table className={styles.table}>
              <caption className="visually-hidden">{w.title}</caption>
              <thead className="visually-hidden">
                <tr>
                  <th scope="col">{w.person}</th>
                  <th scope="col">{w.when}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map(punch => (
                  <TickerRow key={punch.OperationID} punch={punch} />
                ))}
              </tbody>
            </table>
          )
        }
      </QueryBlock>
    </Panel>
  )
}

function TickerRow({ punch }: { readonly punch: Punch }) {
  const isHidden = personLabel(punch) === words.punches.hiddenPerson
  return (
    <tr className={styles.row}>
      <td>
        <span
          className={styles.person}
          data-hidden={isHidden || undefined}
          title={isHidden ? words.punches.hiddenPersonWhy : undefined}
        >
          {personLabel(punch)}
        </span>
        <span className={styles.place} title={punch.LabelName}>
          {punch.LabelName}
        </span>
      </td>
      <td className={styles.end}>
        <PunchFlags flags={punch.Flags} />
        <PunchTime punch={punch} />
        <span className={styles.marks}>
          <DirectionMark direction={punch.Direction} />
          <MethodMark method={punch.Type} />
        </span>
      </td>
    </tr>
  )
}
