import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { AttendancePage } from './-attendance/attendance-page.tsx'
import { preparePunches, readAttendanceSearch } from './-attendance/search.ts'

export const Route = createFileRoute('/_app/attendance/')({
  validateSearch: readAttendanceSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:read'),
  // The open punch is no matter of the list.
  loaderDeps: ({ search: { punch: _, at: __, ...list } }) => list,
  loader: ({ context, deps }) => preparePunches(context.queryClient, context.session, deps),
  component: AttendancePage,
})
