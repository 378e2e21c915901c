import type { FastifyInstance } from 'fastify'
import type { ProxyStore } from './store/index.ts'
import type { Reachability } from './upstream/reachability.ts'

interface HealthDeps {
  readonly db: ProxyStore
  readonly reachability: Pick<Reachability, 'probe'>
  readonly isRegistered: () => boolean
}

/**
 * `/healthz`: this process answers. `/readyz`: its store does too, and is up to date (it was migrated before any route
 * existed). The gateway is reported but not demanded: without it people can still sign in and see that it is away.
 */
export function registerHealthRoutes(app: FastifyInstance, deps: HealthDeps): void {
  app.get('/healthz', { config: { access: 'public' } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: { access: 'public' } }, async (_request, reply) => {
    const [store, gateway] = await Promise.all([isReadable(deps.db), deps.reachability.probe()])
    reply.status(store ? 200 : 503).header('cache-control', 'no-store')
    return {
      ready: store,
      store: store ? 'ok' : 'unreachable',
      gateway: gateway ? 'reachable' : 'unreachable',
      callback: deps.isRegistered() ? 'registered' : 'waiting',
    }
  })
}

function isReadable(db: ProxyStore): Promise<boolean> {
  const query = db.read.selectFrom('setting').select('name').limit(1).execute()
  return query.then(
    () => true,
    () => false,
  )
}
