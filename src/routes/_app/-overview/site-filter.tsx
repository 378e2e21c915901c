import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { present } from '../../../api/search.ts'
import { overviewWords } from '../../../words/overview.ts'
import { doorsQuery, siteQuery, todayQuery } from './queries.ts'
import styles from './site-filter.module.css'
import { arrivalsQuery } from './use-arrivals.ts'

/** Narrows the page to one site, in the URL. Nothing to choose, nothing shown. */
export function SiteFilter({
  session,
  site,
}: {
  readonly session: SessionBody
  readonly site: string | undefined
}) {
  const navigate = useNavigate({ from: '/' })
  const sites = useSites(session, site)
  if (sites.length < 2 && site === undefined) return null
  return (
    <label className={styles.filter}>
      {overviewWords.site}
      <select
        className="gh-select"
        value={site ?? ''}
        onChange={event => {
          const chosen = event.target.value || undefined
          void navigate({ search: old => present({ ...old, site: chosen }) })
        }}
      >
        <option value="">{overviewWords.allSites}</option>
        {sites.map(name => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The gateway's own list where it may be asked, else the sites that occur in what is on screen. */
function useSites(session: SessionBody, site: string | undefined): string[] {
  const held = new Set(session.Permissions)
  const info = useQuery({ ...siteQuery, enabled: held.has('devices:read'), staleTime: 300_000 })
  const today = useQuery({
    ...todayQuery(session, undefined),
    enabled: held.has('attendance:read') && site === undefined,
  })
  const doors = useQuery({ ...doorsQuery, enabled: held.has('doors:read') })
  const arrivals = useQuery({
    ...arrivalsQuery(undefined),
    enabled: held.has('attendance:read'),
    staleTime: 'static',
  })
  const names =
    info.data?.Sites.map(each => each.Site) ??
    [
      ...(today.data?.Attendance ?? []),
      ...(doors.data?.Doors ?? []),
      ...(arrivals.data?.Watermarks ?? []),
    ].map(row => row.Site)
  return [...new Set(site === undefined ? names : [...names, site])]
    .filter(Boolean)
    .sort((a, b) => a.localeCompare(b))
}
