import type { Readable } from 'node:stream'
import { type Dispatcher, Pool } from 'undici'
import { hiddenFieldsHeader, readHiddenFields, rowCountTrailer } from '#contract/file-headers.ts'
import type { Method } from '#contract/operation.ts'
import { sitesHeader, writeSites } from '#contract/site-scope.ts'
import type { Clock } from '#platform/clock.ts'
import type { ProxyConfig } from '../config.ts'
import { UpstreamFault } from './fault.ts'
import { createReachability, type Reachability } from './reachability.ts'
import { retryDelayMs } from './retry.ts'

export interface UpstreamCall {
  /** Wire name of the operation. */
  readonly name: string
  readonly method: Method
  /** `?a=b` or empty. */
  readonly query?: string
  readonly body?: string
  readonly requestId: string
  /** Opaque name of who asks; the gateway stores it and judges nothing by it. */
  readonly actor?: string
  readonly idempotencyKey?: string | undefined
  /** Another token than the one people's calls are made with. */
  readonly token?: string
  /** Fields to cover, of operations that answer with a file. */
  readonly hiddenFields?: ReadonlySet<string>
  /** Sites the asker is bound to; absent or null: every site. */
  readonly sites?: readonly string[] | null
  /** The asker has gone; only reads are given up. */
  readonly signal?: AbortSignal
}

export interface UpstreamReply {
  readonly status: number
  readonly contentType: string
  readonly retryAfter: string | undefined
  readonly contentDisposition: string | undefined
  /** Fields the gateway says it has covered itself. */
  readonly hiddenFields: ReadonlySet<string>
  /** Whether the gateway says that it has bound the call to the sites it was given. */
  readonly bindsSites: boolean
  /** Rows of a file, as it says behind them; null where it says nothing of the kind. */
  readonly rowCount: (() => string) | null
  /** JSON is read to its end, so that it can be masked; anything else is a file and flows through. */
  readonly body: Buffer | Readable
}

export interface Upstream {
  /** Sends an operation to the gateway. Every reply is an answer, whatever its status; no reply is an UpstreamFault. */
  send(call: UpstreamCall): Promise<UpstreamReply>
  readonly reachability: Reachability
  close(): Promise<void>
}

interface UpstreamDeps {
  readonly config: Pick<ProxyConfig, 'gatewayUrl' | 'gatewayToken'>
  readonly clock: Clock
  readonly readDeadlineMs?: number
  readonly writeTimeoutMs?: number
}

const jsonBytesMax = 32 * 1024 * 1024
const fileSilenceMs = 30_000

/** The one way to the gateway: HTTP with kept connections, our token, a request id, deadlines. */
export function createUpstream(deps: UpstreamDeps): Upstream {
  const { config, clock, readDeadlineMs = 8000, writeTimeoutMs = 15_000 } = deps
  const base = new URL(config.gatewayUrl)
  const path = base.pathname.replace(/\/+$/, '')
  const pool = new Pool(base.origin, { connections: 32, keepAliveTimeout: 4000, connect: { timeout: 3000 } })
  const reachability = createReachability(pool)

  const sendOnce = async (call: UpstreamCall, timeoutMs: number): Promise<UpstreamReply> => {
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(), timeoutMs)
    try {
      const reply = await pool.request({
        path: `${path}/${call.name}${call.query ?? ''}`,
        method: call.method,
        headers: headersOf(call, config.gatewayToken),
        body: call.body ?? null,
        signal: call.signal ? AbortSignal.any([timeout.signal, call.signal]) : timeout.signal,
        headersTimeout: 0,
        bodyTimeout: fileSilenceMs,
      })
      const answer = await readReply(reply)
      reachability.note(true)
      return answer
    } catch (error) {
      if (call.signal?.aborted) throw error
      reachability.note(false)
      throw UpstreamFault.from(error, timeout.signal.aborted)
    } finally {
      clearTimeout(timer)
    }
  }
  const sendRead = async (call: UpstreamCall): Promise<UpstreamReply> => {
    const deadline = clock.now() + readDeadlineMs
    for (let attempt = 1; ; attempt++) {
      const remainingMs = Math.max(deadline - clock.now(), 1)
      const result = await sendOnce(call, remainingMs).catch(asFault)
      const left = { attempt, remainingMs: deadline - clock.now(), random: Math.random() }
      const delayMs = retryDelayMs(result instanceof UpstreamFault ? left : { ...left, ...result })
      if (delayMs === null) {
        if (result instanceof UpstreamFault) throw result
        return result
      }
      if (!(result instanceof UpstreamFault)) discardReply(result)
      await clock.sleep(delayMs, call.signal)
      call.signal?.throwIfAborted()
    }
  }
  return {
    // A write is sent once: whether it arrived is not ours to guess, and the key of the order is the browser's.
    send: call => (call.method === 'GET' ? sendRead(call) : sendOnce(call, writeTimeoutMs)),
    reachability,
    close: () => pool.destroy(),
  }
}

function headersOf(call: UpstreamCall, token: string): Record<string, string> {
  return {
    authtoken: call.token ?? token,
    accept: 'application/json',
    'x-request-id': call.requestId,
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(call.actor === undefined ? {} : { 'x-actor': call.actor }),
    ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
    ...(call.sites ? { [sitesHeader]: writeSites(call.sites) } : {}),
    ...(call.hiddenFields?.size ? { [hiddenFieldsHeader]: [...call.hiddenFields].join(',') } : {}),
  }
}

async function readReply(reply: Dispatcher.ResponseData): Promise<UpstreamReply> {
  const header = (name: string) => {
    const value = reply.headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  const contentType = header('content-type') ?? 'application/octet-stream'
  const contentDisposition = header('content-disposition')
  const isJson = /^(application|text)\/(.+\+)?json/i.test(contentType)
  const isFile = reply.statusCode === 200 && (!isJson || contentDisposition !== undefined)
  return {
    status: reply.statusCode,
    contentType,
    retryAfter: header('retry-after'),
    contentDisposition,
    hiddenFields: readHiddenFields(reply.headers[hiddenFieldsHeader]),
    bindsSites: header(sitesHeader) !== undefined,
    rowCount: header('trailer') === rowCountTrailer ? () => reply.trailers[rowCountTrailer] ?? '' : null,
    body: isFile ? reply.body : await readBounded(reply.body),
  }
}

async function readBounded(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > jsonBytesMax) throw new Error('The gateway answered with more than can be read')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Lets go of a reply nobody will read; an abandoned file reports its own end as an error. */
export function discardReply({ body }: UpstreamReply): void {
  if (!Buffer.isBuffer(body)) body.on('error', () => undefined).destroy()
}

function asFault(error: unknown): UpstreamFault {
  if (error instanceof UpstreamFault) return error
  throw error
}
