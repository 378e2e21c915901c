import { useQuery } from '@tanstack/react-query'
import { livePunchesQuery } from '../../api/live-news.ts'
import { operationQuery } from '../../api/query.ts'
import { words } from '../../words/index.ts'
import { PunchTime, personLabel } from '../punches/punch-marks.tsx'
import styles from './punch-strip.module.css'

/** The newest punch, on every page: proof that the site is alive. Not a live region; it would never stop talking. */
export function PunchStrip() {
  const { data: live } = useQuery(livePunchesQuery)
  const seed = useQuery({
    ...operationQuery('attendance.today', { Limit: 1, Order: 'desc' }),
    enabled: live.length === 0,
  })
  const punch = live[0] ?? seed.data?.Attendance[0]
  if (!punch) return seed.data ? <span className={styles.strip}>{words.strip.none}</span> : null
  return (
    <p className={styles.strip} key={punch.OperationID}>
      <span className="visually-hidden">{words.strip.label}</span>
      <PunchTime punch={punch} />
      <span className={styles.person}>{personLabel(punch)}</span>
      <span className={styles.rest}>
        {words.punches.direction[punch.Direction]} · {punch.LabelName}
      </span>
    </p>
  )
}
