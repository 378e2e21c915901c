import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { requirePermission } from '../../../api/session.ts'
import { DevicePage } from './-device/device-page.tsx'
import { readDeviceSearch } from './-device/search.ts'

export const Route = createFileRoute('/_app/devices/$deviceSN')({
  validateSearch: readDeviceSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  loader: ({ context: { queryClient }, params: { deviceSN } }) => {
    void queryClient.prefetchQuery(operationQuery('devices.info', { DeviceSN: deviceSN }))
    void queryClient.prefetchQuery(operationQuery('devices.status', { DeviceSN: deviceSN }))
  },
  component: DevicePage,
})
