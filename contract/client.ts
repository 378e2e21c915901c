import { errorFromReply } from './envelope.ts'
import { OperationError } from './errors.ts'
import type { FileId, OperationId, OperationInput, OperationResult } from './types.ts'

/** The little of fetch a client needs; handed in, so that the browser, the proxy and tests bring their own. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal?: AbortSignal },
) => Promise<{ status: number; headers: { get(name: string): string | null }; text(): Promise<string> }>

/** What a client must know of an operation: its wire name and method. The full records and the facts table both fit. */
export type OperationFacts = {
  readonly [Id in OperationId]: { readonly name: string; readonly method: 'GET' | 'POST' }
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Same key, same order: a repeated call answers with the first one's command. */
  readonly idempotencyKey?: string
  readonly headers?: Record<string, string>
}

export interface Client {
  /** Calls an operation; 200 and 409-with-a-body are answers, everything else throws OperationError. */
  call<Id extends Exclude<OperationId, FileId>>(
    id: Id,
    input: OperationInput<Id>,
    options?: CallOptions,
  ): Promise<OperationResult<Id>>
  /** Where a file is fetched from: it may be larger than memory, so it is for whoever writes it away as it comes. */
  fileUrl<Id extends FileId>(id: Id, input: OperationInput<Id>): string
}

/** What only an answer has of which the terminal is away (the table's 409s); a refusal has a code alone. */
const answers409 = ['CommandID', 'Results', 'JobID']

/** A typed client for anything that speaks the contract under `{baseUrl}/{Name}`. Never retries, never shows anything. */
export function createClient(config: {
  baseUrl: string
  fetch: Fetch
  facts: OperationFacts
  headers?: () => Record<string, string>
}): Client {
  const base = config.baseUrl.replace(/\/+$/, '')
  return {
    async call(id, input, options = {}) {
      const { name, method } = config.facts[id]
      const headers: Record<string, string> = {
        accept: 'application/json',
        ...config.headers?.(),
        ...options.headers,
      }
      if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey
      if (method === 'POST') headers['content-type'] = 'application/json'
      const url = method === 'GET' ? `${base}/${name}${toQuery(input)}` : `${base}/${name}`
      const reply = await config.fetch(url, {
        method,
        headers,
        ...(method === 'POST' ? { body: JSON.stringify(input) } : {}),
        ...(options.signal ? { signal: options.signal } : {}),
      })
      const body = parseBody(await reply.text())
      const isAnswer = reply.status === 200 || (reply.status === 409 && answers409.some(name => name in body))
      if (!isAnswer) throw errorFromReply(reply.status, body, reply.headers.get('retry-after'))
      // The table's key types are lost to the generic id; the gateway has checked the answer against its schema.
      return { status: reply.status, body } as unknown as OperationResult<typeof id>
    },
    fileUrl: (id, input) => `${base}/${config.facts[id].name}${toQuery(input)}`,
  }
}

/** `?a=1&b=2`, leaving out what is undefined; lists become comma-separated, as forms send them. */
export function toQuery(input: object): string {
  const pairs = Object.entries(input).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  )
  const query = new URLSearchParams(
    pairs.map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : String(value)]),
  )
  return pairs.length === 0 ? '' : `?${query}`
}

function parseBody(text: string): Record<string, unknown> {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // A page of HTML from something in between: treated like any reply without our code.
  }
  throw new OperationError('GATEWAY_UNREACHABLE', { detail: 'The reply was not JSON' })
}
