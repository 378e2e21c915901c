import type { QueryClient } from '@tanstack/react-query'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { arrivalCounts, dayCertainties, dayFlags, dayStatuses } from '#contract/day-states.ts'
import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { serverNow } from '../../../../api/clock.ts'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { present, readDay, readInt, readOneOf, readText, readTextOrNone } from '../../../../api/search.ts'
import { dayRange, shiftDay } from '../../../../format/day.ts'
import { today } from '../../../../format/time.ts'

export type PersonDays = OperationAnswer<'attendance.days'>['People'][number]
export type DayCell = PersonDays['Days'][number]

/** Orders of the grid; without one it is by code, as the gateway sends it. */
export const daySorts = ['name', 'worked', 'less', 'late', 'absent'] as const

/**
 * `/attendance/grid?from=&to=&person=&department=&site=&home=&device=&status=&flag=&counted=&certainty=&weekday=&hour=&now=&sort=&who=&day=&explain=`;
 * without days it is this month. An empty `department` or `home` asks for people of none; `counted` is a number of the overview. `who` and `day` are the open drawer, `explain` its open explanation, `now` is who is in now.
 */
export function readDaysSearch(search: Record<string, unknown>) {
  return present({
    from: readDay(search, 'from'),
    to: readDay(search, 'to'),
    person: readText(search, 'person', 64),
    department: readTextOrNone(search, 'department'),
    site: readText(search, 'site'),
    home: readTextOrNone(search, 'home'),
    device: readText(search, 'device', 64),
    status: readOneOf(search, 'status', dayStatuses),
    flag: readOneOf(search, 'flag', dayFlags),
    counted: readOneOf(search, 'counted', arrivalCounts),
    certainty: readOneOf(search, 'certainty', dayCertainties),
    weekday: readInt(search, 'weekday', 1, 7),
    hour: readInt(search, 'hour', 0, 23),
    now: readInt(search, 'now', 1, 1),
    sort: readOneOf(search, 'sort', daySorts),
    map: readOneOf(search, 'map', ['lateness']),
    who: readText(search, 'who', 64),
    day: readDay(search, 'day'),
    explain: readInt(search, 'explain', 1, 1),
  })
}

export type DaysSearch = ReturnType<typeof readDaysSearch>

/** Days the gateway takes at once. */
export const daysMax = 62

/** The range shown: this month up to today, or what the address says, cut to what can be asked for. */
export function daysRange(session: SessionBody, search: DaysSearch, now = serverNow()) {
  const day = today(session.TimeZone, now)
  if (search.now && search.from === undefined) return { from: shiftDay(day, -1), to: day }
  if (search.from === undefined && search.to === undefined) return { from: `${day.slice(0, 8)}01`, to: day }
  const { from, to } = dayRange(search, day)
  const last = shiftDay(from, daysMax)
  if (last < to) return { from, to: last }
  return { from, to }
}

/** What the gateway is asked for: a page of people. Who may not know people may not search by them either. */
export function daysInput(session: SessionBody, search: DaysSearch) {
  const { from, to } = daysRange(session, search)
  const mayIdentify = session.Permissions.includes('attendance:identify')
  const { person, department, site, home, device, status, flag, counted, certainty, weekday, hour, now } =
    search
  return {
    FromDate: from,
    ToDate: to,
    Limit: 100,
    ...(person && mayIdentify ? { EmployeeCode: person } : {}),
    ...(department ? { Department: department } : {}),
    ...(department === '' ? { NoDepartment: true } : {}),
    ...(site ? { Site: site } : {}),
    ...(home ? { HomeSite: home } : {}),
    ...(home === '' ? { NoHomeSite: true } : {}),
    ...(device ? { DeviceSN: device } : {}),
    ...(status ? { Status: [status] } : {}),
    ...(flag || now ? { Flag: [now ? 'still_in' : (flag ?? 'still_in')] } : {}),
    ...(counted ? { Counted: counted } : {}),
    ...(certainty ? { Certainty: [certainty] } : {}),
    ...(weekday ? { Weekday: weekday } : {}),
    ...(hour === undefined ? {} : { Hour: hour }),
  } satisfies OperationInput<'attendance.days'>
}

export type DaysInput = ReturnType<typeof daysInput>

/** People with their days, in pages. */
export function daysQuery(input: DaysInput) {
  return operationInfiniteQuery('attendance.days', input)
}

/**
 * The live link marks everything of attendance old with every punch. A month of a thousand people is not asked for
 * again each time: it stands, says its age, and is asked for again by the minute while today is in it.
 */
export const standing = { staleTime: 'static', gcTime: 60_000 } as const

/** Starts loading before the page's code is there. */
export function prepareDays(queryClient: QueryClient, session: SessionBody, search: DaysSearch): void {
  void queryClient.prefetchInfiniteQuery({ ...daysQuery(daysInput(session, search)), ...standing })
}
