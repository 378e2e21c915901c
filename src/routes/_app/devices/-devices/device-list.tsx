import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import type { Changes } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { TextFilter } from '../../../../components/filter-bar/text-filter.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { count } from '../../../../format/number.ts'
import { devicesPageWords } from '../../../../words/devices-page.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import { words } from '../../../../words/index.ts'
import { BulkBar } from './bulk-bar.tsx'
import { deviceColumns, deviceNarrowColumns } from './device-columns.tsx'
import { type DevicesSearch, sorts, troubles } from './search.ts'

type Fleet = OperationAnswer<'devices.fleet'>
export type FleetDevice = Fleet['Devices'][number]

/** The trusted terminals the URL asks for: filtered, sorted and counted by the gateway, so that thousands cost no more. */
export function DeviceList({
  query,
  search,
  onChange,
}: {
  readonly query: UseInfiniteQueryResult<InfiniteData<Fleet>>
  readonly search: DevicesSearch
  readonly onChange: (changes: Changes<DevicesSearch>) => void
}) {
  const w = devicesPageWords
  const isNarrow = useNarrow()
  const mayOrder = useCan('devices:operate')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const first = query.data?.pages[0]
  if (first === undefined) return null
  if (first.Total === 0) return first.Waiting.length > 0 ? null : <NoDevices />
  const rows = query.data?.pages.flatMap(page => page.Devices) ?? []
  const toggle = (sn: string) =>
    setSelected(old => {
      const next = new Set(old)
      if (!next.delete(sn)) next.add(sn)
      return next
    })
  const select = mayOrder && !isNarrow ? { selected, toggle } : undefined
  return (
    <>
      <Filters fleet={first} search={search} onChange={onChange} />
      {select && (
        <BulkBar
          selected={selected}
          onSelectLoaded={() => setSelected(new Set(rows.map(({ DeviceSN }) => DeviceSN)))}
          onClear={() => setSelected(new Set())}
        />
      )}
      <DataTable
        label={w.title}
        columns={isNarrow ? deviceNarrowColumns() : deviceColumns(select)}
        rows={rows}
        rowKey={device => device.DeviceSN}
        rowHeight={isNarrow ? 58 : 48}
        total={first.ActualRowCount}
        isLoadingMore={query.isFetchingNextPage}
        isOld={query.isPlaceholderData}
        onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
        empty={
          <EmptyState
            icon="search"
            title={words.parts.filters.nothing}
            actions={
              <Button
                onClick={() =>
                  onChange({
                    q: undefined,
                    site: undefined,
                    state: undefined,
                    trouble: undefined,
                    tag: undefined,
                    model: undefined,
                    firmware: undefined,
                  })
                }
              >
                {words.parts.filters.clearAll}
              </Button>
            }
          >
            {w.nothingBody}
          </EmptyState>
        }
      />
    </>
  )
}

function Filters({
  fleet,
  search,
  onChange,
}: {
  readonly fleet: Fleet
  readonly search: DevicesSearch
  readonly onChange: (changes: Changes<DevicesSearch>) => void
}) {
  const w = devicesPageWords
  const f = fleetWords.list
  const states = [
    { value: 'all', label: w.stateCount(w.states.all, count(fleet.Online + fleet.Offline)) },
    { value: 'online', label: w.stateCount(w.states.online, count(fleet.Online)) },
    { value: 'offline', label: w.stateCount(w.states.offline, count(fleet.Offline)) },
  ] as const
  const set = [search.q, search.site, search.trouble, search.tag, search.model, search.firmware]
  return (
    <FilterBar
      lead={
        <Segmented
          label={w.state}
          value={search.state ?? 'all'}
          options={states}
          onChange={state => onChange({ state: state === 'all' ? undefined : state })}
        />
      }
      active={set.filter(Boolean).length}
      onClear={() =>
        onChange({
          q: undefined,
          site: undefined,
          trouble: undefined,
          tag: undefined,
          model: undefined,
          firmware: undefined,
        })
      }
    >
      <TextFilter label={w.search} value={search.q ?? ''} onChange={q => onChange({ q: q || undefined })} />
      <Choice
        label={w.site}
        all={w.allSites}
        value={search.site}
        options={fleet.Sites}
        onChange={site => onChange({ site })}
      />
      {fleet.Tags.length > 0 && (
        <Choice
          label={f.tag}
          all={f.allTags}
          value={search.tag}
          options={fleet.Tags}
          onChange={tag => onChange({ tag })}
        />
      )}
      {(fleet.Models.length > 1 || search.model) && (
        <Choice
          label={f.model}
          all={f.allModels}
          value={search.model}
          options={fleet.Models.filter(({ Name }) => Name !== '')}
          onChange={model => onChange({ model, firmware: undefined })}
        />
      )}
      <select
        className="gh-select"
        aria-label={f.trouble}
        value={search.trouble ?? ''}
        onChange={event => onChange({ trouble: troubles.find(one => one === event.target.value) })}
      >
        <option value="">{f.troubles.all}</option>
        {troubles.map(trouble => (
          <option key={trouble} value={trouble}>
            {f.troubles[trouble]}
          </option>
        ))}
      </select>
      <select
        className="gh-select"
        aria-label={f.sort}
        value={search.sort ?? 'site'}
        onChange={event => {
          const chosen = sorts.find(one => one === event.target.value)
          onChange({ sort: chosen === 'site' ? undefined : chosen })
        }}
      >
        {sorts.map(sort => (
          <option key={sort} value={sort}>
            {`${f.sort}: ${f.sorts[sort]}`}
          </option>
        ))}
      </select>
    </FilterBar>
  )
}

function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly all: string
  readonly value: string | undefined
  readonly options: Fleet['Sites']
  readonly onChange: (value: string | undefined) => void
}) {
  if (options.length < 2 && value === undefined) return null
  return (
    <select
      className="gh-select"
      aria-label={label}
      value={value ?? ''}
      onChange={event => onChange(event.target.value || undefined)}
    >
      <option value="">{all}</option>
      {options.map(({ Name, Count }) => (
        <option key={Name} value={Name}>
          {`${Name} (${count(Count)})`}
        </option>
      ))}
    </select>
  )
}

function NoDevices() {
  const w = devicesPageWords
  return (
    <EmptyState icon="devices" title={w.none}>
      {w.noneBody(w.terminalAddress(location.hostname))}
    </EmptyState>
  )
}
