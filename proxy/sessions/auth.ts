import { betterAuth } from 'better-auth'
import { username } from 'better-auth/plugins/username'
import type { Kysely } from 'kysely'
import type { Logger } from '#platform/logger.ts'
import { isHttps } from '../access/origin.ts'
import type { ProxyStore } from '../store/index.ts'
import { hashPassword, passwordMax, passwordMin, verifyPassword } from './passwords.ts'

/** A session nobody uses for this long is over (ASVS 7.3.1). */
export const idleMs = 12 * 60 * 60 * 1000
/** A session is over after this long however busy it is (ASVS 7.3.2). */
export const absoluteMs = 7 * 24 * 60 * 60 * 1000
/** How much of the idle time must be gone before a request writes a new end: reads stay reads. */
export const renewAfterMs = 10 * 60 * 1000

/** Names of accounts, as typed: letters, digits, dot, dash, underscore; upper and lower case are one. */
export const accountNamePattern = /^[a-z0-9][a-z0-9._-]{0,62}$/i

interface AuthDeps {
  readonly db: ProxyStore
  readonly log: Logger
  readonly secret: string
  readonly publicUrl: string | undefined
}

export type Auth = ReturnType<typeof createAuth>

/** The session cookie; the prefix makes browsers refuse it from anyone but this very host over https. */
export function cookieName(publicUrl: string | undefined): string {
  return isHttps(publicUrl) ? '__Host-gatehouse' : 'gatehouse'
}

/** better-auth's settings; apart from `createAuth` so that a test can ask it about missing tables. */
export function authOptions({ db, log, secret, publicUrl }: AuthDeps) {
  const secure = isHttps(publicUrl)
  return {
    appName: 'Gatehouse',
    secret,
    baseURL: publicUrl ?? 'http://gatehouse.invalid',
    // Its statements name its own tables; ours are typed for ours.
    database: { db: db.writer as unknown as Kysely<unknown>, type: db.dialect },
    emailAndPassword: {
      enabled: true,
      // Accounts are made by administrators (accounts.ts), never by whoever comes along.
      disableSignUp: true,
      minPasswordLength: passwordMin,
      maxPasswordLength: passwordMax,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      additionalFields: {
        roles: { type: 'string', required: true, input: false, defaultValue: '' },
        disabledAt: { type: 'number', bigint: true, required: false, input: false },
        passwordIsInitial: { type: 'number', required: true, input: false, defaultValue: 0 },
      },
    },
    session: { expiresIn: idleMs / 1000, updateAge: renewAfterMs / 1000, cookieCache: { enabled: false } },
    plugins: [
      username({
        minUsernameLength: 1,
        maxUsernameLength: 63,
        usernameValidator: name => accountNamePattern.test(name),
      }),
    ],
    // Counted by name and address in sign-in-limit.ts; better-auth counts only what comes through its own handler.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ from: 'better-auth' }, message) },
    advanced: {
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: cookieName(publicUrl),
          attributes: { secure, httpOnly: true, sameSite: 'strict', path: '/' },
        },
      },
    },
  } as const satisfies Parameters<typeof betterAuth>[0]
}

/** Accounts and sessions by better-auth on our own store; its HTTP handler is never mounted. */
export function createAuth(deps: AuthDeps) {
  return betterAuth(authOptions(deps))
}
