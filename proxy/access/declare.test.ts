import type { FastifyPluginAsync } from 'fastify'
import { describe, expect, it } from 'vitest'
import { failureBody } from '#contract/failure.ts'
import { createHttpServer } from '#platform/http-server.ts'
import { silentLogger } from '#platform/logger.ts'
import { type Access, demandDeclaredAccess } from './declare.ts'

function server() {
  const app = createHttpServer({ log: silentLogger, failureBody })
  demandDeclaredAccess(app)
  return app
}

describe('declared access', () => {
  it('refuses to start with a route that does not say who may call it, and names the route', () => {
    expect(() => server().get('/api/forgotten', async () => 'open to all')).toThrow('GET /api/forgotten')
  })

  it('refuses a route whose right does not exist', () => {
    const access = 'doors:blowup' as Access
    expect(() => server().get('/api/odd', { config: { access } }, async () => '')).toThrow('/api/odd')
  })

  it('refuses a forgotten route inside a plugin before the server is ready', async () => {
    const app = server()
    const plugin: FastifyPluginAsync = async scope => {
      scope.post('/api/hidden', async () => '')
    }
    app.register(plugin)
    await expect(app.ready()).rejects.toThrow('POST /api/hidden')
  })

  it('accepts the four ways of saying it', async () => {
    const app = server()
    for (const access of ['public', 'session', 'signature', 'doors:operate'] as const)
      app.get(`/${access}`, { config: { access } }, async () => '')
    await app.ready()
    expect(app.hasRoute({ method: 'GET', url: '/doors:operate' })).toBe(true)
  })
})
