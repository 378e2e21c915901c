import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { readMonthSearch } from './-fleet/search.ts'
import { ServiceLevelsPage } from './-fleet/service-levels-page.tsx'

export const Route = createFileRoute('/_app/devices/service-levels')({
  validateSearch: readMonthSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  component: ServiceLevelsPage,
})
