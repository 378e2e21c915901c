import { OperationError } from '#contract/errors.ts'
import type { Clock } from '#platform/clock.ts'
import { isRole, type Role, roles as roleNames } from '../access/roles.ts'
import type { Audit } from '../audit/audit.ts'
import type { ProxyStore } from '../store/index.ts'
import { type Auth, accountNamePattern } from './auth.ts'
import { createOneTimePassword, hashPassword, refuseWeakPassword } from './passwords.ts'

export interface AccountView {
  readonly name: string
  readonly roles: readonly Role[]
  /** Sites the account is bound to; null: every site. */
  readonly sites: readonly string[] | null
  readonly disabled: boolean
  readonly passwordIsInitial: boolean
  /** ISO 8601. */
  readonly createdAt: string
}

/** What is said once and kept nowhere. */
export interface NamedPassword {
  readonly name: string
  readonly password: string
}

export interface Accounts {
  /** Adds an account. Without a password it gets a one-time one, which is answered and has to be changed. */
  add(account: {
    name: string
    roles: readonly string[]
    sites?: readonly string[] | undefined
    password?: string | undefined
  }): Promise<NamedPassword>
  /** Gives a new one-time password and ends every session of the account. */
  resetPassword(name: string): Promise<NamedPassword>
  /** Closes the account and ends its sessions: open live connections fall within two seconds. */
  disable(name: string): Promise<void>
  enable(name: string): Promise<void>
  /** Changes what an account may do; its live connections start anew with the new rights. */
  setRoles(name: string, roles: readonly string[]): Promise<void>
  /** Binds an account to sites, or null: to none in particular. Its live connections start anew. */
  setSites(name: string, sites: readonly string[] | null): Promise<void>
  list(): Promise<AccountView[]>
  /** Adds those that are not there yet; answers only the passwords that were made. */
  first(wanted: readonly { readonly name: string; readonly role: string }[]): Promise<NamedPassword[]>
}

interface AccountsDeps {
  readonly db: ProxyStore
  readonly auth: Auth
  readonly audit: Audit
  readonly clock: Clock
}

/** Who acts where nobody is signed in: the command line and the first start. */
const consoleActor = { actor: 'console', roles: [], address: 'local' } as const

