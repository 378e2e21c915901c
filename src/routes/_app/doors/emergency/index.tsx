import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { requirePermission } from '../../../../api/session.ts'
import { EmergencyPage } from '../-emergency/emergency-page.tsx'

export const Route = createFileRoute('/_app/doors/emergency/')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'doors:read'),
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(operationQuery('doors.emergencies', {}))
  },
  component: EmergencyPage,
})
