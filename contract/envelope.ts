import { type ErrorCode, isErrorCode, OperationError } from './errors.ts'

/** What every successful reply carries beside its payload (cams-gateway 1.1: Web API 3.0 vocabulary). */
export interface SuccessEnvelope {
  readonly StatusCode: 0
  readonly Status: 'done'
  readonly OperationID?: string
}

/** Wraps a payload; `operationId` is the caller's own and is echoed, never checked for repeats. */
export function wrapSuccess<T extends object>(payload: T, operationId?: string): T & SuccessEnvelope {
  return {
    StatusCode: 0,
    Status: 'done',
    ...(operationId === undefined ? {} : { OperationID: operationId }),
    ...payload,
  }
}

/**
 * Turns a failing reply into the error it stands for. Bodies without a code of ours (a proxy in between, a hosted
 * gateway) are mapped by status, so that callers still see one error type.
 */
export function errorFromReply(status: number, body: unknown, retryAfter?: string | null): OperationError {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const code = isErrorCode(fields.code) ? fields.code : codeForStatus(status)
  const seconds = Number(retryAfter)
  return new OperationError(code, {
    ...(typeof fields.detail === 'string' ? { detail: fields.detail } : {}),
    ...(typeof fields.field === 'string' ? { field: fields.field } : {}),
    ...(retryAfter && Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}),
  })
}

function codeForStatus(status: number): ErrorCode {
  if (status === 400) return 'INVALID_INPUT'
  if (status === 401) return 'TOKEN_INVALID'
  if (status === 403) return 'PERMISSION_DENIED'
  if (status === 404) return 'OPERATION_NOT_FOUND'
  if (status === 409) return 'DEVICE_OFFLINE'
  if (status === 429) return 'RATE_LIMITED'
  if (status === 501) return 'NOT_BUILT_YET'
  if (status === 503) return 'STORE_UNAVAILABLE'
  if (status === 504) return 'GATEWAY_TIMEOUT'
  return 'INTERNAL'
}
