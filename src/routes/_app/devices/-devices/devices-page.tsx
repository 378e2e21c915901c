import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useFallbackInterval } from '../../../../api/link.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { type Adopted, AdoptForm } from '../../../../components/devices/adopt-form.tsx'
import type { Device } from '../../../../components/devices/restart-button.tsx'
import { Freshness } from '../../../../components/freshness/freshness.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { devicesPageWords } from '../../../../words/devices-page.ts'
import { words } from '../../../../words/index.ts'
import { FleetNav } from '../-fleet/fleet-nav.tsx'
import { DeviceList } from './device-list.tsx'
import { fleetQuery } from './fleet-query.ts'
import type { DevicesSearch } from './search.ts'
import { WaitingDevices } from './waiting-devices.tsx'

/** Every terminal: those that wait for trust on top, then the list. */
export function DevicesPage() {
  const w = devicesPageWords
  const search = useSearch({ from: '/_app/devices/' })
  const navigate = useNavigate({ from: '/devices/' })
  const query = useInfiniteQuery({ ...fleetQuery(search), refetchInterval: useFallbackInterval() })
  const [adopted, setAdopted] = useState<Adopted | null>(null)
  const mayAdopt = useCan('devices:adopt')
  const change = (changes: Changes<DevicesSearch>) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const first = query.data?.pages[0]
  const waiting = first?.Waiting ?? []
  const adopting = mayAdopt ? waiting.find(device => device.DeviceSN === search.adopt) : undefined
  return (
    <>
      <FleetNav current="list" />
      <PageHeader
        title={w.title}
        lead={first !== undefined && first.Total > 0 && w.lead(first.Total)}
        actions={<Freshness updatedAt={query.dataUpdatedAt} />}
      />
      <WaitingDevices
        devices={waiting}
        mayAdopt={mayAdopt}
        adopted={adopted}
        onAdopt={adopt => change({ adopt })}
      />
      {query.isPending && <SkeletonPanel rows={12} />}
      {query.data === undefined && query.isError && (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && <DeviceList query={query} search={search} onChange={change} />}
      {adopting && (
        <AdoptSheet
          device={adopting}
          onClose={() => change({ adopt: undefined })}
          onDone={result => {
            setAdopted(result)
            change({ adopt: undefined })
          }}
        />
      )}
    </>
  )
}

function AdoptSheet({
  device,
  onClose,
  onDone,
}: {
  readonly device: Device
  readonly onClose: () => void
  readonly onDone: (adopted: Adopted) => void
}) {
  const w = words.devices
  const about = [
    device.DeviceSN,
    device.Model,
    device.Address,
    device.HeldUploads > 0 && w.held(device.HeldUploads),
  ]
  return (
    <SideSheet title={w.adopt.submit} lead={about.filter(Boolean).join(' · ')} onClose={onClose}>
      <p>{w.adopt.lead}</p>
      <AdoptForm device={device} onDone={onDone} onCancel={onClose} />
    </SideSheet>
  )
}
