import { setImmediate } from 'node:timers/promises'
import type { OperationAnswer } from '#contract/types.ts'
import type { Clock } from '#platform/clock.ts'
import { daySlices } from '../../store/arrivals.ts'
import type { Reader, Store } from '../../store/index.ts'
import { type TerminalContact, terminalContacts } from '../../store/person-punches.ts'
import { localAt } from '../../time/zone.ts'
import type { DayKeeper } from '../days/keeper.ts'
import { standingOf } from '../days/read-days.ts'
import { completeThrough } from '../rules/certainty.ts'
import { terminalState } from '../terminal-states.ts'
import { findAnomaly } from './anomaly.ts'
import { stillInRange } from './count-people.ts'
import { createUsualDays, type UsualDays } from './usual-days.ts'

export type Arrivals = OperationAnswer<'attendance.arrivals'>

interface ArrivalsDeps {
  readonly store: Store
  readonly days: Pick<DayKeeper, 'standing' | 'read'>
  readonly clock: Pick<Clock, 'now'>
}

interface ArrivalsRequest {
  readonly site: string | undefined
  /** null means every device. */
  readonly devices: readonly string[] | null
  /** Where there are no terminals: today at the first site, `YYYY-MM-DD`. */
  readonly today: string
}

/** A terminal in contact has told everything up to its last poll; one further behind is waited for. */
const behindMs = 5 * 60_000
/** Everybody who has the overview open asks for the same, and every punch makes it old. */
const keptMs = 5_000
/** Of people whose kept days are old: what is judged in a second or two. */
const judgeDaysMax = 8_000
/** Of more sites nobody reads each; one at a time has its own answer. */
const anomalySitesMax = 8

interface Memory {
  readonly usual: UsualDays
  readonly answers: Map<string, { readonly atMs: number; readonly answer: Promise<Arrivals> }>
}

const memories = new WeakMap<Store, Memory>()

/** Who has come of those expected, how far that is complete, and what is usual; counted anew every few seconds at most. */
export function readArrivals(deps: ArrivalsDeps, request: ArrivalsRequest): Promise<Arrivals> {
  const { answers, usual } = memoryOf(deps.store)
  const nowMs = deps.clock.now()
  const key = JSON.stringify([request.site, request.devices])
  for (const [name, { atMs }] of answers) if (nowMs - atMs >= keptMs || nowMs < atMs) answers.delete(name)
  const known = answers.get(key)
  if (known) return known.answer
  const answer = countArrivals(deps, usual, request, nowMs)
  answers.set(key, { atMs: nowMs, answer })
  // A failed answer must not stay.
  answer.catch(() => answers.delete(key))
  return answer
}

function memoryOf(store: Store): Memory {
  const memory = memories.get(store) ?? { usual: createUsualDays(), answers: new Map() }
  memories.set(store, memory)
  return memory
}

async function countArrivals(
  deps: ArrivalsDeps,
  usual: UsualDays,
  { site, devices, today }: ArrivalsRequest,
  nowMs: number,
): Promise<Arrivals> {
  const { read } = deps.store
  const contacts = (await terminalContacts(read, devices)).filter(
    contact => site === undefined || contact.site === site,
  )
  const days = [...new Set(contacts.map(({ zone }) => zone))].map(zone => ({ zone, day: dayAt(nowMs, zone) }))
  const date = days.map(({ day }) => day).sort()[0] ?? today
  const sns = site === undefined && devices === null ? null : contacts.map(({ sn }) => sn)
  const request = {
    devices,
    employeeCode: undefined,
    fromCode: '',
    nowMs,
    planned: true,
    judgeDaysMax,
  }
  const standing = await standingOf(deps.days, { ...request, range: stillInRange(date) })
  const { total, stillIn, groups } = await deps.days.read({ what: 'arrivals', date, site, request }, standing)
  const usualDays = await usual.read(read, { days, devices: sns, nowMs })
  return {
    Date: date,
    AsOf: new Date(nowMs).toISOString(),
    Planned: await isPlanned(read),
    Total: total,
    StillIn: stillIn,
    Groups: groups
      .map(({ homeSite, department, counts }) => ({ Site: homeSite, Department: department, ...counts }))
      .filter(row => row.Expected + row.Unplanned + row.Away + row.MissingIn + row.MissingOut > 0)
      .sort((a, b) => compare(a.Site, b.Site) || compare(a.Department, b.Department)),
    Watermarks: watermarks(contacts, nowMs),
    Usual: usualDays.map(({ date: day, punches }) => ({ Date: day, Totals: [...punches] })),
    Anomalies: await anomaliesOf(read, usual, contacts, nowMs),
  }
}

async function isPlanned(reader: Reader): Promise<boolean> {
  const row = await reader
    .selectFrom('plan_assignment')
    .select('id')
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Sites at which not as many have come by now as on every such day before. */
async function anomaliesOf(
  reader: Reader,
  usual: UsualDays,
  contacts: readonly TerminalContact[],
  nowMs: number,
): Promise<Arrivals['Anomalies']> {
  const anomalies: Arrivals['Anomalies'] = []
  const bySite = [...Map.groupBy(contacts, ({ site }) => site)].slice(0, anomalySitesMax)
  for (const [Site, terminals] of bySite) {
    const zone = terminals[0]?.zone ?? 'UTC'
    const days = [{ zone, day: dayAt(nowMs, zone) }]
    const devices = terminals.map(({ sn }) => sn)
    const earlier = await usual.read(reader, { days, devices, nowMs })
    const { arrivals } = await daySlices(reader, days, devices)
    const before = earlier.map(day => day.arrivals)
    const found = findAnomaly(arrivals, before, minuteAt(nowMs, zone))
    if (found) anomalies.push({ Site, ...found })
    await setImmediate()
  }
  return anomalies
}

/** How far each site is complete: as far as the last of its terminals. */
function watermarks(contacts: readonly TerminalContact[], nowMs: number): Arrivals['Watermarks'] {
  return [...Map.groupBy(contacts, ({ site }) => site)]
    .map(([Site, terminals]) => {
      const throughs = terminals.map(contact => completeThrough(terminalState(contact)))
      const known = throughs.filter(through => through !== null)
      const zone = terminals[0]?.zone ?? 'UTC'
      const through = known.length < throughs.length ? null : Math.min(...known)
      return {
        Site,
        TimeZone: zone,
        CompleteThrough: through === null ? null : localAt(through, zone).local,
        Waiting: terminals.flatMap(({ sn, label, zone: own }, at) => {
          const until = throughs[at] ?? null
          if (until !== null && nowMs - until < behindMs) return []
          return [
            { DeviceSN: sn, LabelName: label, Since: until === null ? null : localAt(until, own).local },
          ]
        }),
      }
    })
    .sort((a, b) => compare(a.Site, b.Site))
}

function dayAt(instantMs: number, zone: string): string {
  return localAt(instantMs, zone).local.slice(0, 10)
}

function minuteAt(instantMs: number, zone: string): number {
  const { local } = localAt(instantMs, zone)
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
}

/** Texts in order, none last. */
function compare(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null) return 1
  return b === null || a < b ? -1 : 1
}
