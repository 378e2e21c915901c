import { Agent, request } from 'undici'

export type Reply = {
  status: number
  body: string
  /** The server's clock, by the Date header. */
  dateMs?: number | undefined
}

/** One terminal's line to the device port. */
export type Wire = {
  get: (path: string, query: Readonly<Record<string, string>>) => Promise<Reply>
  post: (path: string, query: Readonly<Record<string, string>>, body: string) => Promise<Reply>
}

export type WireDeps = {
  devicesUrl: string
  agent: Agent
  serial: string
  /** Newer firmware states a content type, older none at all (iclock-push 2.1). */
  contentType?: string
  /** What bodies are written in; UTF-8 by default. */
  encode?: (text: string) => Uint8Array
  /** Token of a registered access terminal (iclock-push 9.5). */
  cookie?: () => string | undefined
  signal: AbortSignal
}

const answerWithinMs = 60_000

/** Keep-alive connections shared by all terminals of a run; `destroy()` it at the end. */
export function connectionsTo(connections: number): Agent {
  return new Agent({
    connections,
    pipelining: 1,
    connect: { timeout: 10_000 },
    headersTimeout: answerWithinMs,
    bodyTimeout: answerWithinMs,
  })
}

/** Speaks as the firmware does: its user agent, its header values, the serial number in every query. */
export function wireOf(deps: WireDeps): Wire {
  const headers = { 'User-Agent': 'iClock Proxy/1.09', Accept: '*/*' }
  const bodyHeaders = deps.contentType ? { ...headers, 'Content-Type': deps.contentType } : headers

  async function send(
    method: 'GET' | 'POST',
    path: string,
    query: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Reply> {
    const cookie = deps.cookie?.()
    const reply = await request(addressOf(deps, path, query), {
      dispatcher: deps.agent,
      method,
      headers: {
        ...(body === undefined ? headers : bodyHeaders),
        ...(cookie === undefined ? {} : { Cookie: cookie }),
      },
      signal: deps.signal,
      ...(body === undefined ? {} : { body: deps.encode?.(body) ?? body }),
    })
    const dateMs = Date.parse(String(reply.headers.date))
    return {
      status: reply.statusCode,
      body: await reply.body.text(),
      dateMs: Number.isNaN(dateMs) ? undefined : dateMs,
    }
  }

  return {
    get: (path, query) => send('GET', path, query),
    post: (path, query, body) => send('POST', path, query, body),
  }
}

/** Where a request goes. Firmware writes a space as %20; a plus sign means a plus to it. */
export function addressOf(
  { devicesUrl, serial }: Pick<WireDeps, 'devicesUrl' | 'serial'>,
  path: string,
  query: Readonly<Record<string, string>>,
): URL {
  const base = devicesUrl.replace(/\/+$/, '').replace(/\/iclock$/, '')
  const search = String(new URLSearchParams({ SN: serial, ...query })).replaceAll('+', '%20')
  return new URL(`${base}/iclock/${path}?${search}`)
}

/** An upload counts only when the reply is exactly 200 and says so (iclock-push 2.2, 6.3). */
export function isAcknowledged(reply: Reply): boolean {
  return reply.status === 200 && /\bOK\b/.test(reply.body)
}

/** The server has forgotten us: shake hands again, keep everything (iclock-push 2.2). */
export function isForgotten(reply: Reply): boolean {
  return reply.status === 200 && /^(UN|RETRY)/.test(reply.body)
}
