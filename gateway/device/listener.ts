import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { plainAddress } from './addresses.ts'
import { limitConnections } from './connections.ts'
import type { DeviceDeps, DeviceReply } from './context.ts'
import { type DeviceLimits, defaultLimits } from './limits.ts'
import { withoutSecret } from './path-secret.ts'
import { escapeForLog } from './protocol/query.ts'
import { type DeviceRequest, parseDeviceRequest } from './protocol/request.ts'
import { type BodyReader, createBodyReader, type ReadBody } from './read-body.ts'
import { recoverRequest, replyRaw } from './recover.ts'
import { answerDevice, type DeviceMessage } from './routes.ts'
import { showUrl } from './shown-url.ts'

/** Field batches stay under a megabyte (iclock-push 2.4); this leaves room for photos and odd firmware. */
const bodyMaxBytes = 16 * 1024 * 1024
const headerMaxBytes = 16 * 1024

/**
 * The terminals' port. Plain node:http on purpose (ADR 0014): old firmware looks headers up in their canonical
 * spelling, wants `text/plain`, `Date` and exactly 200, and must never meet a 405; a web framework writes headers in
 * lower case and brings parsers nobody here wants. Whatever bytes arrive, the answer is one of this protocol.
 */
export function createDeviceListener(deps: DeviceDeps): Server {
  const limits: DeviceLimits = { ...defaultLimits, ...deps.config.deviceLimits }
  const bodies = createBodyReader(bodyMaxBytes, limits.bodyBytesAtOnce)
  const server = createServer(
    {
      maxHeaderSize: headerMaxBytes,
      // A megabyte over GPRS takes this long; who needs longer for a head is no terminal.
      requestTimeout: 120_000,
      headersTimeout: 20_000,
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => {
      void handle(deps, bodies, request, response)
    },
  )
  limitConnections(server, limits, deps)
  server.on(
    'clientError',
    (error: Error & { rawPacket?: Buffer }, socket) =>
      void recover(deps, error.rawPacket ?? Buffer.alloc(0), socket as Socket),
  )
  // Without a listener Node closes the connection without a word.
  server.on('connect', (_request, socket) => replyRaw(socket as Socket, notHere, deps.clock.now()))
  return server
}

const notHere: DeviceReply = { status: 404, body: 'NOT FOUND' }
const busy: DeviceReply = { status: 503, body: 'BUSY' }

async function handle(
  deps: DeviceDeps,
  bodies: BodyReader,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = {
    method: request.method ?? 'GET',
    rawUrl: request.url ?? '/',
    address: plainAddress(request.socket.remoteAddress),
  }
  const declared = Number(request.headers['content-length'] ?? 0)
  const { read, early } = admit(deps, asked, declared)
  if (early) return send(response, early, true)
  const body = await bodies.read(request)
  if (body === 'cut') return
  if (typeof body === 'string') return send(response, await refuse(deps, read, body, declared), true)
  send(response, await answer(deps, read, { ...asked, rawUrl: read.rawUrl, body }), false)
}

interface Read {
  readonly rawUrl: string
  readonly request: DeviceRequest
}

type Asked = Pick<DeviceMessage, 'method' | 'rawUrl' | 'address'>

/** What is asked, and a refusal where that is clear before its body. */
function admit(deps: DeviceDeps, asked: Asked, bytes: number): { read: Read; early?: DeviceReply } {
  const rawUrl = withoutSecret(asked.rawUrl, deps.config.devicePathSecret)
  const request = readRequest(asked.method, rawUrl ?? '')
  const read = { rawUrl: rawUrl ?? '', request }
  const refusal =
    deps.limits.refusal({
      sn: request.kind === 'ok' ? request.sn : null,
      address: asked.address,
      bytes,
      isCheap: bytes === 0,
    }) ?? (request.kind === 'ok' ? null : deps.limits.strangerRefusal(asked.address))
  if (refusal !== null) return { read, early: overLimit(deps, refusal, asked.address) }
  if (rawUrl !== null) return { read }
  deps.log.warn({ address: asked.address }, 'a request without the secret in its path')
  return { read, early: notHere }
}

const requestsKept = 5_000
const keptCharactersMax = 300
const requests = new Map<string, DeviceRequest>()

/** A terminal asks with the same few lines all day; each is read once. */
function readRequest(method: string, rawUrl: string): DeviceRequest {
  const line = `${method} ${rawUrl}`
  const known = requests.get(line)
  if (known) return known
  const request = parseDeviceRequest({ method, rawUrl })
  if (line.length > keptCharactersMax || request.kind !== 'ok') return request
  if (requests.size >= requestsKept) requests.clear()
  requests.set(line, request)
  return request
}

const sayEveryMs = 1_000
let saidAt = Number.NEGATIVE_INFINITY

/** 503: the terminal keeps its records and comes again. Who floods us does not get to flood the log too. */
function overLimit(deps: DeviceDeps, limit: string, address: string | null): DeviceReply {
  const now = deps.clock.now()
  if (now - saidAt >= sayEveryMs) {
    saidAt = now
    deps.log.warn({ limit, address }, "over a limit of the terminals' port")
  }
  return busy
}

async function refuse(
  deps: DeviceDeps,
  { rawUrl, request }: Read,
  why: Exclude<ReadBody, Buffer | 'cut'>,
  declared: number,
): Promise<DeviceReply> {
  if (why === 'no-room') return overLimit(deps, 'bodies at once', null)
  if (request.kind === 'ok')
    await deps.guard
      .tooLarge(request.sn, Math.max(declared, bodyMaxBytes), bodyMaxBytes)
      .catch(error => deps.log.error({ err: error }, 'keeping an incident failed'))
  deps.log.error(
    { url: showUrl(rawUrl), bodyMaxBytes },
    'a terminal sent more than we take; it will try again',
  )
  return { status: 413, body: 'ERROR' }
}

/** Whatever breaks while answering is a 503: the terminal keeps its records and comes again. */
async function answer(deps: DeviceDeps, { request }: Read, message: DeviceMessage): Promise<DeviceReply> {
  try {
    return await answerDevice(deps, message, request)
  } catch (error) {
    deps.log.error({ err: error, url: showUrl(message.rawUrl) }, 'answering a terminal failed')
    return { status: 503, body: 'ERROR' }
  }
}

function send(response: ServerResponse, reply: DeviceReply, close: boolean): void {
  if (response.destroyed) return
  response.writeHead(reply.status, {
    'Content-Type': 'text/plain',
    'Content-Length': String(Buffer.byteLength(reply.body)),
    ...(close ? { Connection: 'close' } : {}),
  })
  // As text it leaves with its head in one piece, which costs half as much as two.
  response.end(reply.body)
}

/** What no HTTP parser takes: a request line with a space in it is answered, anything else logged and closed. */
async function recover(deps: DeviceDeps, packet: Buffer, socket: Socket): Promise<void> {
  const recovered = await recoverRequest(packet, socket, bodyMaxBytes)
  if (recovered === null) {
    if (packet.length > 0)
      deps.log.warn(
        { bytes: escapeForLog(packet.toString('latin1', 0, 400)) },
        'a request that is no HTTP, or not all of it',
      )
    replyRaw(socket, { status: 400, body: 'ERROR' }, deps.clock.now())
    return
  }
  const asked = { ...recovered, address: plainAddress(socket.remoteAddress) }
  const { read, early } = admit(deps, asked, recovered.body.length)
  deps.log.warn({ url: showUrl(read.rawUrl) }, 'a request line with a space in it, read by its ends')
  const reply = early ?? (await answer(deps, read, { ...asked, rawUrl: read.rawUrl }))
  replyRaw(socket, reply, deps.clock.now())
}
