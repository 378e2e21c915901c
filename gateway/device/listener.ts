import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { DeviceDeps, DeviceReply } from './context.ts'
import { escapeForLog } from './protocol/query.ts'
import { answerDevice } from './routes.ts'

/** Field batches stay under a megabyte (iclock-push 2.4); this leaves room for photos and odd firmware. */
const bodyMaxBytes = 16 * 1024 * 1024
const headerMaxBytes = 16 * 1024
const recoverWithinMs = 10_000

/**
 * The terminals' port. Plain node:http on purpose (ADR 0014): old firmware looks headers up in their canonical
 * spelling, wants `text/plain`, `Date` and exactly 200, and must never meet a 405; a web framework writes headers in
 * lower case and brings parsers nobody here wants.
 */
export function createDeviceListener(deps: DeviceDeps): Server {
  const server = createServer(
    {
      maxHeaderSize: headerMaxBytes,
      requestTimeout: 120_000,
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 10_000,
    },
    (request, response) => {
      void handle(deps, request, response)
    },
  )
  server.on(
    'clientError',
    (error: Error & { rawPacket?: Buffer }, socket: Duplex) => void recover(deps, error.rawPacket, socket),
  )
  return server
}

async function handle(deps: DeviceDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const declared = Number(request.headers['content-length'] ?? 0)
  const body = declared > bodyMaxBytes ? 'too-large' : await readBody(request)
  if (body === 'cut') return
  if (body === 'too-large') {
    deps.log.error(
      { url: escapeForLog(request.url ?? ''), declared, bodyMaxBytes },
      'a terminal sent more than we take; it will try again',
    )
    send(response, { status: 413, body: 'ERROR' }, true)
    return
  }
  const reply = await safely(
    deps,
    request.method ?? 'GET',
    request.url ?? '/',
    body,
    request.socket.remoteAddress ?? null,
  )
  send(response, reply, false)
}

/** Whatever breaks while answering is a 503: the terminal keeps its records and comes again. */
async function safely(
  deps: DeviceDeps,
  method: string,
  rawUrl: string,
  body: Buffer,
  address: string | null,
): Promise<DeviceReply> {
  try {
    return await answerDevice(deps, { method, rawUrl, body, address })
  } catch (error) {
    deps.log.error({ err: error, url: escapeForLog(rawUrl) }, 'answering a terminal failed')
    return { status: 503, body: 'ERROR' }
  }
}

/** The body, or that it was cut off before its end (nothing is kept, the terminal sends it again), or too large. */
function readBody(request: IncomingMessage): Promise<Buffer | 'cut' | 'too-large'> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > bodyMaxBytes) {
        resolve('too-large')
        request.destroy()
        return
      }
      chunks.push(chunk)
    })
    request.on('end', () => resolve(request.complete ? Buffer.concat(chunks) : 'cut'))
    request.on('close', () => resolve('cut'))
    request.on('error', () => resolve('cut'))
  })
}

function send(response: ServerResponse, reply: DeviceReply, close: boolean): void {
  if (response.destroyed) return
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, {
    'Content-Type': 'text/plain',
    'Content-Length': String(body.length),
    ...(close ? { Connection: 'close' } : {}),
  })
  response.end(body)
}

/**
 * Odd firmware writes a space into the request line (`CMD=SET OPTION`), which no HTTP parser takes. The line is read
 * by its ends: first word method, last word version. Anything else is logged with its bytes and closed.
 */
async function recover(deps: DeviceDeps, packet: Buffer | undefined, socket: Duplex): Promise<void> {
  const text = packet?.toString('latin1') ?? ''
  const head = /^(GET|POST) (\S*\?.* .*) HTTP\/1\.[01]\r?\n/i.exec(text)
  if (!head || !socket.writable) {
    if (text !== '') deps.log.warn({ bytes: escapeForLog(text.slice(0, 400)) }, 'a request that is no HTTP')
    socket.end(
      'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nERROR',
    )
    return
  }
  const [, method = 'GET', url = '/'] = head
  const body = await restOfBody(packet ?? Buffer.alloc(0), socket)
  if (body === null) {
    socket.destroy()
    return
  }
  const reply = await safely(deps, method.toUpperCase(), url.replaceAll(' ', '%20'), body, null)
  const length = Buffer.byteLength(reply.body)
  socket.end(
    `HTTP/1.1 ${reply.status} OK\r\nDate: ${new Date(deps.clock.now()).toUTCString()}\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${reply.body}`,
  )
}

/** The body behind a recovered head: what is still to come is read on, and a body that stays short is no body. */
async function restOfBody(packet: Buffer, socket: Duplex): Promise<Buffer | null> {
  const text = packet.toString('latin1')
  const headEnd = /\r?\n\r?\n/.exec(text)
  const declared = Number(/^content-length:[ \t]*(\d{1,9})[ \t]*\r?$/im.exec(text)?.[1] ?? 0)
  if (!headEnd || declared > bodyMaxBytes) return null
  const chunks = [packet.subarray(headEnd.index + headEnd[0].length)]
  const have = () => chunks.reduce((bytes, chunk) => bytes + chunk.length, 0)
  if (have() < declared) {
    // The parser that gave up would take every further piece for another broken request.
    socket.removeAllListeners('data')
    await new Promise<void>(resolve => {
      const late = setTimeout(resolve, recoverWithinMs).unref()
      const finish = () => {
        clearTimeout(late)
        resolve()
      }
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (have() >= declared) finish()
      })
      socket.once('close', finish)
    })
  }
  return have() < declared ? null : Buffer.concat(chunks).subarray(0, declared)
}
