import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { readDaysSearch } from './-days/search.ts'
import { HeatPage } from './-heat/heat-page.tsx'

export const Route = createFileRoute('/_app/attendance/heat')({
  validateSearch: readDaysSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:read'),
  component: HeatPage,
})
