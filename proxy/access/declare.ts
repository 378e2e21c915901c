import type { FastifyInstance } from 'fastify'
import { isPermission, type Permission } from '#contract/permissions.ts'

/**
 * Who may call a route. `public`: anyone. `session`: whoever is signed in. `signature`: the route itself proves its
 * caller by signature before anything else; only the callback does. Otherwise the right it takes.
 */
export type Access = 'public' | 'session' | 'signature' | Permission

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
}

/** Shut by default, and proven at start: a route that does not state its access stops the server (house 3.8, 3). */
export function demandDeclaredAccess(app: FastifyInstance): void {
  app.addHook('onRoute', route => {
    if (!isAccess(route.config?.access)) {
      throw new Error(
        `Route ${String(route.method)} ${route.url} does not state who may call it (config.access)`,
      )
    }
  })
}

function isAccess(value: unknown): value is Access {
  if (typeof value !== 'string') return false
  return value === 'public' || value === 'session' || value === 'signature' || isPermission(value)
}
