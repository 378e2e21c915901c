import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
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
import { devicePageWords } from '../../../../words/device-page.ts'
import { words } from '../../../../words/index.ts'
import { ClockPanel } from './clock-panel.tsx'
import { DeviceAbout } from './device-about.tsx'
import type { DeviceInfo } from './device-info.ts'
import { DeviceLights } from './device-lights.tsx'
import { DeviceOptions } from './device-options.tsx'
import { DeviceOrders } from './device-orders.tsx'
import styles from './device-page.module.css'
import { DeviceStorage } from './device-storage.tsx'
import { DeviceTabs } from './device-tabs.tsx'
import { DeviceWalk } from './device-walk.tsx'
import { HealthPanel } from './health-panel.tsx'
import { IncidentsPanel, OpenIncidents } from './incidents-panel.tsx'
import { OrdersPanel } from './orders-panel.tsx'
import { ProfilePanel } from './profile-panel.tsx'
import { RejectsPanel } from './rejects-panel.tsx'
import type { DeviceTab } from './search.ts'
import { SecurityPanel } from './security-panel.tsx'
import { SwapPanel } from './swap-panel.tsx'
import { TimelinePanel } from './timeline-panel.tsx'
import { TracePanel } from './trace-panel.tsx'
import { useDeviceSearch } from './use-device-search.ts'

/** No event tells of a line that could not be read, of an incident or of a clock. */
const lookAgainMs = 30_000

/** One terminal: is it there, what is it, how it speaks, how its clock runs, and what went wrong. */
export function DevicePage() {
  const w = devicePageWords
  const { deviceSN } = useParams({ from: '/_app/devices/$deviceSN' })
  const [{ tab = 'overview' }] = useDeviceSearch()
  const query = useQuery({
    ...operationQuery('devices.info', { DeviceSN: deviceSN }),
    refetchInterval: useFallbackInterval() || lookAgainMs,
  })
  return (
    <>
      <div className={styles.top}>
        <Link to="/devices" className={styles.back}>
          {w.back}
        </Link>
        <DeviceWalk deviceSN={deviceSN} tab={tab} />
      </div>
      {isGone(query) ? (
        <>
          <PageHeader title={deviceSN} />
          <EmptyState icon="devices" title={w.gone} actions={<Link to="/devices">{w.back}</Link>} />
        </>
      ) : (
        // What was ordered of one terminal must not show at the next one the reader walks to.
        <Fragment key={deviceSN}>
          <DeviceHeader deviceSN={deviceSN} device={query.data} />
          <DeviceTabs current={tab} device={query.data} />
          <QueryBlock query={query} pending={<SkeletonPanel rows={12} />}>
            {device => <Section tab={tab} device={device} updatedAt={query.dataUpdatedAt} />}
          </QueryBlock>
        </Fragment>
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
        lead={device && [device.Site, device.Model, serialOf(device)].filter(Boolean).join(' · ')}
        actions={
          device && (
            <>
              {isAdopted && <PingButton deviceSN={deviceSN} />}
              {isAdopted && <RestartButton device={device} size="medium" />}
              {isAdopted && mayEdit && (
                <Button icon="edit" onClick={() => setEditing(true)}>
                  {devicePageWords.edit}
                </Button>
              )}
              {!isAdopted && mayEdit && (
                <Button look="primary" onClick={() => setEditing(true)}>
                  {words.devices.adopt.submit}
                </Button>
              )}
            </>
          )
        }
      />
      {isEditing && device && (
        <SideSheet
          title={isAdopted ? devicePageWords.edit : words.devices.adopt.submit}
          lead={device.DeviceSN}
          onClose={() => setEditing(false)}
        >
          {!isAdopted && <p>{words.devices.adopt.lead}</p>}
          <AdoptForm device={device} onDone={() => setEditing(false)} onCancel={() => setEditing(false)} />
        </SideSheet>
      )}
    </>
  )
}

/** Whoever has no other name has it as the title already. */
function serialOf({ LabelName, DeviceSN }: DeviceInfo): string {
  return LabelName === DeviceSN ? '' : DeviceSN
}

function Section({
  tab,
  device,
  updatedAt,
}: {
  readonly tab: DeviceTab
  readonly device: DeviceInfo
  readonly updatedAt: number
}) {
  if (tab === 'health') return <HealthPanel device={device} />
  if (tab === 'orders') return <OrdersPanel device={device} />
  if (tab === 'timeline') return <TimelinePanel device={device} />
  if (tab === 'trace') return <TracePanel device={device} />
  if (tab === 'profile') return <ProfilePanel device={device} />
  if (tab === 'clock') return <ClockPanel device={device} />
  if (tab === 'rejects') return <RejectsPanel device={device} />
  if (tab === 'incidents') return <IncidentsPanel device={device} />
  if (tab === 'security') return <SecurityPanel device={device} />
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <OpenIncidents device={device} />
        <DeviceLights device={device} updatedAt={updatedAt} />
        <DeviceOrders device={device} />
        <DeviceStorage device={device} />
        <DeviceOptions options={device.Options} fixed={device.FixedOptions} />
        <SwapPanel device={device} />
      </div>
      <DeviceAbout device={device} />
    </div>
  )
}

function isGone(query: UseQueryResult<unknown>): boolean {
  return query.error instanceof OperationError && query.error.status === 404
}
