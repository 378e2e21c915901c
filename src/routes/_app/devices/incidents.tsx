import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { IncidentsPage } from './-fleet/incidents-page.tsx'
import { readIncidentsSearch } from './-fleet/search.ts'

export const Route = createFileRoute('/_app/devices/incidents')({
  validateSearch: readIncidentsSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  component: IncidentsPage,
})
