import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OperationInput } from '#contract/types.ts'

/**
 * Stand-ins for the receivers of cams-gateway 4: each needs what its original needs, reads time as its language does,
 * and answers what the original answers. Written from that table, not from anybody's code.
 */
export interface StandIn {
  /** Row of the table, and what it stands for. */
  readonly row: string
  /** Path and query as its integrator typed them. */
  readonly path: string
  /** How it is registered beyond its address and token. */
  readonly registration: Pick<
    OperationInput<'webhooks.register'>,
    'Format' | 'Acknowledgement' | 'EncryptionPadding' | 'Events'
  > & { readonly encrypted?: true }
  answer(call: Call, own: Own): Reply
}

export interface Call {
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Reply {
  readonly status: number
  readonly body: string
  readonly type: string
}

/** A punch as the receiver would write it into its database. */
export interface Understood {
  readonly person: string
  /** The clock people see in its reports: `YYYY-MM-DD HH:MM:SS`. */
  readonly clock: string
  /** Epoch milliseconds, where its language honours the offset. */
  readonly instant: number | null
  /** In, out, or what else it keeps of the direction; null where it keeps nothing. */
  readonly word: string | null
}

/** What one receiver was set up with and remembers. */
export interface Own {
  readonly sn: string
  readonly token: string
  readonly key: string
  readonly people: ReadonlySet<string>
  now(): number
  readonly punches: Understood[]
  /** Keys of what it has already kept. */
  readonly seen: Set<string>
  /** Changed and deleted people, as they were told. */
  readonly users: string[]
  /** Requests it could make nothing of, whatever it answered. */
  readonly faults: string[]
  /** Database its session is in. */
  database: string | null
}

export interface RunningStandIn {
  readonly url: string
  readonly own: Own
  readonly calls: readonly Call[]
  close(): Promise<void>
}

/** Puts a stand-in behind a listener of its own. */
export async function startStandIn(
  kind: Pick<StandIn, 'path' | 'answer'>,
  setUp: Pick<Own, 'sn' | 'token' | 'key' | 'people' | 'now'>,
): Promise<RunningStandIn> {
  const own: Own = { ...setUp, punches: [], seen: new Set(), users: [], faults: [], database: null }
  const calls: Call[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { searchParams } = new URL(request.url ?? '/', 'http://receiver')
      const text = Buffer.concat(chunks).toString('utf8')
      const call = { query: searchParams, headers: request.headers, text }
      calls.push(call)
      const { status, type, body } = kind.answer(call, own)
      if (status === never.status) return
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${kind.path}`,
    own,
    calls,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** No answer at all. */
export const never: Reply = { status: 0, type: '', body: '' }

export const json = (status: number, body: object, type = 'application/json'): Reply => ({
  status,
  type,
  body: JSON.stringify(body),
})
export const done = json(200, { status: 'done' })
export const text = (status: number, body: string): Reply => ({ status, type: 'text/plain', body })

/** Notes a request it cannot use, and answers what the original answers then. */
export function fault(own: Own, why: string, reply: Reply): Reply {
  own.faults.push(why)
  return reply
}

/** JSON, or undefined. */
export function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** What lies at a path of keys; undefined where a key is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.entries(inner).find(([name]) => name === key)?.[1]
        : undefined,
    value,
  )
}

/** Text at a path; undefined for anything else. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** PHP and Python keep the wall clock and drop the offset; null when they could not read it. */
export function keepWallClock(logTime: string | undefined): Pick<Understood, 'clock' | 'instant'> | null {
  const match = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?: GMT [+-]\d{4})?$/.exec(logTime ?? '')
  return match ? { clock: match[1] ?? '', instant: null } : null
}

/** JavaScript honours the offset and keeps the moment; its reports show the site's own clock. */
export function keepMoment(logTime: string | undefined): Pick<Understood, 'clock' | 'instant'> | null {
  const at = new Date(logTime ?? '')
  if (Number.isNaN(at.getTime()) || !/[+-]\d{4}$/.test(logTime ?? '')) return null
  return { clock: siteClock.format(at).replace(',', ''), instant: at.getTime() }
}

const siteClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Kolkata',
  dateStyle: 'short',
  timeStyle: 'medium',
})
