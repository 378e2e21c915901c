import { createHash } from 'node:crypto'
import type { AlarmSignalsBody } from '#contract/dashboard/session.ts'
import type { Permission } from '#contract/permissions.ts'
import { permissionsOf, type Role } from './roles.ts'

/** Who is behind a session, and what they may do right now. */
export interface Person {
  readonly userId: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
  /** Sites the account is bound to, in order; null: every site. */
  readonly sites: readonly string[] | null
  readonly alarmSignals: AlarmSignalsBody
  /** Equal for people with equal rights: whoever has the same one may be told the same bytes. */
  readonly profile: string
  /** Names the person upstream without naming them: an opaque label, never a right. */
  readonly actor: string
  /** The session, not the cookie: it cannot be used to sign in. */
  readonly sessionId: string
  /** Epoch milliseconds after which the session is over, whatever happens. */
  readonly expiresAt: number
  readonly passwordIsInitial: boolean
}

/** Where people come from; the sessions folder provides it, access and events only ask. */
export interface People {
  /** The person behind a cookie header, with cookies to renew; null when nobody is signed in. */
  find(
    cookieHeader: string | undefined,
  ): Promise<{ readonly person: Person; readonly setCookies: readonly string[] } | null>
  /** Of these sessions, the ones that are still good, with the rights they have now. Always asks the store. */
  alive(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Person>>
}

/** Puts together what follows from a user and their roles. */
export function makePerson(
  given: Pick<Person, 'userId' | 'name' | 'roles' | 'sessionId' | 'expiresAt' | 'passwordIsInitial'> &
    Partial<Pick<Person, 'sites' | 'alarmSignals'>>,
): Person {
  const permissions = permissionsOf(given.roles)
  const sites = given.sites ? [...new Set(given.sites)].sort() : null
  return {
    alarmSignals: { Sound: false, Notify: false },
    ...given,
    permissions,
    sites,
    profile: JSON.stringify([[...permissions].sort().join(' '), sites]),
    actor: actorOf(given.userId),
  }
}

/** The name of an account upstream: tells people apart and says nothing about them. */
export function actorOf(userId: string): string {
  return `u-${createHash('sha256').update(userId).digest('hex').slice(0, 16)}`
}
