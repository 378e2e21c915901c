import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { rangeText } from './outage-window.ts'
import styles from './repair.module.css'

/** What was repaired, and how much of it the real punches have replaced since. */
export function RepairList() {
  const w = reviewWords.repair
  const mayDevices = useCan('devices:read')
  const query = useQuery(operationQuery('attendance.repairs', {}))
  return (
    <Panel title={w.done} updatedAt={query.dataUpdatedAt}>
      <QueryBlock query={query}>
        {({ Repairs }) =>
          Repairs.length === 0 ? (
            <EmptyState compact title={w.doneNone} />
          ) : (
            <ul className={styles.list}>
              {Repairs.map(repair => (
                <li key={repair.RepairID} className={styles.item}>
                  <div className={styles.head}>
                    <strong>{repair.LabelName}</strong>
                    <span className={styles.quiet}>{rangeText(repair.FromTime, repair.ToTime)}</span>
                    {repair.IncidentID !== null && mayDevices && (
                      <Link to="/devices/incidents" search={{ incident: repair.IncidentID }}>
                        {w.incident}
                      </Link>
                    )}
                    {repair.Pending > 0 && <Badge tone="warn">{w.pending(repair.Pending)}</Badge>}
                  </div>
                  <p className={styles.text}>{w.result(count(repair.Punches), count(repair.Replaced))}</p>
                  <p className={styles.quiet}>
                    {repair.By}, {instantFull(repair.At)}: {repair.Reason}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </QueryBlock>
    </Panel>
  )
}
