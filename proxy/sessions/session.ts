import { z } from 'zod'
import { AlarmSignals } from '#contract/dashboard/session.ts'
import type { Clock } from '#platform/clock.ts'
import { makePerson, type People, type Person } from '../access/person.ts'
import { isRole } from '../access/roles.ts'
import type { ProxyStore } from '../store/index.ts'
import { type Auth, absoluteMs, cookieName, idleMs, renewAfterMs } from './auth.ts'

export interface Sessions extends People {
  /** Forgets what is remembered of a cookie: it has just been ended or replaced. */
  forget(cookieHeader: string | undefined): void
}

interface SessionsDeps {
  readonly db: ProxyStore
  readonly auth: Auth
  readonly clock: Clock
  readonly publicUrl: string | undefined
}

interface Remembered {
  readonly person: Person
  readonly checkedAt: number
}

/** How long a session is believed without asking the store: an ended one works at most this much longer. */
const believedMs = 1000
const rememberedMax = 10_000
const idsPerQuery = 500
const Sites = z.array(z.string())

/**
 * Sessions with a short memory in front. better-auth proves the cookie the first time and renews it; in between, one
 * small read per session and second says whether it still stands, because a disabled person must be out within two.
 */
export function createSessions(deps: SessionsDeps): Sessions {
  const { db, auth, clock, publicUrl } = deps
  const name = cookieName(publicUrl)
  const remembered = new Map<string, Remembered>()

  const alive = async (ids: readonly string[]) => new Map(await readAlive(db, ids, clock.now()))
  const remember = (value: string, person: Person) => {
    remembered.delete(value)
    remembered.set(value, { person, checkedAt: clock.now() })
    const oldest = remembered.keys().next().value
    if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest)
  }
  const prove = async (value: string) => {
    const headers = new Headers({ cookie: `${name}=${value}` })
    const { response, headers: replied } = await auth.api.getSession({ headers, returnHeaders: true })
    const person = response ? (await alive([response.session.id])).get(response.session.id) : undefined
    if (!person) return null
    remember(value, person)
    return { person, setCookies: replied.getSetCookie() }
  }
  return {
    alive,
    async find(cookieHeader) {
      const value = readCookie(cookieHeader, name)
      if (value === null) return null
      const known = remembered.get(value)
      if (!known) return prove(value)
      if (clock.now() - known.checkedAt < believedMs) return { person: known.person, setCookies: [] }
      const person = (await alive([known.person.sessionId])).get(known.person.sessionId)
      if (!person) {
        remembered.delete(value)
        return null
      }
      if (person.expiresAt - clock.now() < idleMs - renewAfterMs) return prove(value)
      remember(value, person)
      return { person, setCookies: [] }
    },
    forget(cookieHeader) {
      const value = readCookie(cookieHeader, name)
      if (value !== null) remembered.delete(value)
    },
  }
}

/** One cookie out of the header, still encoded; null when absent. */
function readCookie(header: string | undefined, name: string): string | null {
  const pair = header?.split(';').find(part => part.trimStart().startsWith(`${name}=`))
  const value = pair?.slice(pair.indexOf('=') + 1).trim()
  return value ? value : null
}

async function readAlive(
  db: ProxyStore,
  ids: readonly string[],
  nowMs: number,
): Promise<(readonly [string, Person])[]> {
  const found: (readonly [string, Person])[] = []
  for (let at = 0; at < ids.length; at += idsPerQuery) {
    const rows = await db.read
      .selectFrom('session')
      .innerJoin('user', 'user.id', 'session.userId')
      .select(['session.id as sessionId', 'session.expiresAt', 'session.createdAt', 'session.userId'])
      .select(['user.name', 'user.roles', 'user.passwordIsInitial', 'user.sites', 'user.alarmSignals'])
      .where('session.id', 'in', ids.slice(at, at + idsPerQuery))
      .where('user.disabledAt', 'is', null)
      .execute()
    for (const row of rows) {
      const expiresAt = Math.min(toMs(row.expiresAt), toMs(row.createdAt) + absoluteMs)
      // Not "expired or later": a date that cannot be read is NaN and must not let anyone in.
      if (!(expiresAt > nowMs)) continue
      const { sessionId, userId, name } = row
      const roles = row.roles.split(' ').filter(isRole)
      const passwordIsInitial = row.passwordIsInitial === 1
      const account = { userId, name, roles, passwordIsInitial, ...readOwn(row) }
      found.push([sessionId, makePerson({ sessionId, expiresAt, ...account })])
    }
  }
  return found
}

/** What is kept of an account as JSON. Sites that cannot be read bind to none, rather than to all. */
function readOwn(row: { readonly sites: string | null; readonly alarmSignals: string | null }) {
  const signals = row.alarmSignals === null ? null : AlarmSignals.safeParse(parse(row.alarmSignals))
  const sites = row.sites === null ? null : (Sites.safeParse(parse(row.sites)).data ?? [])
  return signals?.success ? { sites, alarmSignals: signals.data } : { sites }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toMs(date: string | Date): number {
  return date instanceof Date ? date.getTime() : Date.parse(date)
}
