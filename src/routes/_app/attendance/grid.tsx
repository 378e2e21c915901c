import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { DaysPage } from './-days/days-page.tsx'
import { prepareDays, readDaysSearch } from './-days/search.ts'

export const Route = createFileRoute('/_app/attendance/grid')({
  validateSearch: readDaysSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:read'),
  // What is open and how it is sorted is no matter of what is loaded.
  loaderDeps: ({ search: { who: _, day: __, explain: ___, sort: ____, ...list } }) => list,
  loader: ({ context, deps }) => prepareDays(context.queryClient, context.session, deps),
  component: DaysPage,
})
