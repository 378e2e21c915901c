import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { OperationError } from '#contract/errors.ts'
import { useFallbackInterval } from '../../../../api/link.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { AdoptForm } from '../../../../components/devices/adopt-form.tsx'
import { PingButton } from '../../../../components/devices/ping-button.tsx'
import { RestartButton } from '../../../../components/devices/restart-button.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { DeviceAbout } from './device-about.tsx'
import type { DeviceInfo } from './device-info.ts'
import { DeviceLights } from './device-lights.tsx'
import { DeviceOptions } from './device-options.tsx'
import { DeviceOrders } from './device-orders.tsx'
import styles from './device-page.module.css'
import { DeviceStorage } from './device-storage.tsx'

/** One terminal: is it there, what is it, what was ordered of it. */
export function DevicePage() {
  const w = words.devicePage
  const { deviceSN } = useParams({ from: '/_app/devices/$deviceSN' })
  const query = useQuery({
    ...operationQuery('devices.info', { DeviceSN: deviceSN }),
    refetchInterval: useFallbackInterval(),
  })
  return (
    <>
      <Link to="/devices" className={styles.back}>
        {w.back}
      </Link>
      {isGone(query) ? (
        <>
          <PageHeader title={deviceSN} />
          <EmptyState icon="devices" title={w.gone} actions={<Link to="/devices">{w.back}</Link>} />
        </>
      ) : (
        <>
          <DeviceHeader deviceSN={deviceSN} device={query.data} />
          <QueryBlock query={query} pending={<SkeletonPanel rows={12} />}>
            {device => <DeviceBody device={device} updatedAt={query.dataUpdatedAt} />}
          </QueryBlock>
        </>
      )}
    </>
  )
}

function DeviceHeader({
  deviceSN,
  device,
}: {
  readonly deviceSN: string
  readonly device: DeviceInfo | undefined
}) {
  const [isEditing, setEditing] = useState(false)
  const mayEdit = useCan('devices:adopt')
  const isAdopted = device?.Adoption === 'Adopted'
  return (
    <>
      <PageHeader
        title={device?.LabelName ?? deviceSN}
        lead={device && [device.Site, device.Model, device.DeviceSN].filter(Boolean).join(' · ')}
        actions={
          device && (
            <>
              {isAdopted && <PingButton deviceSN={deviceSN} />}
              {isAdopted && <RestartButton device={device} size="medium" />}
              {isAdopted && mayEdit && (
                <Button icon="edit" onClick={() => setEditing(true)}>
                  {words.devicePage.edit}
                </Button>
              )}
              {!isAdopted && mayEdit && (
                <Link to="/devices" search={{ adopt: deviceSN }}>
                  {words.devices.adopt.submit}
                </Link>
              )}
            </>
          )
        }
      />
      {isEditing && device && (
        <SideSheet title={words.devicePage.edit} lead={device.DeviceSN} onClose={() => setEditing(false)}>
          <AdoptForm device={device} onDone={() => setEditing(false)} onCancel={() => setEditing(false)} />
        </SideSheet>
      )}
    </>
  )
}

function DeviceBody({ device, updatedAt }: { readonly device: DeviceInfo; readonly updatedAt: number }) {
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <DeviceLights device={device} updatedAt={updatedAt} />
        <DeviceOrders device={device} />
        <DeviceStorage device={device} />
        <DeviceOptions options={device.Options} />
      </div>
      <DeviceAbout device={device} />
    </div>
  )
}

function isGone(query: UseQueryResult<unknown>): boolean {
  return query.error instanceof OperationError && query.error.status === 404
}
