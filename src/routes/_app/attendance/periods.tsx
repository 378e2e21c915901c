import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { PeriodsPage } from './-periods/periods-page.tsx'

export const Route = createFileRoute('/_app/attendance/periods')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:read'),
  component: PeriodsPage,
})
