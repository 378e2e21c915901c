import { createFileRoute } from '@tanstack/react-router'
import { readOverviewSearch } from '../../api/search.ts'
import { OverviewPage } from './-overview/overview-page.tsx'
import { devicesQuery, doorsQuery, siteQuery, todayQuery } from './-overview/queries.ts'
import { arrivalsQuery } from './-overview/use-arrivals.ts'

export const Route = createFileRoute('/_app/')({
  validateSearch: readOverviewSearch,
  loaderDeps: ({ search }) => ({ site: search.site }),
  // Nothing is awaited: every block has its own skeleton, and the first frame is theirs.
  loader: ({ context: { queryClient, session }, deps }) => {
    const held = new Set(session.Permissions)
    if (held.has('attendance:read')) void queryClient.prefetchQuery(todayQuery(session, deps.site))
    if (held.has('attendance:read')) void queryClient.prefetchQuery(arrivalsQuery(deps.site))
    if (held.has('doors:read')) void queryClient.prefetchQuery(doorsQuery)
    if (held.has('devices:read')) void queryClient.prefetchQuery(devicesQuery)
    if (held.has('devices:read')) void queryClient.prefetchQuery(siteQuery)
  },
  component: OverviewPage,
})
