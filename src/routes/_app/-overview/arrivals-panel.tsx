import { Link } from '@tanstack/react-router'
import type { ArrivalCount } from '#contract/day-states.ts'
import { Badge } from '../../../components/badge/badge.tsx'
import { EmptyState } from '../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../components/page-states/query-states.tsx'
import { Bone } from '../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import { count, percent } from '../../../format/number.ts'
import { minuteOfDay, wallClock, wallDay, wallDayShort, weekdayName } from '../../../format/time.ts'
import { arrivalsWords as w } from '../../../words/overview-arrivals.ts'
import styles from './arrivals-panel.module.css'
import { type Arrivals, type DaysFilter, useArrivals, useDaysLink } from './use-arrivals.ts'

type Counts = Arrivals['Total']
const waitingShown = 2

/** Of those expected, who has come, by site and department; how far that is complete; and whether it is unusual. */
export function ArrivalsPanel({
  site,
  mayPlan,
}: {
  readonly site: string | undefined
  readonly mayPlan: boolean
}) {
  const query = useArrivals(site)
  // A gateway of another maker does not know arrivals; the page goes on without them.
  if (query.isError && query.data === undefined) return null
  return (
    <Panel
      title={w.title}
      note={query.data && wallDay(query.data.Date)}
      updatedAt={query.dataUpdatedAt}
      flush
    >
      <QueryBlock
        query={query}
        pending={
          <div className={styles.pending}>
            <Bone height={180} />
          </div>
        }
      >
        {arrivals => (
          <>
            <Marks arrivals={arrivals} />
            {arrivals.Planned && arrivals.Groups.length > 0 ? (
              <Groups arrivals={arrivals} site={site} />
            ) : (
              <EmptyState
                compact
                icon="clock"
                title={arrivals.Planned ? w.empty : w.notPlanned}
                actions={!arrivals.Planned && mayPlan && <Link to="/attendance/setup">{w.setup}</Link>}
              >
                {arrivals.Planned ? w.emptyBody : w.notPlannedBody}
              </EmptyState>
            )}
          </>
        )}
      </QueryBlock>
    </Panel>
  )
}

