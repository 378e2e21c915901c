import type { FastifyError, FastifyRequest } from 'fastify'
import { type ErrorRow, errorTable } from '#contract/error-table.ts'
import { OperationError } from '#contract/errors.ts'
import type { OperationId } from '#contract/types.ts'
import { toOperationError } from '#platform/http-server.ts'
import type { GatewayDeps } from '../deps.ts'
import { authenticate } from '../http/authenticate.ts'
import type { RateLimits } from '../http/rate-limit.ts'
import { runOperation } from '../http/run-operation.ts'
import type { Handlers } from '../operations/handler.ts'
import type { Fields } from './nested-fields.ts'

export interface OlderApi {
  readonly deps: GatewayDeps
  readonly handlers: Handlers
  readonly limits: RateLimits
}

/** A request of an older form whose token is known. */
export interface OlderCall {
  readonly deps: GatewayDeps
  /** `stgid`: the terminal everything in it is about. */
  readonly sn: string
  /** Runs an operation about that terminal and answers its payload. */
  run(id: OperationId, fields: Fields): Promise<Fields>
}

/** Finds the caller behind the token in `fields`, or in a header, and counts the request. */
export async function openCall(
  api: OlderApi,
  request: FastifyRequest,
  fields: Fields,
  sn: string | undefined,
): Promise<OlderCall> {
  const { deps, handlers, limits } = api
  const caller = await authenticate(deps.store, request, fields).catch(error =>
    limits.countFailure(request, error),
  )
  await limits.count(request, caller)
  if (sn === undefined)
    throw new OperationError('INVALID_INPUT', { field: 'DeviceSN', detail: 'The serial number is missing' })
  return {
    deps,
    sn,
    async run(id, input) {
      // These generations know no idempotency key, and repeat their OperationID for every call (cams-gateway 3.1).
      const context = { deps, caller, idempotencyKey: null }
      const result = await runOperation(handlers, id, { ...input, DeviceSN: sn }, context)
      if (!('body' in result))
        throw new Error(`${id} answers with a file, which these generations do not know`)
      return accepted({ ...result.body })
    },
  }
}

/** "Queued" is "done" to these generations: they never promised more. A terminal that refused is a failure. */
function accepted(body: Fields): Fields {
  const results: unknown[] = Array.isArray(body.Results) ? body.Results : []
  for (const result of results) {
    if (typeof result !== 'object' || result === null || !('Status' in result)) continue
    if (result.Status !== 'refused') continue
    const why = 'Error' in result && typeof result.Error === 'string' ? { detail: result.Error } : {}
    throw new OperationError('NOT_SUPPORTED_BY_DEVICE', why)
  }
  return body
}

export interface OlderFailure {
  readonly StatusCode: number
  readonly Status: string
  readonly detail: string
  readonly error: OperationError
}

const prefix = 'API_RESPONSE_'
/** Codes these generations have for a field that cannot be read; ours only has one for all (cams-gateway 3.4). */
const fieldCodes: Readonly<Record<string, Pick<ErrorRow, 'older' | 'olderName'>>> = {
  DeviceSN: { older: 2, olderName: `${prefix}INVALID_SERVICE_TAG_ID` },
  EmployeeCode: { older: 10, olderName: `${prefix}INVALID_USERID` },
  ApiRequestInfo: { older: 12, olderName: `${prefix}INVALID_API_REQUEST_INFO` },
  Template: { older: 15, olderName: `${prefix}INVALID_TEMPLATE` },
  Photo: { older: 15, olderName: `${prefix}INVALID_TEMPLATE` },
}

/** Whatever was thrown, with the number of that generation; what is our fault is logged and told without its text. */
export function failureOf(thrown: unknown, request: FastifyRequest): OlderFailure {
  const error = toOperationError(thrown as FastifyError | OperationError) // all that routes throw
  if (error.status >= 500 && error.code !== 'NOT_BUILT_YET')
    request.log.error({ err: thrown, requestId: request.id }, 'request failed')
  const byField = error.code === 'INVALID_INPUT' ? fieldCodes[error.field ?? ''] : undefined
  const { older, olderName } = byField ?? errorTable[error.code]
  return {
    StatusCode: older,
    Status: olderName,
    detail: error.detail ?? errorTable[error.code].title,
    error,
  }
}
