import { isAPIError } from 'better-auth/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  AlarmSignals,
  ChangePassword,
  ConfirmPassword,
  type SessionBody,
  SignIn,
} from '#contract/dashboard/session.ts'
import { OperationError } from '#contract/errors.ts'
import type { Clock } from '#platform/clock.ts'
import { personOf } from '../access/check.ts'
import { parseOrRefuse } from '../access/parse.ts'
import type { Person } from '../access/person.ts'
import type { StepUps } from '../access/step-up.ts'
import type { Audit, Intent } from '../audit/audit.ts'
import type { ProxyConfig } from '../config.ts'
import type { ProxyStore } from '../store/index.ts'
import { type Auth, cookieName } from './auth.ts'
import { refuseWeakPassword } from './passwords.ts'
import type { Sessions } from './session.ts'
import type { SignInLimit } from './sign-in-limit.ts'

interface SessionRoutesDeps {
  readonly config: ProxyConfig
  readonly db: ProxyStore
  readonly auth: Auth
  readonly sessions: Sessions
  readonly limit: SignInLimit
  readonly audit: Audit
  readonly clock: Clock
  readonly stepUps: StepUps
}

/** Every failed sign-in takes this long, whatever failed: how long it took says nothing about the name. */
const failureMs = 300

/** Sign in, who am I, sign out, change the password. better-auth does the work; its own routes are not mounted. */
export function registerSessionRoutes(app: FastifyInstance, deps: SessionRoutesDeps): void {
  const { auth, sessions, config } = deps
  const url = '/api/session'

  app.post(url, { config: { access: 'public' } }, async (request, reply) => {
    const { Name, Password } = parseOrRefuse(SignIn, request.body)
    const signedIn = await signIn(deps, request, Name, Password)
    await signOut(auth, sessions, request.headers.cookie)
    for (const cookie of signedIn.setCookies) reply.header('set-cookie', cookie)
    return sessionBody(signedIn.person, config)
  })
  app.get(url, { config: { access: 'session' }, exposeHeadRoute: false }, async request =>
    sessionBody(personOf(request), config),
  )
  // Public, because signing out of a session that is already over must work and must clear the cookie.
  app.delete(url, { config: { access: 'public' } }, async (request, reply) => {
    const found = await sessions.find(request.headers.cookie)
    await signOut(auth, sessions, request.headers.cookie)
    if (found) await noteSignOut(deps, request, found.person)
    return clearCookie(reply, config).status(204).send()
  })
  app.post(`${url}/confirm`, { config: { access: 'session' } }, async request => ({
    Pass: await confirmPassword(deps, request, personOf(request)),
  }))
  app.post(`${url}/alarm-signals`, { config: { access: 'doors:alarms' } }, async (request, reply) => {
    await saveAlarmSignals(deps, request, personOf(request))
    return reply.status(204).send()
  })
  app.post(`${url}/password`, { config: { access: 'session' } }, async (request, reply) => {
    await changePassword(deps, request, personOf(request))
    return reply.status(204).send()
  })
}

/** How this account hears of door alarms: a matter of taste, so it is not audited. */
async function saveAlarmSignals(
  { db, sessions }: SessionRoutesDeps,
  request: FastifyRequest,
  { userId }: Person,
): Promise<void> {
  const signals = parseOrRefuse(AlarmSignals, request.body)
  await db.write(trx =>
    trx
      .updateTable('user')
      .set({ alarmSignals: JSON.stringify(signals) })
      .where('id', '=', userId)
      .execute(),
  )
  sessions.forget(request.headers.cookie)
}

async function signIn(deps: SessionRoutesDeps, request: FastifyRequest, name: string, password: string) {
  const { limit, clock, audit, sessions } = deps
  const address = request.clientAddress
  limit.refuseIfTooMany(name, address)
  const startedAt = clock.now()
  // Counted before the outcome is known, so that guesses sent all at once are not all let through; taken back below.
  const closesDoor = limit.countFailure(name, address)
  const found = await tryPassword(deps, request, name, password)
  if (found === null) {
    const subject = await knownName(deps.db, name)
    const intent = { actor: '', roles: [], address, action: 'session.signIn', subject }
    await audit.record(intent, { outcome: 'refused', code: closesDoor ? 'RATE_LIMITED' : 'SIGN_IN_FAILED' })
    await clock.sleep(failureMs - (clock.now() - startedAt))
    throw new OperationError('SIGN_IN_FAILED')
  }
  limit.countSuccess(name, address)
  try {
    await audit.record(intentOf(found.person, address, 'session.signIn'), { outcome: 'done' })
  } catch (error) {
    await signOut(deps.auth, sessions, found.cookie)
    throw error
  }
  return found
}

