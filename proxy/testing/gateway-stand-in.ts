import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HeardRequest {
  readonly method: string
  /** Wire name of the operation, without `/v3/`. */
  readonly name: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

type Answer = (request: HeardRequest, response: ServerResponse, times: number) => void | Promise<void>

export interface GatewayStandIn {
  readonly url: string
  /** Every operation heard, oldest first; probes of /healthz are not operations. */
  readonly heard: HeardRequest[]
  heardOf(name: string): HeardRequest[]
  /** What an operation answers from now on; `times` counts its calls from 1. */
  answer(name: string, how: Answer): void
  answerJson(name: string, body: object, status?: number, headers?: Record<string, string>): void
  close(): Promise<void>
}

/** A real HTTP server that speaks just enough of the contract to stand where the gateway stands. */
export async function startGatewayStandIn(): Promise<GatewayStandIn> {
  const heard: HeardRequest[] = []
  const answers = new Map<string, Answer>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    if (url.pathname === '/healthz') return response.end('{}')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const name = url.pathname.replace('/v3/', '')
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    const told = {
      method: request.method ?? '',
      name,
      query: url.searchParams,
      headers: request.headers,
      body,
    }
    heard.push(told)
    const times = heard.filter(other => other.name === name).length
    const answer =
      answers.get(name) ?? ((_request, reply) => sendJson(reply, 200, { StatusCode: 0, Status: 'done' }))
    return answer(told, response, times)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v3`,
    heard,
    heardOf: name => heard.filter(request => request.name === name),
    answer: (name, how) => void answers.set(name, how),
    answerJson(name, body, status = 200, headers = {}) {
      answers.set(name, (_request, response) => sendJson(response, status, body, headers))
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}
