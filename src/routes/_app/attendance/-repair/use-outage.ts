import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { type Outage, outageWindow } from './outage-window.ts'
import type { RepairSearch } from './search.ts'

/**
 * The outage the address names. A link from an incident names no times: they are put into the address once they are
 * known, so that they stand still while the outage goes on.
 */
export function useOutage(
  search: RepairSearch,
  onFound: (window: ReturnType<typeof outageWindow>) => void,
): Outage | undefined {
  const { incident, device, from, to } = search
  const { data } = useQuery({
    ...operationQuery('attendance.outages', { IncidentID: incident ?? '' }),
    enabled: incident !== undefined,
  })
  const found = data?.Outages.find(({ DeviceSN }) => device === undefined || DeviceSN === device)
  const isDue = found !== undefined && (device === undefined || from === undefined || to === undefined)
  useEffect(() => {
    if (isDue && found) onFound(outageWindow(found))
  }, [isDue, found, onFound])
  return found
}
