import { OperationError } from '#contract/errors.ts'

/** Errors raised before a byte of the request can have left us. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** No answer came. For a write, `maybeSent` is the difference between "not done" and "nobody knows". */
export class UpstreamFault extends OperationError {
  readonly maybeSent: boolean

  constructor(code: 'GATEWAY_UNREACHABLE' | 'GATEWAY_TIMEOUT', maybeSent: boolean, cause: unknown) {
    super(code)
    this.maybeSent = maybeSent
    this.cause = cause
  }

  static from(error: unknown, timedOut: boolean): UpstreamFault {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
    const sent = !neverSent.has(code)
    return new UpstreamFault(timedOut ? 'GATEWAY_TIMEOUT' : 'GATEWAY_UNREACHABLE', sent, error)
  }
}
