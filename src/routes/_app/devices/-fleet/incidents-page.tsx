import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { type Column, DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { count } from '../../../../format/number.ts'
import { lasting } from '../../../../format/time.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import { FleetNav } from './fleet-nav.tsx'
import styles from './fleet-page.module.css'
import { IncidentSheet } from './incident-sheet.tsx'
import { type Incident, IncidentBadge, incidentTitle } from './incident-title.tsx'
import { type IncidentsSearch, incidentKinds } from './search.ts'

const lookAgainMs = 15_000

/** Every incident of every terminal, newest first. */
export function IncidentsPage() {
  const w = fleetWords.incidents
  const search = useSearch({ from: '/_app/devices/incidents' })
  const navigate = useNavigate({ from: '/devices/incidents' })
  const isNarrow = useNarrow()
  const change = (changes: Changes<IncidentsSearch>) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('devices.incidents', {
      Limit: 100,
      ...(search.show === undefined ? {} : { Open: search.show === 'open' }),
      ...(search.kind === undefined ? {} : { Kind: search.kind }),
      ...(search.site === undefined ? {} : { Site: search.site }),
    }),
    refetchInterval: lookAgainMs,
  })
  const rows = query.data?.pages.flatMap(page => page.Incidents) ?? []
  const open = (id: string) => change({ incident: id })
  const t = terminalWords.incidents
  return (
    <>
      <FleetNav current="incidents" />
      <PageHeader title={w.title} lead={w.lead} />
      <FilterBar
        lead={
          <Segmented
            label={t.show}
            value={search.show ?? 'all'}
            options={(['all', 'open', 'ended'] as const).map(value => ({ value, label: t.shows[value] }))}
            onChange={show => change({ show: show === 'all' ? undefined : show })}
          />
        }
        active={(search.kind ? 1 : 0) + (search.site ? 1 : 0)}
        onClear={() => change({ kind: undefined, site: undefined })}
      >
        <select
          className="gh-select"
          aria-label={w.kind}
          value={search.kind ?? ''}
          onChange={event => change({ kind: incidentKinds.find(kind => kind === event.target.value) })}
        >
          <option value="">{w.allKinds}</option>
          {incidentKinds.map(kind => (
            <option key={kind} value={kind}>
              {w.kinds[kind]}
            </option>
          ))}
        </select>
      </FilterBar>
      {query.isPending ? (
        <SkeletonPanel rows={10} />
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={w.title}
          columns={isNarrow ? narrowColumns(open) : wideColumns(open)}
          rows={rows}
          rowKey={incident => incident.IncidentID}
          rowHeight={isNarrow ? 62 : 40}
          total={query.data.pages[0]?.ActualRowCount ?? rows.length}
          isLoadingMore={query.isFetchingNextPage}
          onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          current={search.incident}
          empty={
            <EmptyState icon="check" title={w.none}>
              {w.noneBody}
            </EmptyState>
          }
        />
      )}
      {search.incident && (
        <IncidentSheet incidentId={search.incident} onClose={() => change({ incident: undefined })} />
      )}
    </>
  )
}

function Title({ incident, onOpen }: { readonly incident: Incident; readonly onOpen: (id: string) => void }) {
  return (
    <span className={styles.pick}>
      <button type="button" className={styles.open} onClick={() => onOpen(incident.IncidentID)}>
        {incidentTitle(incident)}
      </button>
      <IncidentBadge incident={incident} />
      {incident.Times > 1 && incident.Kind === 'Offline' && (
        <span className={styles.quiet}>{fleetWords.incidents.flapped(incident.Times)}</span>
      )}
    </span>
  )
}

function wideColumns(open: (id: string) => void): Column<Incident>[] {
  const w = fleetWords.incidents.columns
  return [
    {
      id: 'what',
      header: w.what,
      width: 'minmax(300px, 3fr)',
      cell: incident => <Title incident={incident} onOpen={open} />,
    },
    {
      id: 'since',
      header: w.since,
      width: '130px',
      cell: incident => <Age at={incident.StartedAt} />,
    },
    { id: 'lasted', header: w.lasted, width: '120px', cell: incident => <Lasted incident={incident} /> },
    {
      id: 'people',
      header: w.people,
      width: '84px',
      align: 'end',
      cell: incident => number(incident.People),
    },
    {
      id: 'missing',
      header: w.missing,
      width: '132px',
      align: 'end',
      cell: incident => number(incident.PunchesMissing),
    },
    {
      id: 'who',
      header: w.who,
      width: 'minmax(120px, 1fr)',
      cell: incident =>
        incident.Assignee ??
        (incident.AcknowledgedAt ? (
          <span className={styles.quiet}>{fleetWords.alerts.acknowledged}</span>
        ) : (
          ''
        )),
    },
  ]
}

function narrowColumns(open: (id: string) => void): Column<Incident>[] {
  return [
    {
      id: 'incident',
      header: fleetWords.incidents.title,
      width: 'minmax(0, 1fr)',
      cell: incident => (
        <>
          <Title incident={incident} onOpen={open} />
          <span className={styles.small}>
            <Age at={incident.StartedAt} /> · <Lasted incident={incident} />
          </span>
        </>
      ),
    },
  ]
}

function Lasted({ incident }: { readonly incident: Incident }) {
  if (incident.EndedAt === null) return <Badge tone="danger">{fleetWords.incidents.open}</Badge>
  return <span>{lasting(Date.parse(incident.EndedAt) - Date.parse(incident.StartedAt))}</span>
}

function number(value: number | null) {
  return value === null ? (
    <span className={styles.quiet} title={fleetWords.incidents.notJudgedWhy}>
      {words.parts.none}
    </span>
  ) : (
    count(value)
  )
}
