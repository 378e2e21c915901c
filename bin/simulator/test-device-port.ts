import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Seen = {
  method: string
  path: string
  query: URLSearchParams
  serial: string
  body: string
  bytes: Buffer
  /** Version of HTTP and what is to become of the connection. */
  line: string
  cookie: string | undefined
  acknowledged: boolean
}
type Answer = { status: number; body: string }

export type DevicePort = {
  url: string
  seen: Seen[]
  /** Lines of acknowledged uploads of one table, in the order they came. */
  lines: (table: string, serial?: string) => string[]
  /** Hands this text out as a command at the terminal's next poll. */
  command: (serial: string, text: string) => string
  /** Result body of a command, once reported. */
  result: (id: string) => string | undefined
  /** Takes over replies while it returns one; undefined leaves the usual reply. */
  answer: (rule: ((seen: Seen) => Answer | 'hang up' | undefined) | undefined) => void
  openSockets: () => number
  close: () => Promise<void>
}

const handshake = 'GET OPTION FROM: x\nATTLOGStamp=9999\nErrorDelay=30\nDelay=10\nRealtime=1\nTimeZone=330\n'

/** What only access terminals ask, answered as a server does that has never met them. */
function accessReply({ path, query }: Seen): string | undefined {
  if (query.get('DeviceType') === 'acc') return 'OK'
  if (path === '/iclock/registry') return 'RegistryCode=c0de'
  if (path === '/iclock/push') return 'RequestDelay=2\nErrorDelay=30\nSessionID=5e55\n'
  const table = query.get('tablename')
  return table === null ? undefined : `${table}=${query.get('count')}`
}

/** A real listener on a free port that keeps what terminals say; just enough iclock to be talked to. */
export async function openDevicePort(): Promise<DevicePort> {
  const seen: Seen[] = []
  const bare = new Set<string>()
  const queued = new Map<string, string[]>()
  let rule: ((seen: Seen) => Answer | 'hang up' | undefined) | undefined
  let commands = 0

  const server = createServer(async (request, response) => {
    const entry = await read(request)
    seen.push(entry)
    const answer = rule?.(entry) ?? usual(entry)
    if (answer === 'hang up') {
      request.socket.destroy()
      return
    }
    entry.acknowledged = answer.status === 200 && /^OK|^\w+=\d+$/.test(answer.body)
    response.writeHead(answer.status, { 'Content-Type': 'text/plain' }).end(answer.body)
  })
  let sockets = 0
  server.on('connection', socket => {
    sockets += 1
    socket.on('close', () => {
      sockets -= 1
    })
  })

  function usual(entry: Seen): Answer {
    const { path, query, serial, body } = entry
    const access = accessReply(entry)
    if (access !== undefined) return { status: 200, body: access }
    if (path === '/iclock/cdata' && query.get('options') === 'all') return { status: 200, body: handshake }
    if (path === '/iclock/getrequest') {
      const lines = queued.get(serial) ?? []
      queued.delete(serial)
      return { status: 200, body: lines.length === 0 ? 'OK' : lines.join('') }
    }
    const table = query.get('table')
    const counted = table === 'ATTLOG' || table === 'OPERLOG'
    if (!counted || isRepeated(entry)) return { status: 200, body: 'OK' }
    return { status: 200, body: `OK:${body.trimEnd().split('\n').length}` }
  }

  /** As a real server does: what does not like one acknowledgement gets the other. */
  function isRepeated({ serial, query, body }: Seen): boolean {
    const table = query.get('table')
    const key = `${serial} ${table}`
    const before = seen.filter(entry => entry.serial === serial && entry.query.get('table') === table)
    if (before.filter(entry => entry.body === body).length > 2) bare.add(key)
    return bare.has(key)
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    lines: (table, serial) =>
      seen
        .filter(entry => entry.acknowledged && entry.query.get('table') === table)
        .filter(entry => serial === undefined || entry.serial === serial)
        .flatMap(entry => entry.body.split('\n').filter(line => line !== '')),
    command: (serial, text) => {
      commands += 1
      queued.set(serial, [...(queued.get(serial) ?? []), `C:${commands}:${text}\n`])
      return String(commands)
    },
    result: id =>
      seen.find(({ path, body }) => path.endsWith('devicecmd') && body.startsWith(`ID=${id}&`))?.body,
    answer: next => {
      rule = next
    },
    openSockets: () => sockets,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Waits for a condition, looking at every turn of the event loop; fails after a deadline. */
export async function until(condition: () => boolean, withinMs = 5000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${condition.toString()}`)
    await new Promise<void>(resolve => setTimeout(resolve, 1))
  }
}

async function read(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://port')
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    serial: searchParams.get('SN') ?? '',
    body: bytes.toString('utf8'),
    bytes,
    cookie: request.headers.cookie,
    line: `${request.httpVersion} ${request.headers.connection}`,
    acknowledged: false,
  }
}
