import { Link } from '@tanstack/react-router'
import { useCan } from '../../api/session.ts'
import { repairsWords } from '../../words/repairs.ts'
import styles from './repairs.module.css'

/** From an outage to its repair, with its terminal, its times and its people; only for those who may correct. */
export function RepairLink({
  incidentId,
  deviceSN,
}: {
  readonly incidentId: string
  /** Absent: the first of its terminals. */
  readonly deviceSN?: string
}) {
  const may = useCan('attendance:correct')
  if (!may) return null
  return (
    <Link
      to="/attendance/repair"
      search={{ incident: incidentId, ...(deviceSN === undefined ? {} : { device: deviceSN }) }}
      className={styles.link}
    >
      {repairsWords.action}
    </Link>
  )
}
