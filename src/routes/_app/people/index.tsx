import { createFileRoute } from '@tanstack/react-router'
import { PeoplePage } from './-people/people-page.tsx'
import { readPeopleSearch } from './-people/search.ts'
import { directoryPage } from './-people/use-directory.ts'

export const Route = createFileRoute('/_app/people/')({
  validateSearch: readPeopleSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(directoryPage(deps, 0)),
  component: PeoplePage,
})
