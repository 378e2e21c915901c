import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
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
  const mayCallRoll = useCan('doors:emergency')
  const roll = useRollOfEmergency(mayCallRoll)
  const open = data?.Open ?? 0
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // On a phone the tab of this page may lie beyond the edge.
  useEffect(() => {
    const current = [...(nav.current?.children ?? [])].find(tab => tab.getAttribute('href') === pathname)
    current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  const tab = { className: styles.tab, activeOptions: { exact: true, includeSearch: false } } as const
  return (
    <nav ref={nav} className={styles.tabs} aria-label={w.label}>
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
      {mayCallRoll && (
        <Link to="/roll-call" search={roll} className={styles.tab}>
          {w.rollCall}
        </Link>
      )}
    </nav>
  )
}

/** While one emergency is under way its own roll is called, so that the ticks stand in its report. */
function useRollOfEmergency(enabled: boolean): { emergency?: number } {
  const { data } = useQuery({
    ...operationQuery('doors.emergencies', { Active: true }),
    enabled,
    retry: false,
  })
  const [active, ...others] = data?.Emergencies ?? []
  return active && others.length === 0 ? { emergency: Number(active.EmergencyID) } : {}
}