/** The password once more, of whoever is signed in; answers a pass for one action. Guesses count as at the sign-in. */
async function confirmPassword(
  deps: SessionRoutesDeps,
  request: FastifyRequest,
  person: Person,
): Promise<string> {
  const { audit, auth, clock, limit, sessions, stepUps } = deps
  const { Password } = parseOrRefuse(ConfirmPassword, request.body)
  const address = request.clientAddress
  limit.refuseIfTooMany(person.name, address)
  const startedAt = clock.now()
  limit.countFailure(person.name, address)
  const found = await tryPassword(deps, request, person.name, Password)
  const intent = intentOf(person, address, 'session.confirm')
  if (found === null || found.person.userId !== person.userId) {
    await audit.record(intent, { outcome: 'refused', code: 'SIGN_IN_FAILED' })
    await clock.sleep(failureMs - (clock.now() - startedAt))
    throw new OperationError('SIGN_IN_FAILED', { field: 'Password' })
  }
  limit.countSuccess(person.name, address)
  // Trying a password opens a session; nobody is to have that one.
  await signOut(auth, sessions, found.cookie)
  await audit.record(intent, { outcome: 'done' })
  return stepUps.grant(person.sessionId)
}

async function tryPassword(deps: SessionRoutesDeps, request: FastifyRequest, name: string, password: string) {
  const headers = new Headers({ 'x-forwarded-for': request.clientAddress })
  headers.set('user-agent', request.headers['user-agent']?.slice(0, 200) ?? '')
  let setCookies: string[]
  try {
    const body = { username: name, password }
    const signedIn = await deps.auth.api.signInUsername({ body, headers, returnHeaders: true })
    setCookies = signedIn.headers.getSetCookie()
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return null
    throw error
  }
  // A disabled account has a right password and still no way in: the session it just got is not alive.
  const cookie = setCookies.map(line => line.split(';')[0] ?? '').join('; ')
  const found = await deps.sessions.find(cookie)
  if (found === null) await signOut(deps.auth, deps.sessions, cookie)
  return found === null ? null : { person: found.person, setCookies, cookie }
}

async function changePassword(
  deps: SessionRoutesDeps,
  request: FastifyRequest,
  person: Person,
): Promise<void> {
  const { auth, audit, limit, sessions, clock, db } = deps
  const { Current, New } = parseOrRefuse(ChangePassword, request.body)
  const address = request.clientAddress
  limit.refuseIfTooMany(person.name, address)
  refuseWeakPassword(New, person.name)
  const startedAt = clock.now()
  const intentId = await audit.intend(intentOf(person, address, 'session.changePassword'))
  try {
    const body = { currentPassword: Current, newPassword: New }
    await auth.api.changePassword({ body, headers: new Headers({ cookie: request.headers.cookie ?? '' }) })
    // Whoever knew the old password is out; this session stays, or its live connection would fall.
    await db.write(async trx => {
      await trx.updateTable('user').set({ passwordIsInitial: 0 }).where('id', '=', person.userId).execute()
      const others = trx.deleteFrom('session').where('userId', '=', person.userId)
      await others.where('id', '!=', person.sessionId).execute()
    })
    sessions.forget(request.headers.cookie)
    await audit.conclude(intentId, [{ outcome: 'done' }])
  } catch (error) {
    const isWrong = isAPIError(error) && error.statusCode < 500
    await audit.conclude(intentId, [{ outcome: 'refused', code: isWrong ? 'SIGN_IN_FAILED' : 'INTERNAL' }])
    if (!isWrong) throw error
    limit.countFailure(person.name, address)
    await clock.sleep(failureMs - (clock.now() - startedAt))
    throw new OperationError('SIGN_IN_FAILED', { field: 'Current' })
  }
}

async function signOut(auth: Auth, sessions: Sessions, cookieHeader: string | undefined): Promise<void> {
  if (cookieHeader === undefined) return
  sessions.forget(cookieHeader)
  await auth.api.signOut({ headers: new Headers({ cookie: cookieHeader }) })
}

/** Nobody is kept signed in because the audit cannot be written. */
async function noteSignOut(deps: SessionRoutesDeps, request: FastifyRequest, person: Person): Promise<void> {
  const intent = intentOf(person, request.clientAddress, 'session.signOut')
  await deps.audit.record(intent, { outcome: 'done' }).catch(() => undefined)
}

function clearCookie(reply: FastifyReply, config: ProxyConfig): FastifyReply {
  const name = cookieName(config.publicUrl)
  const secure = name.startsWith('__Host-') ? '; Secure' : ''
  return reply.header('set-cookie', `${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict${secure}`)
}

function intentOf(person: Person, address: string, action: string): Intent {
  return { actor: person.name, roles: person.roles, address, action, subject: person.name }
}

/** People type their password into the name field: only names that exist are written down. */
async function knownName(db: ProxyStore, name: string): Promise<string | undefined> {
  const user = await db.read
    .selectFrom('user')
    .select('name')
    .where('username', '=', name.toLowerCase())
    .executeTakeFirst()
  return user?.name
}

function sessionBody(person: Person, config: ProxyConfig): SessionBody {
  return {
    Name: person.name,
    Roles: [...person.roles],
    Permissions: [...person.permissions],
    Sites: person.sites === null ? null : [...person.sites],
    AlarmSignals: person.alarmSignals,
    ExpiresAt: new Date(person.expiresAt).toISOString(),
    PasswordIsInitial: person.passwordIsInitial,
    Gateway: config.gatewayMode,
    TimeZone: config.timeZone,
  }
}
