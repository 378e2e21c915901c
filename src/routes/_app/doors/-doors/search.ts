import type { SessionBody } from '#contract/dashboard/session.ts'
import { serverNow } from '../../../../api/clock.ts'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { present, readDay, readText } from '../../../../api/search.ts'
import { dayRange } from '../../../../format/day.ts'
import { today } from '../../../../format/time.ts'

/** `/doors?site=&from=&to=&door=`; the site narrows the cards, the rest the log. */
export function readDoorsSearch(search: Record<string, unknown>) {
  return present({
    site: readText(search, 'site'),
    from: readDay(search, 'from'),
    to: readDay(search, 'to'),
    door: readText(search, 'door', 64),
  })
}

export type DoorsSearch = ReturnType<typeof readDoorsSearch>

/** What the log shows. */
export function doorLogInput(session: SessionBody, search: Omit<DoorsSearch, 'site'>) {
  const { from, to } = dayRange(search, today(session.TimeZone, serverNow()))
  return {
    FromDate: from,
    ToDate: to,
    Order: 'desc',
    Limit: 100,
    ...(search.door ? { DeviceSN: search.door } : {}),
  } as const
}

/** The log in pages, newest first. */
export function doorLogQuery(input: ReturnType<typeof doorLogInput>) {
  return operationInfiniteQuery('doors.logs', input)
}
