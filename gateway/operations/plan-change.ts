import { OperationError } from '#contract/errors.ts'
import type { Change } from '../attendance/plan/change-versions.ts'
import { localAt } from '../time/zone.ts'
import type { Call } from './handler.ts'

/** Who changes the plan and when; throws DEVICE_NOT_ALLOWED, since a plan reaches over every terminal. */
export function planChange(call: Call): Change {
  if (call.caller.devices !== 'all')
    throw new OperationError('DEVICE_NOT_ALLOWED', {
      detail: 'A plan holds for every terminal, so this needs a token for all of them',
    })
  return { atMs: call.deps.clock.now(), by: call.caller.actor, today: siteToday(call) }
}

/** Today on the wall clock of the first site. */
export function siteToday({ deps }: Call): string {
  return localAt(deps.clock.now(), deps.config.timeZone).local.slice(0, 10)
}

/** Throws INVALID_DATE where a range of days runs backwards. */
export function requireOrder(fromDate: string, toDate: string | undefined): void {
  if (toDate !== undefined && toDate < fromDate)
    throw new OperationError('INVALID_DATE', {
      field: 'ToDate',
      detail: `ToDate ${toDate} lies before FromDate ${fromDate}`,
    })
}
