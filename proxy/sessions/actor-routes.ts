import type { FastifyInstance } from 'fastify'
import type { ActorBody } from '#contract/dashboard/actors.ts'
import { actorOf } from '../access/person.ts'
import { isRole } from '../access/roles.ts'
import type { ProxyStore } from '../store/index.ts'

/** Names behind the opaque actors orders carry, for those who operate doors: who opened this, a person or an admin. */
export function registerActorRoutes(app: FastifyInstance, { db }: { readonly db: ProxyStore }): void {
  app.get('/api/actors', { config: { access: 'doors:operate' }, exposeHeadRoute: false }, async () => {
    const users = await db.read.selectFrom('user').select(['id', 'name', 'roles']).orderBy('name').execute()
    const Actors: ActorBody[] = users.map(({ id, name, roles }) => ({
      Actor: actorOf(id),
      Name: name,
      Roles: roles.split(' ').filter(isRole),
    }))
    return { Actors }
  })
}
