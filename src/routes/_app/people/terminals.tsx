import { createFileRoute } from '@tanstack/react-router'
import { ListsPage } from './-lists/lists-page.tsx'
import { readListsSearch } from './-lists/search.ts'

export const Route = createFileRoute('/_app/people/terminals')({
  validateSearch: readListsSearch,
  component: ListsPage,
})
