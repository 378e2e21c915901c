import type { FastifyInstance } from 'fastify'
import { SaveView, type ViewPage, ViewsQuery, viewPages } from '#contract/dashboard/views.ts'
import { OperationError } from '#contract/errors.ts'
import type { Clock } from '#platform/clock.ts'
import { personOf } from '../access/check.ts'
import { parseOrRefuse } from '../access/parse.ts'
import type { Person } from '../access/person.ts'
import type { ProxyStore } from '../store/index.ts'
import { readViews, removeView, saveView } from './saved-views.ts'

interface ViewRoutesDeps {
  readonly db: ProxyStore
  readonly clock: Clock
}

const url = '/api/views'

/** `/api/views`: filters a person keeps under a name. The right to the page is the right to its views. */
export function registerViewRoutes(app: FastifyInstance, { db, clock }: ViewRoutesDeps): void {
  app.get(url, { config: { access: 'session' }, exposeHeadRoute: false }, async request => {
    const person = personOf(request)
    const { Page } = parseOrRefuse(ViewsQuery, request.query)
    demandPage(person, Page)
    return { Views: await readViews(db, { userId: person.userId, page: Page }) }
  })
  app.post(url, { config: { access: 'session' } }, async request => {
    const person = personOf(request)
    const view = parseOrRefuse(SaveView, request.body)
    demandPage(person, view.Page)
    await saveView(db, { userId: person.userId, now: clock.now() }, view)
    return { Views: await readViews(db, { userId: person.userId, page: view.Page }) }
  })
  app.delete<{ Params: { id: string } }>(
    `${url}/:id`,
    { config: { access: 'session' } },
    async (request, reply) => {
      const { userId } = personOf(request)
      if (!(await removeView(db, { userId, id: request.params.id }))) throw new OperationError('NOT_FOUND')
      return reply.status(204).send()
    },
  )
}

function demandPage(person: Person, page: ViewPage): void {
  const right = viewPages[page]
  if (!person.permissions.has(right))
    throw new OperationError('PERMISSION_DENIED', { detail: `The right ${right} is missing` })
}
