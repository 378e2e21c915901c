import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { OperationError } from '#contract/errors.ts'
import { personOf } from '../access/check.ts'
import type { Hub, Listener, Sink } from './hub.ts'

interface EventRoutesDeps {
  readonly hub: Hub
  readonly streamsPerSessionMax?: number
}

const heartbeatMs = 15_000
const lastWordMs = 500

/** `GET /api/events`: server-sent events for the signed-in person. The stream obeys the rights of reading. */
export function registerEventRoutes(app: FastifyInstance, deps: EventRoutesDeps): void {
  const { hub, streamsPerSessionMax = 8 } = deps
  const heart = setInterval(() => hub.beat(), heartbeatMs)
  app.addHook('preClose', async () => {
    clearInterval(heart)
    for (const { sink } of [...hub.listeners()]) sink.drop()
  })
  app.get('/api/events', { config: { access: 'session' }, exposeHeadRoute: false }, (request, reply) => {
    const person = personOf(request)
    const open = [...hub.listeners()].filter(other => other.person.sessionId === person.sessionId)
    if (open.length >= streamsPerSessionMax) {
      const detail = `${streamsPerSessionMax} live connections are open in this session`
      throw new OperationError('RATE_LIMITED', { detail, retryAfterSeconds: 10 })
    }
    reply.hijack()
    const listener: Listener = { person, sink: openStream(request, reply) }
    reply.raw.once('close', () => hub.leave(listener))
    hub.join(listener, readLastEventId(request))
  })
}

/** Writes the head at once; from here on Fastify is out of the game. */
function openStream(request: FastifyRequest, reply: FastifyReply): Sink {
  const { raw } = reply
  // Renewed cookies and the headers of the security plugin were set before the reply was taken over.
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': request.id,
  })
  raw.flushHeaders()
  // A broken pipe ends in 'close', where the hub is told; without a listener it would end the process.
  raw.on('error', () => undefined)
  return {
    write: frames => void raw.write(frames),
    pendingBytes: () => raw.writableLength,
    end(reason) {
      raw.end(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`)
      // Who does not read would otherwise keep the connection, and what waits in it, for as long as they like.
      setTimeout(() => raw.destroy(), lastWordMs).unref()
    },
    drop: () => void raw.destroy(),
  }
}

/** From the header of a reconnecting browser, or from the query of a page that starts anew. */
function readLastEventId(request: FastifyRequest): string | undefined {
  const header = request.headers['last-event-id']
  const query = (request.query as Record<string, unknown>).LastEventId
  const value = header ?? query
  return typeof value === 'string' ? value.slice(0, 64) : undefined
}
