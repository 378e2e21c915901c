import type { Call } from './handler.ts'

/** The caller's idempotency key, made unique per token so that two callers can never meet. */
export function orderKey(call: Call): string | null {
  return call.idempotencyKey === null ? null : `${call.caller.tokenId}:${call.idempotencyKey}`
}
