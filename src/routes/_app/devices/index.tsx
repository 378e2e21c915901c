import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { DevicesPage } from './-devices/devices-page.tsx'
import { fleetQuery } from './-devices/fleet-query.ts'
import { readDevicesSearch } from './-devices/search.ts'

export const Route = createFileRoute('/_app/devices/')({
  validateSearch: readDevicesSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(fleetQuery(deps)),
  component: DevicesPage,
})
