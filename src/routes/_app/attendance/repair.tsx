import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { RepairPage } from './-repair/repair-page.tsx'
import { readRepairSearch } from './-repair/search.ts'

export const Route = createFileRoute('/_app/attendance/repair')({
  validateSearch: readRepairSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:correct'),
  component: RepairPage,
})
