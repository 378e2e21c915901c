import type { SessionBody } from '#contract/dashboard/session.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../api/query.ts'

export type Today = OperationAnswer<'attendance.today'>

/** Slices of five minutes and the newest rows. A remote gateway sends no slices, so there rows have to do. */
export function todayQuery(session: SessionBody, site: string | undefined) {
  return operationQuery('attendance.today', {
    BucketMinutes: 5,
    Limit: session.Gateway === 'remote' ? 1000 : 30,
    Order: 'desc',
    ...(site === undefined ? {} : { Site: site }),
  })
}

/** What is known of every door. */
export const doorsQuery = operationQuery('doors.status', {})

/** Every terminal. */
export const devicesQuery = operationQuery('devices.list', {})

/** Who receives events. */
export const webhooksQuery = operationQuery('webhooks.list', {})

/** Version, sites and what is simulated; a remote gateway does not know this one. */
export const siteQuery = operationQuery('site.info', {})

/** Rows of one site, or all. */
export function ofSite<T extends { readonly Site: string }>(
  rows: readonly T[],
  site: string | undefined,
): T[] {
  return rows.filter(row => site === undefined || row.Site === site)
}
