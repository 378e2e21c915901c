import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { requirePermission } from '../../../../api/session.ts'
import { OneEmergencyPage } from '../-emergency/one-emergency-page.tsx'

export const Route = createFileRoute('/_app/doors/emergency/$emergencyID')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'doors:read'),
  loader: ({ context: { queryClient }, params }) => {
    void queryClient.prefetchQuery(operationQuery('doors.emergency', { EmergencyID: params.emergencyID }))
  },
  component: OneEmergencyPage,
})
