import type { FastifyInstance } from 'fastify'
import { AuditQuery } from '#contract/dashboard/audit.ts'
import { parseOrRefuse } from '../access/parse.ts'
import type { ProxyStore } from '../store/index.ts'
import { readEntries } from './entries.ts'

/** `GET /api/audit`: reading back what was done. Nothing here writes. */
export function registerAuditRoutes(app: FastifyInstance, deps: { readonly db: ProxyStore }): void {
  app.get('/api/audit', { config: { access: 'audit:read' }, exposeHeadRoute: false }, async request =>
    readEntries(deps.db, parseOrRefuse(AuditQuery, request.query)),
  )
}
