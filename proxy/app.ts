import type { FastifyInstance } from 'fastify'
import { failureBody } from '#contract/failure.ts'
import { createHttpServer } from '#platform/http-server.ts'
import { checkAccess } from './access/check.ts'
import { demandDeclaredAccess } from './access/declare.ts'
import { createSiteBinding } from './access/site-scope.ts'
import { createStepUps } from './access/step-up.ts'
import { createAudit } from './audit/audit.ts'
import { registerAuditRoutes } from './audit/routes.ts'
import { createCallbackRegistration } from './callback/register.ts'
import { registerCallbackRoutes } from './callback/routes.ts'
import { createSeenCallbacks } from './callback/seen.ts'
import type { ProxyDeps } from './deps.ts'
import { createHub } from './events/hub.ts'
import { registerEventRoutes } from './events/routes.ts'
import { createSessionWatch, watchEveryMs } from './events/watch-sessions.ts'
import { registerHealthRoutes } from './health.ts'
import { deriveKeys } from './keys.ts'
import { forwardOperations } from './operations/forward-operations.ts'
import { createActorNames } from './operations/name-actors.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import { type Accounts, createAccounts } from './sessions/accounts.ts'
import { registerActorRoutes } from './sessions/actor-routes.ts'
import { createAuth } from './sessions/auth.ts'
import { registerSessionRoutes } from './sessions/routes.ts'
import { createSessions } from './sessions/session.ts'
import { createSignInLimit } from './sessions/sign-in-limit.ts'
import { registerStaticFiles } from './static.ts'
import { registerStatusPage } from './status/routes.ts'
import { createUpstream } from './upstream/client.ts'
import { registerViewRoutes } from './views/routes.ts'

export interface ProxyApp {
  /** Ready to listen; listening is the business of bin. */
  readonly app: FastifyInstance
  readonly accounts: Accounts
  /**
   * Has the gateway send its events to us; call it once we listen. `baseUrl` is where the gateway reaches us, by
   * default the public address. Resolves when the gateway has agreed, and keeps it agreed until `close`.
   */
  registerCallback(baseUrl?: string): Promise<void>
  /** Accounts that are not there yet, each with a one-time password said here and nowhere else. */
  firstAccounts: Accounts['first']
  /** Ends live connections, pending work and the HTTP server; the store belongs to the caller. */
  close(): Promise<void>
}

/** Puts the proxy together on an opened, migrated store. Nothing here knows the gateway but by address and token. */
export async function buildProxy(deps: ProxyDeps): Promise<ProxyApp> {
  const { config, db, clock, log } = deps
  const { publicUrl } = config
  const keys = deriveKeys(config.secretKey)
  const auth = createAuth({ db, log, secret: keys.sessionSecret, publicUrl })
  const audit = createAudit({ db, clock, log })
  const accounts = createAccounts({ db, auth, audit, clock })
  const sessions = createSessions({ db, auth, clock, publicUrl })
  const upstream = createUpstream({ config, clock })
  const hub = createHub({ clock })
  const seen = createSeenCallbacks({ db, clock, log })
  const registration = createCallbackRegistration({ config, keys, upstream, clock, log })

  const app = createHttpServer({ log, failureBody })
  // JSON and nothing else; the callback brings its own reader.
  app.removeContentTypeParser('text/plain')
  demandDeclaredAccess(app)
  await registerSecurityHeaders(app, publicUrl)
  checkAccess(app, { people: sessions, publicUrl, log })
  app.addHook('onSend', async (request, reply) => {
    if (request.raw.url?.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  registerHealthRoutes(app, {
    db,
    reachability: upstream.reachability,
    isRegistered: registration.isRegistered,
  })
  const limit = createSignInLimit(clock)
  const stepUps = createStepUps(clock)
  registerSessionRoutes(app, { config, db, auth, sessions, limit, audit, clock, stepUps })
  registerAuditRoutes(app, { db })
  registerViewRoutes(app, { db, clock })
  registerActorRoutes(app, { db })
  forwardOperations(app, {
    upstream,
    audit,
    log,
    actorNames: createActorNames({ db, clock }),
    siteBinding: createSiteBinding({ config, upstream }),
    stepUps: config.stepUp ? stepUps : null,
  })
  registerCallbackRoutes(app, { config, keys, seen, audit, hub, clock, log })
  registerEventRoutes(app, { hub })
  registerStatusPage(app, { config, upstream, clock })
  await registerStaticFiles(app, config.staticDir)

  const look = createSessionWatch({ hub, people: sessions, log })
  const watch = setInterval(() => void look(), watchEveryMs)
  app.addHook('onClose', async () => {
    clearInterval(watch)
    registration.close()
    hub.close()
    await seen.flush()
    await upstream.close()
  })
  await app.ready()
  return {
    app,
    accounts,
    firstAccounts: accounts.first,
    async registerCallback(baseUrl = publicUrl) {
      if (baseUrl === undefined) throw new Error('Neither an address for callbacks nor a public one is known')
      await registration.register(baseUrl)
    },
    close: () => app.close(),
  }
}
