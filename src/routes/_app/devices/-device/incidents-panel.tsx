import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { operationInfiniteQuery, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import type { DeviceInfo } from './device-info.ts'
import { type Incident, IncidentItem } from './incident-item.tsx'
import styles from './incidents-panel.module.css'
import { useDeviceSearch } from './use-device-search.ts'

/** No event tells of an incident. */
const lookAgainMs = 30_000
const shows = ['all', 'open', 'ended'] as const

/** Everything that went wrong with this terminal, newest first, with what to do about what still lasts. */
export function IncidentsPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.incidents
  const [search, change] = useDeviceSearch()
  const show = shows.find(each => each === search.show) ?? 'all'
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('devices.incidents', {
      DeviceSN: device.DeviceSN,
      Limit: 50,
      ...(show === 'all' ? {} : { Open: show === 'open' }),
    }),
    refetchInterval: lookAgainMs,
  })
  const incidents = query.data?.pages.flatMap(page => page.Incidents) ?? []
  const nothing = { all: w.none, open: w.noneOpen, ended: w.noneEnded }[show]
  return (
    <Panel
      title={w.title}
      updatedAt={query.dataUpdatedAt}
      flush
      actions={
        <Segmented
          label={w.show}
          value={show}
          options={shows.map(value => ({ value, label: w.shows[value] }))}
          onChange={value => change({ show: value === 'all' ? undefined : value })}
        />
      }
    >
      {query.isPending ? (
        <Pending />
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : incidents.length === 0 ? (
        <EmptyState icon="check" title={nothing}>
          {w.noneBody}
        </EmptyState>
      ) : (
        <>
          <IncidentItems incidents={incidents} device={device} />
          {query.hasNextPage && (
            <div className={styles.more}>
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {words.states.table.loadMore}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

/** On the overview: only what has not ended, and nothing at all where nothing is wrong. */
export function OpenIncidents({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.incidents
  const { data } = useQuery({
    ...operationQuery('devices.incidents', { DeviceSN: device.DeviceSN, Open: true, Limit: 10 }),
    enabled: device.Incidents > 0,
  })
  const open = device.Incidents > 0 ? (data?.Incidents ?? []) : []
  if (open.length === 0) return null
  return (
    <Panel
      title={w.openTitle(device.Incidents)}
      flush
      actions={
        <Link from="/devices/$deviceSN" to="." search={{ tab: 'incidents' }}>
          {w.all}
        </Link>
      }
    >
      <IncidentItems incidents={open} device={device} />
    </Panel>
  )
}

function IncidentItems({
  incidents,
  device,
}: {
  readonly incidents: readonly Incident[]
  readonly device: DeviceInfo
}) {
  return (
    <ul className={styles.list}>
      {incidents.map(incident => (
        <IncidentItem
          key={incident.IncidentID}
          incident={incident}
          deviceSN={device.DeviceSN}
          timeZone={device.TimeZone}
        />
      ))}
    </ul>
  )
}

function Pending() {
  return (
    <div className={styles.pending}>
      <SkeletonRows rows={8} height={20} />
    </div>
  )
}
