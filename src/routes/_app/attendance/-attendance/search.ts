import type { QueryClient } from '@tanstack/react-query'
import type { SessionBody } from '#contract/dashboard/session.ts'
import type { OperationInput } from '#contract/types.ts'
import { client } from '../../../../api/client.ts'
import { serverNow } from '../../../../api/clock.ts'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { present, readDay, readOneOf, readText } from '../../../../api/search.ts'
import type { Punch } from '../../../../components/punches/punch-marks.tsx'
import { dayRange } from '../../../../format/day.ts'
import { today } from '../../../../format/time.ts'

/** How people are recognised, those most used first. */
export const methods = [
  'face',
  'fingerprint',
  'card',
  'password',
  'palm',
  'fingervein',
  'iris',
  'retina',
  'others',
] as const satisfies readonly Punch['Type'][]

/** `/attendance?from=&to=&person=&device=&method=&clock=&order=&punch=&at=`; without days it is today. `at` finds the open punch in any list. */
export function readAttendanceSearch(search: Record<string, unknown>) {
  return present({
    from: readDay(search, 'from'),
    to: readDay(search, 'to'),
    person: readText(search, 'person', 64),
    device: readText(search, 'device', 64),
    method: readOneOf(search, 'method', methods),
    clock: readOneOf(search, 'clock', ['off']),
    order: readOneOf(search, 'order', ['asc']),
    punch: readText(search, 'punch', 200),
    at: readWallClock(search, 'at'),
  })
}

function readWallClock(search: Record<string, unknown>, name: string): string | undefined {
  const text = readText(search, name)
  return text && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? text : undefined
}

export type AttendanceSearch = ReturnType<typeof readAttendanceSearch>

/** What the list shows, as one input. Who may not know people may not search by them either. */
export function punchesInput(session: SessionBody, search: AttendanceSearch) {
  const { from, to } = dayRange(search, today(session.TimeZone, serverNow()))
  const mayIdentify = session.Permissions.includes('attendance:identify')
  return {
    FromDate: from,
    ToDate: to,
    Order: search.order ?? 'desc',
    Limit: 100,
    ...(search.device ? { DeviceSN: search.device } : {}),
    ...(search.method ? { Type: [search.method] } : {}),
    ...(search.clock ? { ClockOff: true } : {}),
    ...(search.person && mayIdentify ? { EmployeeCode: search.person } : {}),
  } satisfies OperationInput<'attendance.byDate'>
}

export type PunchesInput = ReturnType<typeof punchesInput>

/** Where the list comes as a file. */
export function exportUrl({ Limit: _, ...input }: PunchesInput, Format: 'csv' | 'xlsx'): string {
  return client.fileUrl('attendance.export', { ...input, Format })
}

/** The list in pages. */
export function punchesQuery(input: PunchesInput) {
  return operationInfiniteQuery('attendance.byDate', input)
}

/**
 * The live link marks every attendance query old, but this list stands still under the reader's eyes and says how
 * many are new instead. Its short life makes sure that coming back later starts fresh.
 */
export const standing = { staleTime: 'static', gcTime: 20_000 } as const

/** Starts loading before the page's code is there. */
export function preparePunches(
  queryClient: QueryClient,
  session: SessionBody,
  search: AttendanceSearch,
): void {
  void queryClient.prefetchInfiniteQuery({ ...punchesQuery(punchesInput(session, search)), ...standing })
}
