import type { QueryClient } from '@tanstack/react-query'
import type { SessionBody } from '#contract/dashboard/session.ts'
import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { serverNow } from '../../../../api/clock.ts'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { present, readDay, readInt, readOneOf, readText } from '../../../../api/search.ts'
import { dayRange, shiftDay } from '../../../../format/day.ts'
import { today } from '../../../../format/time.ts'

export type PersonDays = OperationAnswer<'attendance.days'>['People'][number]
export type DayCell = PersonDays['Days'][number]
export type DayStatus = DayCell['Status']
export type DayFlag = NonNullable<DayCell['Flags']>[number]
export type DayCertainty = DayCell['Certainty']

export const dayStatuses = [
  'present',
  'half_day',
  'absent',
  'not_known_yet',
  'expected',
  'not_arrived',
  'excused',
  'leave',
  'holiday',
  'day_off',
  'nothing_planned',
] as const satisfies readonly DayStatus[]

export const dayFlags = [
  'late',
  'early_leave',
  'missing_in',
  'missing_out',
  'still_in',
  'impossible_span',
  'gap',
  'missed_period',
  'late_back',
  'short_hours',
  'punch_on_day_off',
  'punch_on_holiday',
  'punch_on_leave',
  'outside_shift',
  'other_site',
  'double_punch',
  'guessed_direction',
  'implausible_punch',
  'late_punch',
  'absent',
] as const satisfies readonly DayFlag[]

export const dayCertainties = [
  'provisional',
  'complete',
  'closed',
  'reopened',
] as const satisfies readonly DayCertainty[]

/** Orders of the grid; without one it is by code, as the gateway sends it. */
export const daySorts = ['name', 'worked', 'less', 'late', 'absent'] as const

/**
 * `/attendance/grid?from=&to=&person=&department=&site=&device=&status=&flag=&certainty=&weekday=&hour=&now=&sort=&who=&day=&explain=`;
 * without days it is this month. `who` and `day` are the open drawer, `explain` its open explanation, `now` is who is in now.
 */
export function readDaysSearch(search: Record<string, unknown>) {
  return present({
    from: readDay(search, 'from'),
    to: readDay(search, 'to'),
    person: readText(search, 'person', 64),
    department: readText(search, 'department'),
    site: readText(search, 'site'),
    device: readText(search, 'device', 64),
    status: readOneOf(search, 'status', dayStatuses),
    flag: readOneOf(search, 'flag', dayFlags),
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
const daysMax = 62

/** The range shown: this month up to today, or what the address says, cut to what can be asked for. */
export function daysRange(session: SessionBody, search: DaysSearch, now = serverNow()) {
  const day = today(session.TimeZone, now)
  if (search.now) return { from: shiftDay(day, -1), to: day }
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
  const { person, department, site, device, status, flag, certainty, weekday, hour, now } = search
  return {
    FromDate: from,
    ToDate: to,
    Limit: 100,
    ...(person && mayIdentify ? { EmployeeCode: person } : {}),
    ...(department ? { Department: department } : {}),
    ...(site ? { Site: site } : {}),
    ...(device ? { DeviceSN: device } : {}),
    ...(status ? { Status: [status] } : {}),
    ...(flag || now ? { Flag: [now ? 'still_in' : (flag ?? 'still_in')] } : {}),
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

/** How many filters are set. */
export function activeFilters(search: DaysSearch): number {
  const { person, department, site, device, status, flag, certainty, weekday } = search
  return [person, department, site, device, status, flag, certainty, weekday].filter(Boolean).length
}

export const noFilters = {
  person: undefined,
  department: undefined,
  site: undefined,
  device: undefined,
  status: undefined,
  flag: undefined,
  certainty: undefined,
  weekday: undefined,
  hour: undefined,
} as const

/** True where a day is one the filters ask for; the others are drawn faintly. */
export function fitsFilters(cell: DayCell, search: DaysSearch): boolean {
  return (
    (search.status === undefined || cell.Status === search.status) &&
    (search.certainty === undefined || cell.Certainty === search.certainty) &&
    (search.flag === undefined || (cell.Flags ?? []).includes(search.flag)) &&
    (search.weekday === undefined || weekdayOf(cell.Date) === search.weekday)
  )
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** Every day of a range, in order. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to && days.length <= daysMax; day = shiftDay(day, 1)) days.push(day)
  return days
}
