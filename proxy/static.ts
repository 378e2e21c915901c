import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const notBuilt = 'The dashboard has not been built yet. Run: npm run build\n'

/**
 * The built single-page application: assets with a hash in their name for ever, everything else asked for each time,
 * and the page itself for any address that a person may have opened. The build lays .br and .gz beside each asset.
 */
export async function registerStaticFiles(app: FastifyInstance, staticDir: string): Promise<void> {
  const root = resolve(staticDir)
  await app.register(fastifyStatic, {
    root,
    serve: false,
    preCompressed: true,
    // Ours are set below, per kind of file.
    cacheControl: false,
    dotfiles: 'ignore',
    index: false,
    suppressWarning: true,
  })
  app.get('/*', { config: { access: 'public' } }, (request, reply) => serve(root, request, reply))
}

function serve(root: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { '*': path } = request.params as { '*': string }
  if (isOurs(path) || path.split(/[\\/]/).includes('..')) {
    reply.callNotFound()
    return reply
  }
  if (path.startsWith('assets/')) {
    reply.header('cache-control', 'public, max-age=31536000, immutable')
    return reply.sendFile(path)
  }
  reply.header('cache-control', 'no-cache')
  // An address of the application may hold a dot (a person's code), so a missing file is told from it by who asks.
  const isPage = !/\.[a-z0-9]+$/i.test(path) || isNavigation(request)
  if (!isPage || (path !== '' && isFile(root, path))) return reply.sendFile(path)
  if (existsSync(join(root, 'index.html'))) return reply.sendFile('index.html')
  return reply.status(503).type('text/plain; charset=utf-8').send(notBuilt)
}

/** Addresses of the servers, where a page instead of a 404 would only confuse programs. */
function isOurs(path: string): boolean {
  return /^(api|callback|v3)(\/|$)/i.test(path)
}

function isNavigation(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('text/html')
}

function isFile(root: string, path: string): boolean {
  return /\.[a-z0-9]+$/i.test(path) && existsSync(join(root, path))
}
