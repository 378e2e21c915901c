import { createFileRoute } from '@tanstack/react-router'
import { directoryPage } from './-people/directory-page.ts'
import { PeoplePage } from './-people/people-page.tsx'
import { readPeopleSearch } from './-people/search.ts'

export const Route = createFileRoute('/_app/people/')({
  validateSearch: readPeopleSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(directoryPage(deps, 0)),
  component: PeoplePage,
})
