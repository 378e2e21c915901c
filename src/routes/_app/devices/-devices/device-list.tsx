import { useDeferredValue } from 'react'
import type { Changes } from '../../../../api/search.ts'
import { Button } from '../../../../components/button/button.tsx'
import { DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import type { Device } from '../../../../components/devices/restart-button.tsx'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { TextFilter } from '../../../../components/filter-bar/text-filter.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { deviceColumns, deviceNarrowColumns } from './device-columns.tsx'
import type { DevicesSearch } from './search.ts'

/** The trusted terminals, narrowed by what the URL says. All of them are at hand, so nothing is left out unseen. */
export function DeviceList({
  devices,
  hasWaiting,
  search,
  onChange,
}: {
  readonly devices: readonly Device[]
  readonly hasWaiting: boolean
  readonly search: DevicesSearch
  readonly onChange: (changes: Changes<DevicesSearch>) => void
}) {
  const w = words.devicesPage
  const isNarrow = useNarrow()
  const text = useDeferredValue(search.q?.toLowerCase())
  const matching = devices.filter(
    device => (search.site === undefined || device.Site === search.site) && (!text || says(device, text)),
  )
  const online = matching.filter(device => device.Online)
  const shown =
    search.state === undefined
      ? matching
      : search.state === 'online'
        ? online
        : matching.filter(device => !device.Online)
  const states = [
    { value: 'all', label: w.stateCount(w.states.all, count(matching.length)) },
    { value: 'online', label: w.stateCount(w.states.online, count(online.length)) },
    { value: 'offline', label: w.stateCount(w.states.offline, count(matching.length - online.length)) },
  ] as const
  const clear = () => onChange({ q: undefined, site: undefined, state: undefined })
  if (devices.length === 0) return hasWaiting ? null : <NoDevices />
  return (
    <>
      <FilterBar
        lead={
          <Segmented
            label={w.state}
            value={search.state ?? 'all'}
            options={states}
            onChange={state => onChange({ state: state === 'all' ? undefined : state })}
          />
        }
        active={(search.q ? 1 : 0) + (search.site ? 1 : 0)}
        onClear={() => onChange({ q: undefined, site: undefined })}
      >
        <TextFilter label={w.search} value={search.q ?? ''} onChange={q => onChange({ q: q || undefined })} />
        <SiteSelect devices={devices} site={search.site} onChange={onChange} />
      </FilterBar>
      <DataTable
        label={w.title}
        columns={isNarrow ? deviceNarrowColumns() : deviceColumns()}
        rows={shown}
        rowKey={device => device.DeviceSN}
        rowHeight={isNarrow ? 58 : 38}
        total={devices.length}
        empty={
          <EmptyState
            icon="search"
            title={words.parts.filters.nothing}
            actions={<Button onClick={clear}>{words.parts.filters.clearAll}</Button>}
          >
            {w.nothingBody}
          </EmptyState>
        }
      />
    </>
  )
}

function SiteSelect({
  devices,
  site,
  onChange,
}: {
  readonly devices: readonly Device[]
  readonly site: string | undefined
  readonly onChange: (changes: Changes<DevicesSearch>) => void
}) {
  const w = words.devicesPage
  const names = [...new Set([...devices.map(device => device.Site), ...(site ? [site] : [])])].filter(Boolean)
  if (names.length < 2 && site === undefined) return null
  return (
    <select
      className="gh-select"
      aria-label={w.site}
      value={site ?? ''}
      onChange={event => onChange({ site: event.target.value || undefined })}
    >
      <option value="">{w.allSites}</option>
      {names.sort().map(name => (
        <option key={name}>{name}</option>
      ))}
    </select>
  )
}

function NoDevices() {
  const w = words.devicesPage
  return (
    <EmptyState icon="devices" title={w.none}>
      {w.noneBody(w.terminalAddress(location.hostname))}
    </EmptyState>
  )
}

function says(device: Device, text: string): boolean {
  const { LabelName, DeviceSN, Address, Model, FirmwareVersion } = device
  return [LabelName, DeviceSN, Address, Model, FirmwareVersion].some(each =>
    each?.toLowerCase().includes(text),
  )
}
