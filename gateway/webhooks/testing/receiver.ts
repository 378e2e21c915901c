import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One callback as it arrived. */
export interface Received {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body as JSON; receivers see it as any object would come. */
  readonly body: Readonly<Record<string, unknown>>
  readonly id: string
}

/** What to answer: a reply, or no proper one. */
export type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Takes the request and never answers. */
  | 'stall'
  /** Cuts the connection without an answer. */
  | 'reset'

export const answers = {
  done: { status: 200, body: '{"status":"done"}' },
  doneAsHtml: { status: 200, body: '{"status": "Done"}', headers: { 'content-type': 'text/html' } },
  bareDone: { status: 200, body: 'done' },
  forbiddenDone: { status: 403, body: '{"status":"done"}' },
  success: { status: 200, body: '{"success":true}' },
  broken: { status: 500, body: 'oops' },
  badRequest: { status: 400, body: '{"status":"error"}' },
  gone: { status: 410 },
} as const satisfies Record<string, Answer>

export interface WebhookReceiver {
  /** Where it listens, with the path `/hook`. */
  readonly url: string
  /** Everything it got, in order of arrival. */
  readonly received: readonly Received[]
  /** Requests it has not answered yet, stalled ones included. */
  readonly open: number
  /** The most it ever had open at once. */
  readonly openMax: number
  /** From now on answers like this; a function is asked for each callback. */
  answer(how: Answer | ((callback: Received) => Answer | Promise<Answer>)): void
  /** Resolves with the first `count` callbacks once that many have come; fails when they have not in time. */
  waitFor(count: number, withinMs?: number): Promise<readonly Received[]>
  connections(): Promise<number>
  close(): Promise<void>
}

/** A real HTTP listener on a port of its own that answers `{"status":"done"}` until told otherwise. */
export async function startReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  let how: Answer | ((callback: Received) => Answer | Promise<Answer>) = answers.done
  let open = 0
  let openMax = 0
  const server = createServer((request, response) => {
    openMax = Math.max(openMax, ++open)
    response.once('close', () => open--)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const id = String(request.headers['webhook-id'] ?? '')
      const callback: Received = {
        url: request.url ?? '',
        headers: request.headers,
        text,
        body: readObject(text),
        id,
      }
      received.push(callback)
      for (const look of waiting) look()
      void Promise.resolve(typeof how === 'function' ? how(callback) : how).then(answer =>
        reply(response, answer),
      )
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    get open() {
      return open
    },
    get openMax() {
      return openMax
    },
    answer(next) {
      how = next
    },
    waitFor: (count, withinMs = 10_000) =>
      new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(deadline)
          waiting.delete(look)
        }
        const look = () => {
          if (received.length < count) return
          end()
          resolve(received.slice(0, count))
        }
        const deadline = setTimeout(() => {
          end()
          reject(new Error(`Waited ${withinMs} ms for ${count} callbacks; ${received.length} came`))
        }, withinMs)
        waiting.add(look)
        look()
      }),
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
      }),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'stall') return
  if (answer === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
  response.end(answer.body ?? '')
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
