import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { MaintenancePage } from './-fleet/maintenance-page.tsx'

export const Route = createFileRoute('/_app/devices/maintenance')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  component: MaintenancePage,
})
