import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { requirePermission } from '../../../api/session.ts'
import { DoorsPage } from './-doors/doors-page.tsx'
import { doorLogInput, doorLogQuery, readDoorsSearch } from './-doors/search.ts'

export const Route = createFileRoute('/_app/doors/')({
  validateSearch: readDoorsSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'doors:read'),
  loaderDeps: ({ search: { site: _, view: __, ...log } }) => log,
  loader: ({ context: { queryClient, session }, deps }) => {
    void queryClient.prefetchQuery(operationQuery('doors.status', {}))
    void queryClient.prefetchInfiniteQuery(doorLogQuery(doorLogInput(session, deps)))
  },
  component: DoorsPage,
})
