import { useQuery } from '@tanstack/react-query'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { OperationError } from '#contract/errors.ts'
import { useAge } from '../../../components/age/age.tsx'
import { totalOf } from '../../../components/charts/slices.ts'
import { doorRisk } from '../../../components/doors/door-state.tsx'
import { count } from '../../../format/number.ts'
import { overviewWords } from '../../../words/overview.ts'
import { ArrivalTiles } from './arrival-tiles.tsx'
import { devicesQuery, doorsQuery, ofSite, webhooksQuery } from './queries.ts'
import { Tile } from './tile.tsx'
import styles from './tiles.module.css'
import { useArrivals } from './use-arrivals.ts'
import { dayOf, useNowMinute, useToday } from './use-day.ts'

type May = Readonly<Record<'attendance' | 'doors' | 'devices' | 'webhooks', boolean>>
interface TileProps {
  readonly session: SessionBody
  readonly site: string | undefined
}

/** The few numbers that say whether everything is as it should be. */
export function Tiles({ session, site, may }: TileProps & { readonly may: May }) {
  return (
    <section className={styles.tiles} aria-label={overviewWords.tiles.label}>
      {may.attendance && <AttendanceTiles session={session} site={site} />}
      {may.devices && <DevicesTile site={site} />}
      {may.doors && <DoorsTile site={site} />}
      {may.webhooks && <DeliveriesTile />}
    </section>
  )
}

/** Against the plan where there is one; else what the punches alone say. */
function AttendanceTiles(props: TileProps) {
  const query = useArrivals(props.site)
  const isPlanned = query.isPending || query.data?.Planned === true
  return isPlanned ? <ArrivalTiles query={query} site={props.site} /> : <PunchTiles {...props} />
}

function PunchTiles({ session, site }: TileProps) {
  const w = overviewWords.tiles
  const query = useToday(session, site)
  const nowMinute = useNowMinute(session, site)
  const day = query.data && dayOf(query.data)
  const hint = query.data?.Present === undefined && query.data ? w.remoteHint : undefined
  const before = day && count(totalOf(day.yesterday, nowMinute ?? undefined))
  return (
    <>
      <Tile label={w.present} query={query} value={shown(query.data?.Present)} to="/attendance">
        {hint ?? w.presentHint}
      </Tile>
      <Tile label={w.people} query={query} value={shown(query.data?.People)} to="/attendance">
        {hint ?? w.peopleHint}
      </Tile>
      <Tile
        label={w.punches}
        query={query}
        value={day && (day.isPartial ? w.atLeast(count(day.punches)) : count(day.punches))}
        to="/attendance"
      >
        {day &&
          day.yesterday.length > 0 &&
          (nowMinute === null ? w.yesterday : w.yesterdaySoFar)(before ?? '')}
      </Tile>
    </>
  )
}

function DevicesTile({ site }: { readonly site: string | undefined }) {
  const w = overviewWords.tiles
  const query = useQuery(devicesQuery)
  const adopted = ofSite(query.data?.Devices ?? [], site).filter(device => device.Adoption === 'Adopted')
  const online = adopted.filter(device => device.Online).length
  const offline = adopted.length - online
  return (
    <Tile
      label={w.terminals}
      query={query}
      value={query.data && w.ofTotal(count(online), count(adopted.length))}
      to="/devices"
      attention={offline > 0}
    >
      {adopted.length === 0 ? w.noneYet : offline > 0 ? w.offline(offline) : w.allOnline}
    </Tile>
  )
}

function DoorsTile({ site }: { readonly site: string | undefined }) {
  const w = overviewWords.tiles
  const query = useQuery(doorsQuery)
  const risks = ofSite(query.data?.Doors ?? [], site).map(doorRisk)
  const alarms = risks.filter(risk => risk === 'alarm').length
  const unknown = risks.filter(risk => risk === 'unknown').length
  return (
    <Tile
      label={w.doors}
      query={query}
      value={query.data && count(alarms + unknown)}
      to="/doors"
      attention={alarms > 0}
    >
      {[alarms > 0 && w.alarms(alarms), unknown > 0 && w.unknown(unknown)].filter(Boolean).join(' · ') ||
        (risks.length === 0 ? w.noneYet : w.doorsFine(count(risks.length)))}
    </Tile>
  )
}

function DeliveriesTile() {
  const w = overviewWords.tiles
  // A remote gateway answers "no such operation"; then there is no backlog of ours to show.
  const query = useQuery({ ...webhooksQuery, refetchInterval: 30_000 })
  const rows = query.data?.Subscriptions ?? []
  const pending = rows.reduce((sum, row) => sum + row.Pending, 0)
  const parked = rows.reduce((sum, row) => sum + row.Parked, 0)
  const oldest =
    rows
      .map(row => row.OldestPendingAt)
      .filter(at => at !== null)
      .sort()[0] ?? null
  const age = useAge(oldest)
  if (query.error instanceof OperationError && query.error.code === 'OPERATION_NOT_FOUND') return null
  return (
    <Tile
      label={w.deliveries}
      query={query}
      value={query.data && count(pending)}
      to="/webhooks"
      attention={parked > 0}
    >
      {parked > 0 ? w.parked(parked) : oldest ? w.oldest(age) : w.receivers(rows.length)}
    </Tile>
  )
}

function shown(value: number | undefined): string {
  return value === undefined ? '–' : count(value)
}
