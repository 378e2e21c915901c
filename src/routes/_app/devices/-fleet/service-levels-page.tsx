import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { lasting } from '../../../../format/time.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import { readerLocale } from '../../../../words/index.ts'
import { FleetNav } from './fleet-nav.tsx'
import styles from './fleet-page.module.css'

type Levels = OperationAnswer<'devices.serviceLevels'>
type Row = Omit<Levels['Devices'][number], 'DeviceSN' | 'LabelName' | 'Site'>

/** Uptime of a month by site and terminal, to be printed. */
export function ServiceLevelsPage() {
  const w = fleetWords.serviceLevels
  const search = useSearch({ from: '/_app/devices/service-levels' })
  const navigate = useNavigate({ from: '/devices/service-levels' })
  const [thisMonth] = useState(() => new Date().toISOString().slice(0, 7))
  const month = search.month ?? thisMonth
  const query = useQuery(operationQuery('devices.serviceLevels', { Month: month }))
  const name = new Intl.DateTimeFormat(readerLocale(), {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${month}-15T00:00:00Z`))
  return (
    <>
      <FleetNav current="serviceLevels" />
      <PageHeader
        title={w.title}
        lead={w.lead(name)}
        actions={
          <>
            <input
              type="month"
              className="gh-input"
              aria-label={w.month}
              value={month}
              max={thisMonth}
              onChange={event =>
                void navigate({
                  search: event.target.value ? { month: event.target.value } : {},
                  replace: true,
                })
              }
            />
            <Button icon="download" onClick={() => window.print()}>
              {w.print}
            </Button>
          </>
        }
      />
      <QueryBlock query={query} pending={<SkeletonPanel rows={12} />}>
        {levels =>
          levels.Devices.length === 0 ? (
            <EmptyState icon="devices" title={w.none} />
          ) : (
            <div className={styles.column}>
              <Panel title={w.sites} flush>
                <LevelTable
                  label={w.sites}
                  first={[w.columns.site, w.columns.terminals]}
                  rows={levels.Sites.map(site => ({
                    key: site.Site,
                    first: [site.Site, count(site.Devices)],
                    row: site,
                  }))}
                />
              </Panel>
              <Panel title={w.devices} flush>
                <LevelTable
                  label={w.devices}
                  first={[w.columns.name, w.columns.site]}
                  rows={levels.Devices.map(device => ({
                    key: device.DeviceSN,
                    first: [device.LabelName, device.Site],
                    row: device,
                  }))}
                />
              </Panel>
            </div>
          )
        }
      </QueryBlock>
    </>
  )
}

function LevelTable({
  label,
  first,
  rows,
}: {
  readonly label: string
  readonly first: readonly [string, string]
  readonly rows: readonly {
    readonly key: string
    readonly first: readonly [string, string]
    readonly row: Row
  }[]
}) {
  const w = fleetWords.serviceLevels
  const shown = (seconds: number) => (seconds === 0 ? w.nothing : lasting(seconds * 1000))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={styles.scroller} aria-label={`${w.title}: ${label}`} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{first[0]}</th>
            <th scope="col">{first[1]}</th>
            {(['uptime', 'away', 'planned', 'unknown', 'outages'] as const).map(column => (
              <th key={column} scope="col" data-end>
                {w.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, first: [name, second], row }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{second}</td>
              <td data-end>{row.UpPercent === null ? w.nothing : percent(row.UpPercent)}</td>
              <td data-end>{shown(row.AwaySeconds)}</td>
              <td data-end>{shown(row.PlannedSeconds)}</td>
              <td data-end>{shown(row.UnknownSeconds)}</td>
              <td data-end>{row.Outages === 0 ? w.nothing : count(row.Outages)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Rounded down: 99.996 % is not 100 %. */
export function percent(value: number): string {
  const floored = Math.floor(value * 100) / 100
  return new Intl.NumberFormat(readerLocale(), {
    style: 'percent',
    maximumFractionDigits: 2,
  }).format(floored / 100)
}
