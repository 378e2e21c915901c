import type { FastifyRequest } from 'fastify'
import { OperationError } from '#contract/errors.ts'
import { readSites, sitesHeader } from '#contract/site-scope.ts'
import type { Reader, Store } from '../store/index.ts'
import { findTokenHolder } from '../store/tokens.ts'
import type { Caller } from './caller.ts'

/** Header names a token may come in, in the order they are looked at (cams-gateway 1.1). */
const tokenHeaders = ['authtoken', 'x-auth-token'] as const

/** Finds the token wherever clients put it: `AuthToken`, `X-Auth-Token`, `Authorization: Bearer`, or a field. */
export function readToken(request: FastifyRequest, fields: Readonly<Record<string, unknown>>): string | null {
  for (const name of tokenHeaders) {
    const value = request.headers[name]
    if (typeof value === 'string' && value !== '') return value.trim()
  }
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer) return bearer
  const field = Object.entries(fields).find(([name]) => name.toLowerCase() === 'authtoken')?.[1]
  return typeof field === 'string' && field !== '' ? field.trim() : null
}

/** The caller behind a request, or TOKEN_MISSING / TOKEN_INVALID. */
export async function authenticate(
  store: Store,
  request: FastifyRequest,
  fields: Readonly<Record<string, unknown>>,
): Promise<Caller> {
  const token = readToken(request, fields)
  if (token === null) {
    throw new OperationError('TOKEN_MISSING', {
      field: 'AuthToken',
      detail: 'Send AuthToken as header, query or body field',
    })
  }
  const caller = await findTokenHolder(store.read, token)
  if (!caller) throw new OperationError('TOKEN_INVALID', { field: 'AuthToken' })
  const actor = request.headers['x-actor']
  const named = {
    ...caller,
    actor: typeof actor === 'string' && /^[\w .:@-]{1,80}$/.test(actor) ? actor : null,
  }
  const sites = readSites(request.headers[sitesHeader])
  if (sites === null) return named
  return { ...named, sites, devices: await devicesAt(store.read, sites, caller.devices) }
}

/** Of the terminals a token may see, those at these sites now: a terminal that moves leaves or enters at once. */
async function devicesAt(
  reader: Reader,
  sites: ReadonlySet<string>,
  allowed: Caller['devices'],
): Promise<ReadonlySet<string>> {
  if (sites.size === 0) return new Set()
  const rows = await reader
    .selectFrom('device')
    .select('sn')
    .where('site', 'in', [...sites])
    .execute()
  return new Set(rows.map(({ sn }) => sn).filter(sn => allowed === 'all' || allowed.has(sn)))
}
