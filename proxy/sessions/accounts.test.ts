import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '#platform/logger.ts'
import { startProxy, type TestProxy, testPassword } from '../testing/start-proxy.ts'
import { openAccounts } from './open-accounts.ts'

let test: TestProxy
beforeAll(async () => {
  test = await startProxy()
})
afterAll(() => test.close())

describe('accounts', () => {
  it('first accounts are made once, each with a password said once and stored only as a hash', async () => {
    const wanted = [
      { name: 'chief', role: 'admin' },
      { name: 'desk', role: 'security' },
    ]
    const made = await test.proxy.firstAccounts(wanted)
    expect(made.map(({ name }) => name)).toEqual(['chief', 'desk'])
    expect(await test.proxy.firstAccounts(wanted)).toEqual([])
    const stored = await test.db.read.selectFrom('account').selectAll().execute()
    const audit = await test.db.read.selectFrom('audit').selectAll().execute()
    for (const { password } of made) expect(JSON.stringify([stored, audit])).not.toContain(password)
    const [chief] = await test.proxy.accounts.list()
    expect(chief).toMatchObject({ name: 'chief', roles: ['admin'], passwordIsInitial: true, disabled: false })
  })

  it.each([
    ['a name that is taken, in any letter case', { name: 'CHIEF', roles: ['it'], password: testPassword }],
    ['a name with a blank', { name: 'two words', roles: ['it'], password: testPassword }],
    ['no role', { name: 'fresh', roles: [], password: testPassword }],
    ['a role that does not exist', { name: 'fresh', roles: ['root'], password: testPassword }],
    ['a weak password', { name: 'fresh', roles: ['it'], password: 'passwordpassword' }],
  ])('refuses %s and makes nothing', async (_what, account) => {
    const before = await test.proxy.accounts.list()
    await expect(test.proxy.accounts.add(account)).rejects.toThrow()
    expect(await test.proxy.accounts.list()).toEqual(before)
  })

  it('a reset gives a new one-time password and ends every session, also from another process', async () => {
    await test.proxy.accounts.add({ name: 'lost', roles: ['viewer'], password: testPassword })
    const enter = (Password: string) =>
      test.browser().call('POST', '/api/session', { body: { Name: 'lost', Password } })
    await enter(testPassword)
    const secretKey = randomBytes(32)
    const elsewhere = openAccounts({ db: test.db, secretKey, clock: test.clock, log: silentLogger })
    const { password } = await elsewhere.resetPassword('lost')
    const sessions = await test.db.read
      .selectFrom('session')
      .innerJoin('user', 'user.id', 'session.userId')
      .selectAll()
      .where('user.username', '=', 'lost')
      .execute()
    expect(sessions).toEqual([])
    expect((await enter(testPassword)).status).toBe(401)
    expect((await enter(password)).body).toMatchObject({ PasswordIsInitial: true })
  })

  it('says so when there is no such account', async () => {
    await expect(test.proxy.accounts.disable('ghost')).rejects.toThrow('There is no account named ghost')
    await expect(test.proxy.accounts.resetPassword('ghost')).rejects.toThrow('ghost')
  })
})
