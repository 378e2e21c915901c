import { once } from 'node:events'
import { connect } from 'node:net'
import { addressOf, type Reply, type Wire, type WireDeps } from './wire.ts'

const answerWithinMs = 60_000
const headersMaxBytes = 2048
const headerLineMaxBytes = 1024
const spelt = /^(Content-Length|Content-Type|Date):/
const misspelt = new RegExp(spelt, 'i')

/**
 * The line of firmware of old: HTTP/1.0, a connection for each request, GET where there is nothing to post, and a
 * reader that knows header names in one spelling only (iclock-push 2.1, 2.2 [FW]).
 */
export function oldWireOf(deps: Omit<WireDeps, 'agent'>): Wire {
  async function send(method: string, path: string, query: Readonly<Record<string, string>>, body = '') {
    const url = addressOf(deps, path, query)
    if (url.protocol !== 'http:') throw new Error('firmware of old speaks plain HTTP only')
    const bytes = Buffer.from(deps.encode?.(body) ?? body)
    const isEmpty = bytes.length === 0
    const head = [
      `${isEmpty ? 'GET' : method} ${url.pathname}${url.search} HTTP/1.0`,
      `Host: ${url.host}`,
      'User-Agent: iClock Proxy/1.09',
      'Connection: close',
      'Accept: */*',
      ...(isEmpty ? [] : [`Content-Length: ${bytes.length}`]),
    ]
    return readOldReply(await exchange(url, [`${head.join('\r\n')}\r\n\r\n`, bytes], deps.signal))
  }

  return {
    get: (path, query) => send('GET', path, query),
    post: (path, query, body) => send('POST', path, query, body),
  }
}

/**
 * A reply as that firmware reads it. Status 0 is one it does not take for an answer: headers too long, a name it looks
 * for in another spelling, or no `text/plain`. Whatever does not begin with exactly 200 keeps its number.
 */
export function readOldReply(bytes: Buffer): Reply {
  const end = bytes.indexOf('\r\n\r\n')
  const head = bytes.subarray(0, Math.max(0, end)).toString('latin1')
  const lines = head.split('\r\n')
  const [, status] = /^HTTP\/1\.[01] (\d{3}) /.exec(head) ?? []
  const isReadable =
    end >= 0 && end <= headersMaxBytes && lines.every(line => line.length <= headerLineMaxBytes)
  if (status === undefined || !isReadable) return { status: 0, body: '' }
  const value = (name: string) => lines.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2)
  const length = value('Content-Length')
  const date = Date.parse(value('Date') ?? '')
  const isMisspelt = lines.some(line => misspelt.test(line) && !spelt.test(line))
  const isKnown = !isMisspelt && !Number.isNaN(date) && value('Content-Type')?.includes('text/plain')
  const from = end + 4
  return {
    status: isKnown || status !== '200' ? Number(status) : 0,
    // Without a length it knows, it reads until the server hangs up.
    body: bytes.subarray(from, length === undefined ? undefined : from + Number(length)).toString('utf8'),
    dateMs: Number.isNaN(date) ? undefined : date,
  }
}

async function exchange(url: URL, parts: readonly (string | Buffer)[], signal: AbortSignal): Promise<Buffer> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const socket = connect({ host, port: Number(url.port || 80) })
  const abort = () => socket.destroy(new Error('aborted'))
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  socket.setTimeout(answerWithinMs, () => socket.destroy(new Error('no answer in time')))
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  try {
    const closed = once(socket, 'close')
    for (const part of parts) socket.write(part)
    await closed
  } finally {
    signal.removeEventListener('abort', abort)
  }
  if (chunks.length === 0) throw new Error('the server hung up')
  return Buffer.concat(chunks)
}
