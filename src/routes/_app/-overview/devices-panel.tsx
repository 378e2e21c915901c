import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { useFallbackInterval } from '../../../api/link.ts'
import { DeviceHealth, deviceConcern } from '../../../components/devices/device-health.tsx'
import { type Device, RestartButton } from '../../../components/devices/restart-button.tsx'
import { EmptyState } from '../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../components/page-states/query-states.tsx'
import { SkeletonRows } from '../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import { overviewWords } from '../../../words/overview.ts'
import { AdoptDevice } from './adopt-device.tsx'
import styles from './devices-panel.module.css'
import { devicesQuery, ofSite } from './queries.ts'

const rowsMax = 8

/** Terminals: those waiting to be adopted, then those with a concern, then the rest. */
export function DevicesPanel({
  site,
  session,
}: {
  readonly site: string | undefined
  readonly session: SessionBody
}) {
  const w = overviewWords.devices
  const query = useQuery({ ...devicesQuery, refetchInterval: useFallbackInterval() })
  const all = query.data?.Devices ?? []
  // A terminal nobody has placed yet belongs to no site, so no filter may hide it.
  const waiting = all.filter(device => device.Adoption === 'Waiting')
  const adopted = ofSite(
    all.filter(device => device.Adoption === 'Adopted'),
    site,
  ).sort(byConcern)
  const fine = adopted.filter(device => deviceConcern(device) === 0).length
  const shown = adopted.slice(0, rowsMax)
  return (
    <Panel
      title={w.title}
      note={adopted.length > 0 && fine === adopted.length && w.fine(fine)}
      updatedAt={query.dataUpdatedAt}
      flush
      actions={
        <Link to="/devices" className={styles.all}>
          {w.showAll}
        </Link>
      }
    >
      <QueryBlock
        query={query}
        pending={
          <div className={styles.pending}>
            <SkeletonRows rows={4} height={30} />
          </div>
        }
      >
        {() =>
          waiting.length + adopted.length === 0 ? (
            <EmptyState compact icon="devices" title={w.empty}>
              {w.emptyBody(overviewWords.terminalAddress(location.hostname))}
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {waiting.map(device => (
                <li key={device.DeviceSN} className={styles.waiting}>
                  <AdoptDevice device={device} session={session} />
                </li>
              ))}
              {shown.map(device => (
                <li key={device.DeviceSN} className={styles.row}>
                  <DeviceHealth device={device} />
                  <RestartButton device={device} />
                </li>
              ))}
              {adopted.length > shown.length && (
                <li className={styles.more}>{w.more(adopted.length - shown.length)}</li>
              )}
            </ul>
          )
        }
      </QueryBlock>
    </Panel>
  )
}

function byConcern(a: Device, b: Device): number {
  return deviceConcern(b) - deviceConcern(a) || a.LabelName.localeCompare(b.LabelName)
}
