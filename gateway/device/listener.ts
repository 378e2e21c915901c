import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { plainAddress } from './addresses.ts'
import { limitConnections } from './connections.ts'
import type { DeviceDeps, DeviceReply } from './context.ts'
import { type DeviceLimits, defaultLimits } from './limits.ts'
import { withoutSecret } from './path-secret.ts'
import { type DeviceRequest, parseDeviceRequest } from './protocol/request.ts'
import { endRaw, onTheWire, replyRaw, takeOver } from './raw-reply.ts'
import { type BodyReader, createBodyReader, type ReadBody } from './read-body.ts'
import { recoverRequest } from './recover.ts'
import { answerDevice, type DeviceMessage } from './routes.ts'
import { showPacket, showUrl } from './shown-url.ts'
import { createTalks, type Talks } from './talks.ts'

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
  const port = { deps, bodies: createBodyReader(bodyMaxBytes, limits.bodyBytesAtOnce), talks: createTalks() }
  const server = createServer({
    maxHeaderSize: headerMaxBytes,
    // A megabyte over GPRS takes this long; who needs longer for a head is no terminal.
    requestTimeout: 120_000,
    headersTimeout: 20_000,
    keepAliveTimeout: 75_000,
    connectionsCheckingInterval: 5_000,
    // Node's own refusal is no reply of this protocol, and which host was meant is all the same here.
    requireHostHeader: false,
  })
  // A sender that closes its half when it has said everything still listens. Node has this without a type.
  Object.assign(server, { httpAllowHalfOpen: true })
  limitConnections(server, limits, deps)
  // An expectation nobody knows is no ground for refusal.
  for (const event of ['request', 'checkExpectation'])
    server.on(event, (request: IncomingMessage, response: ServerResponse) => handle(port, request, response))
  server.on('clientError', (error: ParserError, socket) => void recover(port, error, socket as Socket))
  // Without a listener Node closes the connection without a word.
  server.on('connect', (request, socket) => void refuseProxying(port, request, socket as Socket))
  return server
}

interface Port {
  readonly deps: DeviceDeps
  readonly bodies: BodyReader
  readonly talks: Talks
}

type ParserError = Error & { readonly code?: string; readonly rawPacket?: Buffer }

const notHere: DeviceReply = { status: 404, body: 'NOT FOUND' }
const busy: DeviceReply = { status: 503, body: 'BUSY' }

function handle(port: Port, request: IncomingMessage, response: ServerResponse): void {
  port.talks.note(request, response)
  converse(port, request, response).catch(error => {
    port.deps.log.error({ err: error }, 'a conversation with a terminal broke off')
    request.socket.destroy()
  })
}

async function converse(
  { deps, bodies }: Port,
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
  if (early) return sendLast(request, response, early)
  const body = await bodies.read(request)
  if (body === 'cut') return
  if (typeof body === 'string') return sendLast(request, response, await refuse(deps, read, body, declared))
  const message = { ...asked, rawUrl: read.rawUrl, body }
  const started = performance.now()
  const reply = await answer(deps, read, message)
  send(response, reply)
  if (read.request.kind === 'ok' && deps.traces.isOn(read.request.sn))
    deps.traces.note(read.request.sn, {
      ...message,
      status: reply.status,
      reply: reply.body,
      durationMs: performance.now() - started,
    })
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
      bytes: Math.min(bytes, bodyMaxBytes),
      isCheap: bytes === 0,
    }) ?? (request.kind === 'ok' ? null : deps.limits.strangerRefusal(asked.address))
  if (refusal !== null) {
    if (request.kind === 'ok') tellOfFlood(deps, request.sn, refusal)
    return { read, early: overLimit(deps, refusal, asked.address) }
  }
  if (rawUrl !== null) return { read }
  deps.log.warn({ address: asked.address }, 'a request without the secret in its path')
  return { read, early: notHere }
}

