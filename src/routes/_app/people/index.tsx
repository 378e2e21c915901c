import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { PeoplePage } from './-people/people-page.tsx'
import { peopleQuery, readPeopleSearch } from './-people/search.ts'

export const Route = createFileRoute('/_app/people/')({
  validateSearch: readPeopleSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'people:read'),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(peopleQuery(deps)),
  component: PeoplePage,
})
