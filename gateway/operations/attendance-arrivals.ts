import { findAnomaly } from '../attendance/arrivals/anomaly.ts'
import { countDay, sumCounts } from '../attendance/arrivals/count-arrivals.ts'
import { createUsualDays } from '../attendance/arrivals/usual-days.ts'
import { fittingPeople, type PersonResult } from '../attendance/list-days.ts'
import { completeThrough } from '../attendance/rules/certainty.ts'
import { terminalState } from '../attendance/terminal-states.ts'
import { daySlices } from '../store/arrivals.ts'
import { type TerminalContact, terminalContacts } from '../store/person-punches.ts'
import { localAt, shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { siteToday } from './plan-change.ts'
import { visibleDevices } from './scope.ts'

const usualDays = createUsualDays()
/** A terminal in contact has told everything up to its last poll; one further behind is waited for. */
const behindMs = 5 * 60_000

export const attendanceArrivalHandlers = {
  async 'attendance.arrivals'(input, call) {
    const { store, clock } = call.deps
    const nowMs = clock.now()
    const devices = visibleDevices(call)
    const contacts = (await terminalContacts(store.read, devices)).filter(
      ({ site }) => input.Site === undefined || site === input.Site,
    )
    const zones = [...new Set(contacts.map(({ zone }) => zone))]
    const days = zones.map(zone => ({ zone, day: localAt(nowMs, zone).local.slice(0, 10) }))
    const today = days.map(each => each.day).sort()[0] ?? siteToday(call)
    const sns = input.Site === undefined && devices === null ? null : contacts.map(({ sn }) => sn)
    const [people, slices, usual] = await Promise.all([
      peopleOf(call, today, input.Site),
      daySlices(store.read, days, sns),
      usualDays.read(store.read, { days, devices: sns, nowMs }),
    ])
    const dated = people.map(person => ({ person, day: person.days.find(({ date }) => date === today) }))
    const counted = dated.flatMap(({ person, day }) =>
      day === undefined || !isAt(input.Site, person, day)
        ? []
        : [{ facts: person.facts, counts: countDay(day) }],
    )
    const groups = Map.groupBy(counted, ({ facts }) => JSON.stringify([facts.homeSite, facts.department]))
    const [zone, ...others] = zones
    const nowMinute = zone === undefined || others.length > 0 ? null : minuteAt(nowMs, zone)
    return {
      status: 200,
      body: {
        Date: today,
        AsOf: new Date(nowMs).toISOString(),
        Planned: counted.some(({ counts }) => counts.Expected + counts.Away > 0) || (await isPlanned(call)),
        Total: sumCounts(counted.map(({ counts }) => counts)),
        StillIn: people.filter(isStillIn).length,
        Groups: [...groups.values()]
          .map(rows => ({
            Site: rows[0]?.facts.homeSite ?? null,
            Department: rows[0]?.facts.department ?? null,
            ...sumCounts(rows.map(({ counts }) => counts)),
          }))
          .filter(row => row.Expected + row.Away + row.MissingIn + row.MissingOut > 0)
          .sort((a, b) => compare(a.Site, b.Site) || compare(a.Department, b.Department)),
        Watermarks: watermarks(contacts, nowMs),
        Usual: usual.map(({ date, punches }) => ({ Date: date, Totals: [...punches] })),
        Anomaly:
          nowMinute === null
            ? null
            : findAnomaly(
                slices.arrivals,
                usual.map(({ arrivals }) => arrivals),
                nowMinute,
              ),
      },
    }
  },
} satisfies Pick<Handlers, 'attendance.arrivals'>

/** As the list of days narrows by site. */
function isAt(site: string | undefined, { facts }: PersonResult, { sites }: PersonResult['days'][number]) {
  return site === undefined || facts.homeSite === site || sites[site] !== undefined
}

/** Everybody with a day then or the day before: a night still runs in the morning. */
async function peopleOf(call: Call, date: string, site: string | undefined): Promise<PersonResult[]> {
  const request = {
    range: { fromDate: shiftDay(date, -1), toDate: shiftDay(date, 1) },
    devices: visibleDevices(call),
    employeeCode: undefined,
    fromCode: '',
    nowMs: call.deps.clock.now(),
    planned: true,
  }
  const filter = {
    site,
    department: undefined,
    deviceSn: undefined,
    status: undefined,
    flag: undefined,
    certainty: undefined,
  }
  const people: PersonResult[] = []
  for await (const person of fittingPeople(call.deps, request, filter)) people.push(person)
  return people
}

function isStillIn({ days }: PersonResult): boolean {
  return days.some(({ cell }) => cell.Flags?.includes('still_in'))
}

async function isPlanned({ deps }: Call): Promise<boolean> {
  const row = await deps.store.read
    .selectFrom('plan_assignment')
    .select('id')
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How far each site is complete: as far as the last of its terminals. */
function watermarks(contacts: readonly TerminalContact[], nowMs: number) {
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

function minuteAt(instantMs: number, zone: string): number {
  const { local } = localAt(instantMs, zone)
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '\uffff') < (b ?? '\uffff') ? -1 : (a ?? '\uffff') > (b ?? '\uffff') ? 1 : 0
}
