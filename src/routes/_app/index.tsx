import { createFileRoute } from '@tanstack/react-router'
import { readOverviewSearch } from '../../api/search.ts'
import { OverviewPage } from './-overview/overview-page.tsx'

export const Route = createFileRoute('/_app/')({
  validateSearch: readOverviewSearch,
  component: OverviewPage,
})