/** Making and changing accounts, from the command line and at the first start. Each change is in the audit. */
export function createAccounts({ db, auth, audit, clock }: AccountsDeps): Accounts {
  const audited = async <R>(
    action: string,
    subject: string,
    input: Record<string, unknown>,
    act: () => Promise<R>,
  ) => {
    const intentId = await audit.intend({ ...consoleActor, action, subject, input })
    try {
      const result = await act()
      await audit.conclude(intentId, [{ outcome: 'done' }])
      return result
    } catch (error) {
      const code = error instanceof OperationError ? error.code : 'INTERNAL'
      await audit.conclude(intentId, [{ outcome: 'failed', code }])
      throw error
    }
  }
  const change = async (
    name: string,
    set: { disabledAt: number | null } | { roles: string } | { sites: string | null },
  ) => {
    const user = await requireUser(db, name)
    await db.write(trx => trx.updateTable('user').set(set).where('id', '=', user.id).execute())
    return user
  }
  const endSessions = (userId: string) =>
    db.write(trx => trx.deleteFrom('session').where('userId', '=', userId).execute())
  const add: Accounts['add'] = async ({ name, roles, sites, password }) => {
    if (!accountNamePattern.test(name)) {
      const detail = 'Names are 1 to 63 letters, digits, ".", "-" or "_", starting with a letter or digit'
      throw new OperationError('INVALID_INPUT', { detail, field: 'name' })
    }
    const held = readRoles(roles)
    const bound = sites === undefined ? null : readSites(sites)
    if (password !== undefined) refuseWeakPassword(password, name)
    if (await findUser(db, name))
      throw new OperationError('INVALID_INPUT', {
        detail: `There is an account named ${name}`,
        field: 'name',
      })
    const given = password ?? createOneTimePassword()
    await audited('account.add', name, { roles, ...(sites ? { sites } : {}) }, async () => {
      await createUser(auth, {
        name,
        // Bound before anybody can sign in with it: roles come last where it is.
        roles: bound === null ? held : [],
        password: given,
        isInitial: password === undefined,
      })
      if (bound === null) return
      await change(name, { sites: JSON.stringify(bound) })
      await change(name, { roles: held.join(' ') })
    })
    return { name, password: given }
  }
  return {
    add,
    async resetPassword(name) {
      const user = await requireUser(db, name)
      const password = createOneTimePassword()
      await audited('account.resetPassword', user.name, {}, async () => {
        const { internalAdapter } = await auth.$context
        await internalAdapter.updatePassword(user.id, await hashPassword(password))
        await db.write(trx =>
          trx.updateTable('user').set({ passwordIsInitial: 1 }).where('id', '=', user.id).execute(),
        )
        await endSessions(user.id)
      })
      return { name: user.name, password }
    },
    async disable(name) {
      await audited('account.disable', name, {}, async () =>
        endSessions((await change(name, { disabledAt: clock.now() })).id),
      )
    },
    async enable(name) {
      await audited('account.enable', name, {}, () => change(name, { disabledAt: null }))
    },
    async setRoles(name, roles) {
      await audited('account.setRoles', name, { roles }, () =>
        change(name, { roles: readRoles(roles).join(' ') }),
      )
    },
    async setSites(name, sites) {
      const bound = sites === null ? null : JSON.stringify(readSites(sites))
      await audited('account.setSites', name, { sites }, () => change(name, { sites: bound }))
    },
    async list() {
      const users = await db.read.selectFrom('user').selectAll().orderBy('username').execute()
      return users.map(user => ({
        name: user.name,
        roles: user.roles.split(' ').filter(isRole),
        sites: user.sites === null ? null : (JSON.parse(user.sites) as string[]),
        disabled: user.disabledAt !== null,
        passwordIsInitial: user.passwordIsInitial === 1,
        createdAt: new Date(user.createdAt).toISOString(),
      }))
    },
    async first(wanted) {
      const made: NamedPassword[] = []
      for (const { name, role } of wanted) {
        if (!(await findUser(db, name))) made.push(await add({ name, roles: [role] }))
      }
      return made
    },
  }
}

async function createUser(
  auth: Auth,
  account: { name: string; roles: readonly Role[]; password: string; isInitial: boolean },
): Promise<void> {
  const { internalAdapter } = await auth.$context
  const password = await hashPassword(account.password)
  const user = await internalAdapter.createUser(
    {
      name: account.name,
      // better-auth wants an address; this one can never receive anything.
      email: `${account.name.toLowerCase()}@accounts.invalid`,
      emailVerified: false,
      username: account.name,
      displayUsername: account.name,
      roles: account.roles.join(' '),
      passwordIsInitial: account.isInitial ? 1 : 0,
    },
    { method: 'username' },
  )
  try {
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password,
    })
  } catch (error) {
    // An account nobody can enter would block its own name for ever.
    await internalAdapter.deleteUser(user.id)
    throw error
  }
}

function readRoles(given: readonly string[]): Role[] {
  const unknown = given.find(role => !isRole(role))
  if (given.length === 0 || unknown !== undefined) {
    const detail = `${unknown === undefined ? 'A role is missing' : `There is no role ${unknown}`}; allowed: ${roleNames.join(', ')}`
    throw new OperationError('INVALID_INPUT', { detail, field: 'role' })
  }
  return [...new Set(given.filter(isRole))]
}

/** Names of sites as they were given; an account bound to none could do nothing, so one has to be named. */
function readSites(given: readonly string[]): string[] {
  const sites = [...new Set(given.map(site => site.trim()).filter(Boolean))]
  if (sites.length === 0)
    throw new OperationError('INVALID_INPUT', { detail: 'Name at least one site', field: 'site' })
  return sites
}

function findUser(db: ProxyStore, name: string) {
  return db.read
    .selectFrom('user')
    .select(['id', 'name'])
    .where('username', '=', name.toLowerCase())
    .executeTakeFirst()
}

async function requireUser(db: ProxyStore, name: string) {
  const user = await findUser(db, name)
  if (!user)
    throw new OperationError('INVALID_INPUT', { detail: `There is no account named ${name}`, field: 'name' })
  return user
}
