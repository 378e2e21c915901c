import type { SessionBody } from '#contract/dashboard/session.ts'
import { serverNow } from '../../../../api/clock.ts'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { present, readDay, readOneOf, readText } from '../../../../api/search.ts'
import { dayRange } from '../../../../format/day.ts'
import { today } from '../../../../format/time.ts'

/** What a log can be narrowed to. */
export const logEvents = [
  'Granted',
  'Denied',
  'RemoteOpen',
  'Locked',
  'Unlocked',
  'Forced',
  'HeldOpen',
  'Tamper',
  'Duress',
  'Opened',
  'Closed',
  'ExitButton',
] as const

/** `/doors?site=&view=&from=&to=&door=&event=`; the site narrows the cards, the rest but the view the log. */
export function readDoorsSearch(search: Record<string, unknown>) {
  return present({
    site: readText(search, 'site'),
    from: readDay(search, 'from'),
    to: readDay(search, 'to'),
    door: readText(search, 'door', 70),
    event: readOneOf(search, 'event', logEvents),
    view: readOneOf(search, 'view', ['plan']),
  })
}

export type DoorsSearch = ReturnType<typeof readDoorsSearch>

/** What the log shows. */
export function doorLogInput(session: SessionBody, search: Omit<DoorsSearch, 'site' | 'view'>) {
  const { from, to } = dayRange(search, today(session.TimeZone, serverNow()))
  return {
    FromDate: from,
    ToDate: to,
    Order: 'desc',
    Limit: 100,
    ...doorOf(search.door),
    ...(search.event ? { Event: [search.event] } : {}),
  } as const
}

/** The log in pages, newest first. */
export function doorLogQuery(input: ReturnType<typeof doorLogInput>) {
  return operationInfiniteQuery('doors.logs', input)
}

/** A door as the log is narrowed to it, `SN/1`; links of old name the terminal alone. */
function doorOf(door: string | undefined): { DeviceSN?: string; DoorNo?: number } {
  if (door === undefined) return {}
  const [DeviceSN = '', number] = door.split('/')
  return { DeviceSN, ...(number ? { DoorNo: Number(number) } : {}) }
}
