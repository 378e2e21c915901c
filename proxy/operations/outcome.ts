import { isErrorCode } from '#contract/errors.ts'
import type { Conclusion, Outcome } from '../audit/audit.ts'
import { UpstreamFault } from '../upstream/fault.ts'

const byState: Readonly<Record<string, Outcome>> = {
  Queued: 'accepted',
  Sent: 'accepted',
  Done: 'done',
  Failed: 'failed',
  Expired: 'expired',
  Cancelled: 'failed',
  Unconfirmed: 'unconfirmed',
}

/** What the audit says of a gateway's answer. Pure. An order on its way is "accepted", never "done". */
export function concludeAnswer(status: number, body: unknown): Conclusion[] {
  const fields = asFields(body)
  const code = isErrorCode(fields.code) ? fields.code : undefined
  if (status >= 500) return [{ outcome: outcomeOfFault(status), code: code ?? `HTTP_${status}` }]
  const orders = ordersIn(fields)
  // Taking an order back is all that was asked; no terminal has a say in it any more.
  if (status === 200 && orders.length > 0 && orders.every(({ state }) => state === 'Cancelled'))
    return [{ outcome: 'done' }]
  if (orders.length > 0) {
    return orders.map(order => ({
      outcome: byState[order.state] ?? 'accepted',
      commandId: order.commandId,
      ...(order.state === 'Cancelled' ? { code: 'CANCELLED' } : code === undefined ? {} : { code }),
    }))
  }
  if (status >= 200 && status < 300) return [{ outcome: 'done' }]
  return [{ outcome: 'refused', code: code ?? `HTTP_${status}` }]
}

/** What the audit says when no answer came: unknown is not failed. Pure. */
export function concludeFault(error: unknown): Conclusion[] {
  if (!(error instanceof UpstreamFault)) return [{ outcome: 'failed', code: 'INTERNAL' }]
  return [{ outcome: error.maybeSent ? 'unconfirmed' : 'failed', code: error.code }]
}

/** 502 and 504 come from something in between: the gateway behind it may have acted. */
function outcomeOfFault(status: number): Outcome {
  if (status === 501) return 'refused'
  return status === 502 || status === 504 ? 'unconfirmed' : 'failed'
}

/** One order in the body itself, or one per terminal in `Results`. */
function ordersIn(fields: Record<string, unknown>): { commandId: string; state: string }[] {
  const results = Array.isArray(fields.Results) ? fields.Results.map(asFields) : []
  return [fields, ...results].flatMap(({ CommandID, State, Status }) => {
    if (typeof CommandID !== 'string' || CommandID === '') return []
    if (typeof State === 'string') return [{ commandId: CommandID, state: State }]
    return [{ commandId: CommandID, state: Status === 'refused' ? 'Failed' : 'Queued' }]
  })
}

function asFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
