import { createClient, type Fetch } from '#contract/client.ts'
import { OperationError } from '#contract/errors.ts'
import { operationFacts } from '#contract/facts.gen.ts'
import { noteServerDate } from './clock.ts'

/** No reply at all: the browser could not reach Gatehouse. Not a code of the contract, since nobody answered. */
export class UnreachableError extends Error {
  constructor() {
    super('Gatehouse did not answer')
    this.name = 'UnreachableError'
  }
}

/** fetch with the session cookie; tells "nobody answered" apart from every answer. */
export const browserFetch: Fetch = async (url, init) => {
  try {
    const reply = await fetch(url, { ...init, credentials: 'same-origin', cache: 'no-store' })
    noteServerDate(reply.headers.get('date'))
    return reply
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new UnreachableError()
  }
}

/** The contract's client towards the proxy. */
export const client = createClient({ baseUrl: '/api/v3', fetch: browserFetch, facts: operationFacts })

/** True where trying again by itself makes sense: nobody answered, the server broke, or it asked us to wait. */
export function isPassing(error: unknown): boolean {
  if (error instanceof UnreachableError) return true
  if (!(error instanceof OperationError)) return false
  return error.status === 429 || (error.status >= 500 && error.status !== 501)
}
