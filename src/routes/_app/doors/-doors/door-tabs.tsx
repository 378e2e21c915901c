import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFallbackInterval } from '../../../../api/link.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { count } from '../../../../format/number.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './door-tabs.module.css'

/** The pages of the doors as links; open alarms are counted on theirs. */
export function DoorTabs() {
  const w = doorWords.tabs
  const seesAlarms = useCan('doors:alarms')
  const { data } = useQuery({
    ...operationQuery('doors.alarms', { Open: true }),
    enabled: seesAlarms,
    refetchInterval: useFallbackInterval(),
  })
  const open = data?.Open ?? 0
  const tab = { className: styles.tab, activeOptions: { exact: true, includeSearch: false } } as const
  return (
    <nav className={styles.tabs} aria-label={w.label}>
      <Link to="/doors" {...tab}>
        {w.now}
      </Link>
      {seesAlarms && (
        <Link to="/doors/alarms" {...tab}>
          {w.alarms}
          {open > 0 && <Badge tone="danger">{count(open)}</Badge>}
        </Link>
      )}
      <Link to="/doors/emergency" {...tab} activeOptions={{ exact: false, includeSearch: false }}>
        {w.emergency}
      </Link>
      <Link to="/doors/access" {...tab}>
        {w.access}
      </Link>
      <Link to="/doors/schedule" {...tab}>
        {w.schedule}
      </Link>
      {useCan('doors:emergency') && (
        <Link to="/roll-call" className={styles.tab}>
          {w.rollCall}
        </Link>
      )}
    </nav>
  )
}
