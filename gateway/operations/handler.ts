import type { Readable } from 'node:stream'
import type { FileId, OperationId, OperationResult, ParsedInput } from '#contract/types.ts'
import type { GatewayDeps } from '../deps.ts'
import type { Caller } from '../http/caller.ts'

/** What surrounds one call. */
export interface Call {
  readonly deps: GatewayDeps
  readonly caller: Caller
  /** From the `Idempotency-Key` header: the same key acts once. */
  readonly idempotencyKey: string | null
  /** Fields the caller wants covered in a file (contract/file-headers.ts). */
  readonly hiddenFields?: ReadonlySet<string>
}

/** The answer of an operation of the contract's `file` kind, on its way. */
export interface FileResult {
  readonly status: 200
  readonly file: {
    readonly name: string
    /** Media type. */
    readonly type: string
    readonly content: Readable
    /** Rows it holds, once it has ended. */
    rowCount(): number
  }
}

export type Handler<Id extends OperationId> = (
  input: ParsedInput<Id>,
  call: Call,
) => Promise<Id extends FileId ? FileResult : OperationResult<Id>>

/** One handler per operation; leaving one out does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> }
