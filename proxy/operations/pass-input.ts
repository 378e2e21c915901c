import { OperationError } from '#contract/errors.ts'
import type { OperationRecord } from '#contract/operation.ts'

/** What goes upstream: as it came, less what a browser may not say. */
export interface PassedInput {
  readonly query: string
  readonly body: string | undefined
  /** The same as fields, for the audit. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** Names under which a gateway looks for a token (cams-gateway 1.1): a browser may not bring its own. */
const tokenNames = new Set(['authtoken', 'auth_token', 'x-auth-token', 'token', 'authorization'])

/**
 * Input is not judged here: the gateway does that, with the same schema. Only two things are looked at. A token is
 * taken out. And who may not see a field may not search by it either, or masking would be a guessing game.
 */
export function passInput(
  record: OperationRecord,
  url: string,
  body: unknown,
  hidden: ReadonlySet<string>,
): PassedInput {
  if (record.method === 'GET') {
    const pairs = [...new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')].filter(
      ([name]) => !isToken(name),
    )
    refuseHidden(
      record,
      pairs.map(([name]) => name),
      hidden,
    )
    return {
      query: pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`,
      body: undefined,
      fields: Object.fromEntries(pairs),
    }
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new OperationError('INVALID_BODY', { detail: 'The JSON must be an object of fields' })
  }
  const fields = Object.fromEntries(Object.entries(body).filter(([name]) => !isToken(name)))
  refuseHidden(record, Object.keys(fields), hidden)
  return { query: '', body: JSON.stringify(fields), fields }
}

const keyPattern = /^[\x21-\x7e]{8,128}$/

/** The key of an order: demanded where the record says `once`, passed on where it is given. */
export function readIdempotencyKey(
  record: OperationRecord,
  header: string | string[] | undefined,
): string | undefined {
  const key = typeof header === 'string' && keyPattern.test(header) ? header : undefined
  if (key === undefined && record.once) {
    const detail = 'Send an Idempotency-Key of 8 to 128 characters: one for each order, the same for each try'
    throw new OperationError('IDEMPOTENCY_KEY_MISSING', { detail })
  }
  return key
}

function isToken(name: string): boolean {
  return tokenNames.has(name.toLowerCase())
}

function refuseHidden(record: OperationRecord, names: readonly string[], hidden: ReadonlySet<string>): void {
  if (hidden.size === 0) return
  // Gateways know fields by older names too, so whatever is not plainly another known field is refused.
  const open = new Set(Object.keys(record.input.shape).filter(name => !hidden.has(name)))
  const known = new Set([...open].map(name => name.toLowerCase()))
  const refused = names.find(name => !known.has(name.toLowerCase()))
  if (refused === undefined) return
  throw new OperationError('PERMISSION_DENIED', {
    detail: 'Who may not see a field may not search by it',
    field: refused.slice(0, 64),
  })
}
