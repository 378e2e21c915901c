import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Changes, present } from '../../../../api/search.ts'
import type { DeviceSearch } from './search.ts'

/** What the address says of this page, and how to change it without a step in the history. */
export function useDeviceSearch(): readonly [DeviceSearch, (changes: Changes<DeviceSearch>) => void] {
  const search = useSearch({ from: '/_app/devices/$deviceSN' })
  const navigate = useNavigate({ from: '/devices/$deviceSN' })
  return [
    search,
    changes =>
      void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false }),
  ]
}