/** What is unusual, and the line between complete and still arriving, in words. */
function Marks({ arrivals }: { readonly arrivals: Arrivals }) {
  return (
    <div className={styles.marks}>
      {arrivals.Anomalies.map(anomaly => (
        <p key={anomaly.Site} className={styles.anomaly}>
          <Badge tone="warn" icon="warning">
            {anomalyText(anomaly, arrivals.Date)}
          </Badge>
        </p>
      ))}
      <ul className={styles.watermarks}>
        {arrivals.Watermarks.map(mark => (
          <li key={mark.Site} data-behind={mark.Waiting.length > 0 || undefined}>
            {watermarkText(mark, arrivals.Date)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function anomalyText(anomaly: Arrivals['Anomalies'][number], date: string): string {
  const { Site, Minute, Arrived, Usual } = anomaly
  return w.anomaly({
    site: Site,
    arrived: count(Arrived),
    minute: minuteOfDay(Minute),
    percent: percent(Usual === 0 ? 1 : Math.abs(Arrived - Usual) / Usual),
    weekday: weekdayName(date),
    usual: count(Usual),
    isUnder: Arrived < Usual,
  })
}

function watermarkText({ Site, CompleteThrough, Waiting }: Arrivals['Watermarks'][number], date: string) {
  // The clock alone says nothing of a terminal that has been away for days.
  const momentText = (local: string) =>
    local.slice(0, 10) < date ? `${wallDayShort(local)}, ${wallClock(local)}` : wallClock(local)
  const shown = Waiting.slice(0, waitingShown).map(({ LabelName, Since }) =>
    Since === null ? w.waitingNever(LabelName) : w.waiting(LabelName, momentText(Since)),
  )
  const more = Waiting.length - shown.length
  const complete = CompleteThrough === null ? w.never(Site) : w.complete(Site, momentText(CompleteThrough))
  return [complete, ...shown, more > 0 ? w.moreWaiting(more) : ''].filter(Boolean).join(' · ')
}

function Groups({ arrivals, site }: { readonly arrivals: Arrivals; readonly site: string | undefined }) {
  const manySites = new Set(arrivals.Groups.map(group => group.Site)).size > 1
  const hasMissing = arrivals.Total.MissingIn + arrivals.Total.MissingOut > 0
  const hasUnplanned = arrivals.Total.Unplanned > 0
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="visually-hidden">{w.title}</caption>
        <thead>
          <tr>
            {manySites && (
              <th scope="col" className={styles.start}>
                {w.site}
              </th>
            )}
            <th scope="col" className={styles.start}>
              {w.department}
            </th>
            <th scope="col">{w.expected}</th>
            <th scope="col">{w.arrived}</th>
            {hasUnplanned && <th scope="col">{w.unplanned}</th>}
            <th scope="col">{w.late}</th>
            <th scope="col">{w.notArrived}</th>
            <th scope="col">{w.absent}</th>
            <th scope="col">{w.notKnown}</th>
            {hasMissing && <th scope="col">{w.missing}</th>}
            <th scope="col">{w.away}</th>
          </tr>
        </thead>
        <tbody>
          {arrivals.Groups.map(group => (
            <tr key={`${group.Site} ${group.Department}`}>
              {manySites && <td className={styles.start}>{group.Site ?? w.noSite}</td>}
              <th scope="row" className={styles.start}>
                {group.Department ?? w.noDepartment}
              </th>
              <Cells
                counts={group}
                date={arrivals.Date}
                hasMissing={hasMissing}
                hasUnplanned={hasUnplanned}
                place={{ site, home: group.Site ?? '', department: group.Department ?? '' }}
              />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            {manySites && <td />}
            <th scope="row" className={styles.start}>
              {w.total}
            </th>
            <Cells
              counts={arrivals.Total}
              date={arrivals.Date}
              hasMissing={hasMissing}
              hasUnplanned={hasUnplanned}
              place={{ site }}
            />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function Cells({
  counts,
  date,
  hasMissing,
  hasUnplanned,
  place,
}: {
  readonly counts: Counts
  readonly date: string
  readonly hasMissing: boolean
  readonly hasUnplanned: boolean
  readonly place: Pick<DaysFilter, 'site' | 'home' | 'department'>
}) {
  const link = useDaysLink()
  const cell = (value: number, counted: ArrivalCount, tone?: 'warn' | 'danger' | 'unknown') => (
    <td data-tone={value > 0 ? tone : undefined}>
      {value === 0 ? (
        <span className={styles.zero}>0</span>
      ) : (
        <Link {...link({ from: date, to: date, ...place, counted })} className={styles.number}>
          {count(value)}
        </Link>
      )}
    </td>
  )
  const share = counts.Due === 0 ? 0 : Math.min(1, counts.Arrived / counts.Due)
  return (
    <>
      {cell(counts.Expected, 'Expected')}
      <td>
        <span className={styles.arrived}>
          <Link
            {...link({ from: date, to: date, ...place, counted: 'Arrived' })}
            className={styles.number}
            title={w.progress(counts.Arrived, counts.Due)}
          >
            {w.of(count(counts.Arrived), count(counts.Due))}
          </Link>
          <i className={styles.bar} aria-hidden="true">
            <i style={{ inlineSize: `${share * 100}%` }} />
          </i>
        </span>
      </td>
      {hasUnplanned && cell(counts.Unplanned, 'Unplanned')}
      {cell(counts.Late, 'Late', 'warn')}
      {cell(counts.NotArrived, 'NotArrived', 'warn')}
      {cell(counts.Absent, 'Absent', 'danger')}
      {cell(counts.NotKnownYet, 'NotKnownYet', 'unknown')}
      {hasMissing && cell(counts.MissingOut, 'MissingOut', 'warn')}
      {cell(counts.Away, 'Away')}
    </>
  )
}
