import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../../../api/query.ts'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { useTicking } from '../../../../format/now.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { lastDays } from './clock-change.ts'
import { ClockChanges } from './clock-changes.tsx'
import { ClockHistory } from './clock-history.tsx'
import { ClockNow } from './clock-now.tsx'
import styles from './clock-panel.module.css'
import type { DeviceInfo } from './device-info.ts'
import { DriftedPunches } from './drifted-punches.tsx'
import { useDeviceSearch } from './use-device-search.ts'

/** Readings come without an event of their own; a drift is slow, so a slow look is enough. */
const lookAgainMs = 30_000
const daysDefault = 7

/** How the clock of the terminal runs, what moved it, and the order to set it. */
export function ClockPanel({ device }: { readonly device: DeviceInfo }) {
  const [{ days = daysDefault }] = useDeviceSearch()
  const today = useTicking(now => todayIn(device.TimeZone, now))
  const range = lastDays(today, days)
  const query = useQuery({
    ...operationQuery('devices.clock', { DeviceSN: device.DeviceSN, ...range }),
    refetchInterval: lookAgainMs,
    placeholderData: keepPreviousData,
  })
  return (
    <QueryBlock query={query} pending={<Pending />}>
      {clock => (
        <div className={styles.column}>
          <ClockNow device={device} clock={clock} updatedAt={query.dataUpdatedAt} />
          <ClockHistory clock={clock} days={days} range={range} />
          <DriftedPunches clock={clock} />
          <ClockChanges clock={clock} />
        </div>
      )}
    </QueryBlock>
  )
}

function Pending() {
  return (
    <div className={styles.column}>
      <SkeletonPanel rows={4} />
      <SkeletonPanel rows={8} />
    </div>
  )
}
