import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { requirePermission } from '../../../api/session.ts'
import { DevicesPage } from './-devices/devices-page.tsx'
import { readDevicesSearch } from './-devices/search.ts'

export const Route = createFileRoute('/_app/devices/')({
  validateSearch: readDevicesSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  loader: ({ context }) => void context.queryClient.prefetchQuery(operationQuery('devices.list', {})),
  component: DevicesPage,
})
