import type { OperationId, OperationResult, ParsedInput } from '#contract/types.ts'
import type { GatewayDeps } from '../deps.ts'
import type { Caller } from '../http/caller.ts'

/** What surrounds one call. */
export interface Call {
  readonly deps: GatewayDeps
  readonly caller: Caller
  /** From the `Idempotency-Key` header: the same key acts once. */
  readonly idempotencyKey: string | null
}

export type Handler<Id extends OperationId> = (
  input: ParsedInput<Id>,
  call: Call,
) => Promise<OperationResult<Id>>

/** One handler per operation; leaving one out does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> }