/** Its requests are turned away: whoever looks at the terminal should not think that its line is dead. */
function tellOfFlood(deps: DeviceDeps, sn: string, limit: string): void {
  deps.presence.refused(sn, 'Refused')
  deps.guard.flooding(sn, limit).catch(error => deps.log.error({ err: error }, 'keeping an incident failed'))
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

function send(response: ServerResponse, reply: DeviceReply): void {
  if (response.destroyed) return
  const { text, encoding } = onTheWire(reply)
  response.writeHead(reply.status, headersOf(Buffer.byteLength(text, encoding)))
  // As text it leaves with its head in one piece, which costs half as much as two.
  response.end(text, encoding)
}

const lingerMs = 10_000
const lingerBytes = 64 * 1024 * 1024

/**
 * The last reply on a connection whose request is not read to its end. It is out at once; the connection stays open
 * while the rest comes and is thrown away, because closing on a busy sender resets it before it has read anything.
 */
function sendLast(request: IncomingMessage, response: ServerResponse, reply: DeviceReply): void {
  if (response.destroyed) return
  response.writeHead(reply.status, { ...headersOf(Buffer.byteLength(reply.body)), Connection: 'close' })
  response.write(reply.body)
  const end = () => {
    clearTimeout(late)
    response.end()
  }
  const late = setTimeout(end, lingerMs).unref()
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > lingerBytes) end()
  })
  for (const event of ['end', 'close', 'error']) request.once(event, end)
  if (request.complete) end()
}

function headersOf(bytes: number): Record<string, string> {
  return { 'Content-Type': 'text/plain', 'Content-Length': String(bytes) }
}

/** `CONNECT`, whose connection the parser lets go of. */
async function refuseProxying(
  { deps, talks }: Port,
  request: IncomingMessage,
  socket: Socket,
): Promise<void> {
  takeOver(socket)
  const address = plainAddress(socket.remoteAddress)
  deps.log.warn({ method: request.method, address }, 'a call for a proxy')
  await talks.on(socket).answered()
  replyRaw(socket, notHere, deps.clock.now())
}

/**
 * What no HTTP parser takes: a request line with a space in it is answered, anything else logged, refused and closed.
 * Replies that earlier requests of the connection still wait for go first, or this one would be taken for theirs.
 */
async function recover(port: Port, error: ParserError, socket: Socket): Promise<void> {
  const { deps } = port
  const packet = error.rawPacket ?? Buffer.alloc(0)
  if (!takeOver(socket)) return
  const talk = port.talks.on(socket)
  const reading = talk.reading()
  // In the middle of a body whatever comes is a piece of it, even where it looks like a request.
  const recovered = reading
    ? null
    : await recoverRequest(packet, socket, {
        headMaxBytes: headerMaxBytes,
        bodyMaxBytes,
        bodies: port.bodies,
      })
  const reply = await answerRecovered(deps, recovered, socket)
  if (reply === null && !reading?.isAnswered) tellOfBroken(deps, error, socket, reading?.url)
  await talk.answered()
  if (reading?.isAnswered) return endRaw(socket)
  replyRaw(socket, reply ?? { status: 400, body: 'ERROR' }, deps.clock.now())
}

async function answerRecovered(
  deps: DeviceDeps,
  recovered: Awaited<ReturnType<typeof recoverRequest>>,
  socket: Socket,
): Promise<DeviceReply | null> {
  if (recovered === null) return null
  const address = plainAddress(socket.remoteAddress)
  const { method, rawUrl, body, declared } = recovered
  const { read, early } = admit(deps, { method, rawUrl, address }, declared)
  deps.log.warn({ url: showUrl(read.rawUrl) }, 'a request line with a space in it, read by its ends')
  if (early) return early
  if (typeof body === 'string') return refuse(deps, read, body, declared)
  return answer(deps, read, { method, rawUrl: read.rawUrl, address, body })
}

function tellOfBroken(deps: DeviceDeps, error: ParserError, socket: Socket, url: string | undefined): void {
  const address = plainAddress(socket.remoteAddress)
  const about = {
    address,
    code: error.code,
    ...(url === undefined ? {} : { url: shownWithoutSecret(deps, url) }),
    ...(error.rawPacket ? { bytes: showPacket(error.rawPacket, deps.config.devicePathSecret) } : {}),
  }
  // A connection that was lost: nobody is there to be answered.
  if (!socket.writable) {
    deps.log.debug(about, 'a connection of a terminal was lost')
    return
  }
  const refusal = deps.limits.strangerRefusal(address)
  if (refusal !== null) overLimit(deps, refusal, address)
  else deps.log.warn(about, 'a request that is no HTTP, or not all of it')
}

function shownWithoutSecret(deps: DeviceDeps, rawUrl: string): string {
  return showUrl(withoutSecret(rawUrl, deps.config.devicePathSecret) ?? '')
}
