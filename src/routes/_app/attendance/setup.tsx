import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { requirePermission } from '../../../api/session.ts'
import { readSetupSearch } from './-setup/search.ts'
import { SetupPage } from './-setup/setup-page.tsx'

export const Route = createFileRoute('/_app/attendance/setup')({
  validateSearch: readSetupSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:read'),
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(operationQuery('attendance.shifts', {}))
  },
  component: SetupPage,
})
