import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { prepareDays, readDaysSearch } from './-days/search.ts'
import { SheetPage } from './-sheet/sheet-page.tsx'

export const Route = createFileRoute('/_app/attendance/sheet')({
  validateSearch: readDaysSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:export'),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => prepareDays(context.queryClient, context.session, deps),
  component: SheetPage,
})
