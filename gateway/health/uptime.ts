import type { Reader } from '../store/index.ts'
import { type Interval, total, union, within, without } from './intervals.ts'
import { covers, findMaintenance, type Maintenance, type Placed } from './maintenance.ts'

/** How a terminal did over a time. The parts add up to the whole. */
export interface Uptime {
  readonly upMs: number
  readonly awayMs: number
  readonly plannedMs: number
  /** Nobody looked, or it was not ours yet. */
  readonly unknownMs: number
  /** Of what counts: 0 to 1; null where nothing counts. */
  readonly upShare: number | null
  readonly outages: number
}

/** A terminal, and since when it is known. */
export interface KnownDevice extends Placed {
  readonly knownSince: number
}

/** What is known of a terminal's time, each part without overlap. */
export interface Times {
  readonly away: readonly Interval[]
  readonly planned: readonly Interval[]
  readonly unknown: readonly Interval[]
}

interface Question extends Interval {
  readonly devices: readonly KnownDevice[]
}

/** How terminals did between two moments, from kept absences: exact, and as cheap for ninety days as for one. */
export async function uptimeOf(reader: Reader, question: Question): Promise<ReadonlyMap<string, Uptime>> {
  const times = await timesOf(reader, question)
  return new Map(
    [...times].map(([sn, own]): [string, Uptime] => [
      sn,
      measure(own, { from: question.from, to: question.to }),
    ]),
  )
}

/** What is known of each terminal's time between two moments. */
export async function timesOf(
  reader: Reader,
  { devices, from, to }: Question,
): Promise<ReadonlyMap<string, Times>> {
  const sns = devices.map(({ sn }) => sn)
  const outages = await reader
    .selectFrom('outage')
    .select(['sn', 'started_at', 'ended_at'])
    .where('started_at', '<', to)
    .where(({ or, eb }) => or([eb('ended_at', 'is', null), eb('ended_at', '>', from)]))
    .$if(sns.length <= 500, query => query.where('sn', 'in', sns.length > 0 ? sns : ['']))
    .execute()
  const work = await findMaintenance(reader, { from, to })
  const unwatched = await findUnwatched(reader, { from, to })
  const away = new Map<string, Interval[]>()
  for (const { sn, started_at, ended_at } of outages) {
    const own = away.get(sn) ?? []
    own.push({ from: started_at, to: ended_at ?? to })
    away.set(sn, own)
  }
  return new Map(
    devices.map(device => [
      device.sn,
      tellApart(device, { away: away.get(device.sn) ?? [], work, unwatched }, { from, to }),
    ]),
  )
}

/** Times nobody looked at the terminals, oldest first. */
export async function findUnwatched(reader: Reader, { from, to }: Interval): Promise<Interval[]> {
  const rows = await reader
    .selectFrom('unwatched')
    .select(['started_at', 'ended_at'])
    .where('started_at', '<', to)
    .where('ended_at', '>', from)
    .orderBy('started_at')
    .execute()
  return rows.map(({ started_at, ended_at }) => ({ from: started_at, to: ended_at }))
}

/** Planned work first, then what nobody saw, then absences: none of a moment counts twice. */
function tellApart(
  device: KnownDevice,
  found: {
    readonly away: readonly Interval[]
    readonly work: readonly Maintenance[]
    readonly unwatched: readonly Interval[]
  },
  bounds: Interval,
): Times {
  const before = { from: bounds.from, to: Math.min(bounds.to, device.knownSince) }
  const planned = without(
    within(
      found.work.filter(one => covers(one, device)),
      bounds,
    ),
    [before],
  )
  const unknown = without(union([before, ...within(found.unwatched, bounds)]), planned)
  return { planned, unknown, away: without(within(found.away, bounds), [...planned, ...unknown]) }
}

/** The share of a time that was up, of what counts. */
export function measure({ away, planned, unknown }: Times, { from, to }: Interval): Uptime {
  const part = (list: readonly Interval[]) => total(within(list, { from, to }))
  const [awayMs, plannedMs, unknownMs] = [part(away), part(planned), part(unknown)]
  const counted = to - from - plannedMs - unknownMs
  return {
    upMs: counted - awayMs,
    awayMs,
    plannedMs,
    unknownMs,
    upShare: counted <= 0 ? null : (counted - awayMs) / counted,
    outages: within(away, { from, to }).length,
  }
}
