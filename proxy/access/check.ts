import type { FastifyInstance, FastifyRequest } from 'fastify'
import { OperationError } from '#contract/errors.ts'
import type { Logger } from '#platform/logger.ts'
import { clientAddress } from './client-address.ts'
import { isCrossSite, isSameOrigin, isUnsafe } from './origin.ts'
import type { People, Person } from './person.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access check on every route that is not public. */
    person: Person | null
    /** Where the request came from, as far as it can be believed. */
    clientAddress: string
  }
}

interface CheckDeps {
  readonly people: People
  readonly publicUrl: string | undefined
  readonly log: Logger
}

/** One hook for every route: origin, content type, session, right, in that order and before any body is read. */
export function checkAccess(app: FastifyInstance, deps: CheckDeps): void {
  app.decorateRequest('person', null)
  app.decorateRequest('clientAddress', '')
  app.addHook('onRequest', async (request, reply) => {
    request.clientAddress = clientAddress(request.raw, deps.publicUrl)
    const { access } = request.routeOptions.config
    if (request.is404 || access === 'signature') return
    if (isUnsafe(request.method)) refuseForeign(request, deps.publicUrl)
    if (access === 'public') return
    if (isCrossSite(request.headers)) throw new OperationError('ORIGIN_REFUSED')
    const found = await findPerson(request, deps)
    if (found === null) throw new OperationError('SESSION_MISSING')
    request.person = found.person
    for (const cookie of found.setCookies) reply.header('set-cookie', cookie)
    if (access === 'session') return
    if (access === undefined || !found.person.permissions.has(access)) {
      deps.log.warn({ actor: found.person.name, right: access, url: request.routeOptions.url }, 'refused')
      throw new OperationError('PERMISSION_DENIED', { detail: `The right ${access} is missing` })
    }
  })
}

/** The person the access check let in; throws rather than let a route run for nobody. */
export function personOf(request: FastifyRequest): Person {
  if (request.person === null) throw new OperationError('SESSION_MISSING')
  return request.person
}

function refuseForeign(request: FastifyRequest, publicUrl: string | undefined): void {
  if (!isSameOrigin(request.headers, publicUrl)) throw new OperationError('ORIGIN_REFUSED')
  // A form cannot send JSON and a script of another site cannot without asking first, and we never say yes.
  const type = request.headers['content-type'] ?? ''
  if (request.method !== 'DELETE' && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new OperationError('MEDIA_TYPE_REFUSED', { detail: 'Send JSON' })
  }
}

async function findPerson(request: FastifyRequest, deps: CheckDeps): ReturnType<People['find']> {
  try {
    return await deps.people.find(request.headers.cookie)
  } catch (error) {
    deps.log.error({ err: error }, 'sessions cannot be read')
    throw new OperationError('STORE_UNAVAILABLE')
  }
}
