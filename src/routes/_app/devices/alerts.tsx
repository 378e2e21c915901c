import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { AlertsPage } from './-fleet/alerts-page.tsx'

export const Route = createFileRoute('/_app/devices/alerts')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  component: AlertsPage,
})
