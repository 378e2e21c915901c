import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Session } from '#contract/dashboard/session.ts'
import { cookieOf, startProxy, type TestProxy, testPassword } from '../testing/start-proxy.ts'
import { absoluteMs, idleMs } from './auth.ts'

let test: TestProxy
beforeAll(async () => {
  test = await startProxy()
})
afterAll(() => test.close())

const minute = 60_000

describe('signing in', () => {
  it('answers who is signed in and what they may do', async () => {
    const browser = await test.signIn('hr')
    const reply = await browser.call('GET', '/api/session')
    expect(reply.status).toBe(200)
    expect(Session.parse(reply.body)).toMatchObject({
      Name: 'hr',
      Roles: ['hr'],
      PasswordIsInitial: false,
      Gateway: 'embedded',
      TimeZone: 'Asia/Kolkata',
    })
    expect(reply.headers.get('cache-control')).toBe('no-store')
  })

  it('sets a cookie no script can read and no other site can send', async () => {
    await test.signIn('hr')
    const body = { Name: 'HR', Password: testPassword }
    const reply = await test.browser().call('POST', '/api/session', { body })
    const cookie = reply.headers.getSetCookie()
    expect(cookie).toHaveLength(1)
    expect(cookie[0]).toMatch(/^gatehouse=\S+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  it('under an https address sets a __Host- cookie, secure and for this host alone', async () => {
    const secure = await startProxy({ publicUrl: 'https://gate.example' })
    await secure.proxy.accounts.add({ name: 'eve', roles: ['hr'], password: testPassword })
    const headers = { origin: 'https://gate.example' }
    const body = { Name: 'eve', Password: testPassword }
    const reply = await secure.browser().call('POST', '/api/session', { body, headers })
    expect(reply.headers.getSetCookie()[0]).toMatch(
      /^__Host-gatehouse=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(reply.headers.getSetCookie()[0]).not.toMatch(/domain/i)
    expect((await secure.browser(cookieOf(reply)).call('GET', '/api/session')).status).toBe(200)
    await secure.close()
  })

  it('says the same, and takes the same padding, for a wrong password and a name that does not exist', async () => {
    await test.signIn('hr')
    const before = test.clock.slept.length
    const bodies = ['hr', 'nobody-here', '???'].map(Name => ({ Name, Password: 'wrong wrong wrong' }))
    const replies = []
    for (const body of bodies) replies.push(await test.browser().call('POST', '/api/session', { body }))
    for (const reply of replies) {
      expect(reply.status).toBe(401)
      expect(reply.body).toEqual(replies[0]?.body)
      expect(reply.headers.getSetCookie()).toEqual([])
    }
    const padded = test.clock.slept.slice(before)
    expect(padded).toHaveLength(3)
    for (const ms of padded) expect(ms).toBeGreaterThan(100)
  })

  it('starts a new session and ends the one before', async () => {
    const first = await test.signIn('hr')
    const body = { Name: 'hr', Password: testPassword }
    const reply = await first.call('POST', '/api/session', { body })
    expect(cookieOf(reply)).not.toBe(first.cookie)
    expect((await first.call('GET', '/api/session')).status).toBe(401)
    expect((await test.browser(cookieOf(reply)).call('GET', '/api/session')).status).toBe(200)
  })

  it('closes the door after ten failures for a name from one address, even to the right password', async () => {
    const other = await startProxy()
    await other.proxy.accounts.add({ name: 'mia', roles: ['it'], password: testPassword })
    const tryWith = (Password: string) =>
      other.browser().call('POST', '/api/session', { body: { Name: 'mia', Password } })
    for (let at = 0; at < 10; at++) expect((await tryWith('wrong wrong wrong')).status).toBe(401)
    const refused = await tryWith(testPassword)
    expect(refused.status).toBe(429)
    expect(refused.body.code).toBe('RATE_LIMITED')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200)
    other.clock.advance(5 * minute + 1000)
    expect((await tryWith(testPassword)).status).toBe(200)
    await other.close()
  })

  it('lets no more through when guesses come all at once', async () => {
    const other = await startProxy()
    await other.proxy.accounts.add({ name: 'mia', roles: ['it'], password: testPassword })
    const body = { Name: 'mia', Password: 'wrong wrong wrong' }
    const replies = await Promise.all(
      Array.from({ length: 25 }, () => other.browser().call('POST', '/api/session', { body })),
    )
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(15)
    await other.close()
  })

  it('refuses a malformed body with the field to blame', async () => {
    const reply = await test.browser().call('POST', '/api/session', { body: { Name: 'hr' } })
    expect(reply.status).toBe(400)
    expect(reply.body).toMatchObject({ code: 'INVALID_INPUT', field: 'Password' })
  })

  it('roles cannot be brought along, and nobody can sign up', async () => {
    const body = { Name: 'viewer', Password: testPassword, roles: 'admin', Roles: ['admin'] }
    await test.signIn('viewer')
    const reply = await test.browser().call('POST', '/api/session', { body })
    expect(reply.body.Roles).toEqual(['viewer'])
    for (const path of ['/api/auth/sign-up/email', '/api/auth/update-user', '/api/sign-up/email']) {
      expect((await test.browser(cookieOf(reply)).call('POST', path, { body })).status).toBe(404)
    }
  })
})

describe('a session', () => {
  it('ends at once when signing out, on the server too', async () => {
    const browser = await test.signIn('it')
    const reply = await browser.call('DELETE', '/api/session')
    expect(reply.status).toBe(204)
    expect(reply.headers.getSetCookie()[0]).toMatch(/^gatehouse=; Max-Age=0;/)
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    expect((await browser.call('DELETE', '/api/session')).status).toBe(204)
  })

  it('of a disabled account is over within two seconds, and the password opens nothing', async () => {
    await test.proxy.accounts.add({ name: 'leaver', roles: ['viewer'], password: testPassword })
    const body = { Name: 'leaver', Password: testPassword }
    const browser = test.browser(cookieOf(await test.browser().call('POST', '/api/session', { body })))
    expect((await browser.call('GET', '/api/session')).status).toBe(200)
    await test.proxy.accounts.disable('leaver')
    test.clock.advance(1500)
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    const again = await test.browser().call('POST', '/api/session', { body })
    expect(again.body.code).toBe('SIGN_IN_FAILED')
    expect(again.headers.getSetCookie()).toEqual([])
    await test.proxy.accounts.enable('leaver')
    expect((await test.browser().call('POST', '/api/session', { body })).status).toBe(200)
  })

  it('follows a change of roles without signing in again', async () => {
    await test.proxy.accounts.add({ name: 'mover', roles: ['viewer'], password: testPassword })
    const body = { Name: 'mover', Password: testPassword }
    const browser = test.browser(cookieOf(await test.browser().call('POST', '/api/session', { body })))
    await test.proxy.accounts.setRoles('mover', ['hr', 'security'])
    test.clock.advance(1500)
    expect((await browser.call('GET', '/api/session')).body.Roles).toEqual(['hr', 'security'])
  })

  it('with a changed signature is nobody’s', async () => {
    const { cookie } = await test.signIn('hr')
    const forged = test.browser(cookie.slice(0, -6) + (cookie.endsWith('AAAAA%3D') ? 'BBBB%3D' : 'AAA%3D'))
    expect((await forged.call('GET', '/api/session')).status).toBe(401)
    const unsigned = test.browser(cookie.split('.')[0])
    expect((await unsigned.call('GET', '/api/session')).status).toBe(401)
  })

  it('nobody uses is over after the idle time', async () => {
    const other = await startProxy()
    const browser = await other.signIn('viewer')
    other.clock.advance(idleMs - minute)
    expect((await browser.call('GET', '/api/session')).status).toBe(200)
    other.clock.advance(2 * minute)
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    await other.close()
  })

  it('is over after the absolute time however busy it was', async () => {
    const other = await startProxy()
    const browser = await other.signIn('viewer')
    const never = new Date(Date.now() + 10 * absoluteMs).toISOString()
    await other.db.write(trx => trx.updateTable('session').set({ expiresAt: never }).execute())
    other.clock.advance(absoluteMs - minute)
    expect((await browser.call('GET', '/api/session')).status).toBe(200)
    other.clock.advance(2 * minute)
    expect((await browser.call('GET', '/api/session')).status).toBe(401)
    await other.close()
  })
})

describe('changing the password', () => {
  it('takes the current one, ends other sessions, keeps this one, and clears the mark of the first', async () => {
    const [made] = await test.proxy.firstAccounts([{ name: 'newcomer', role: 'viewer' }])
    const enter = async (Password: string) => {
      const reply = await test
        .browser()
        .call('POST', '/api/session', { body: { Name: 'newcomer', Password } })
      return { ...reply, browser: test.browser(cookieOf(reply)) }
    }
    const initial = made?.password ?? ''
    const [here, elsewhere] = [await enter(initial), await enter(initial)]
    expect(here.body.PasswordIsInitial).toBe(true)
    const body = { Current: initial, New: 'a better one of my own' }
    expect((await here.browser.call('POST', '/api/session/password', { body })).status).toBe(204)
    test.clock.advance(1500)
    expect((await elsewhere.browser.call('GET', '/api/session')).status).toBe(401)
    expect((await here.browser.call('GET', '/api/session')).body.PasswordIsInitial).toBe(false)
    expect((await enter(initial)).status).toBe(401)
    expect((await enter(body.New)).status).toBe(200)
  })

  it('refuses a wrong current password, a weak new one, and nobody at all', async () => {
    const browser = await test.signIn('security')
    const change = (body: object) => browser.call('POST', '/api/session/password', { body })
    const wrong = await change({ Current: 'not mine at all', New: 'a better one of my own' })
    expect(wrong.body).toMatchObject({ code: 'SIGN_IN_FAILED', field: 'Current' })
    const weak = await change({ Current: testPassword, New: 'passwordpassword' })
    expect(weak.body).toMatchObject({ code: 'PASSWORD_REFUSED', field: 'New' })
    const short = await change({ Current: testPassword, New: 'short' })
    expect(short.body).toMatchObject({ code: 'INVALID_INPUT', field: 'New' })
    const nobody = await test.browser().call('POST', '/api/session/password', { body: {} })
    expect(nobody.body.code).toBe('SESSION_MISSING')
    expect((await browser.call('GET', '/api/session')).status).toBe(200)
  })
})

describe('the audit of sessions', () => {
  it('holds who came in and out and who did not, but never what was typed as a name that does not exist', async () => {
    const admin = await test.signIn('admin')
    await test
      .browser()
      .call('POST', '/api/session', { body: { Name: 'admin', Password: 'wrong wrong wrong' } })
    const typed = { Name: 'my.secret.password', Password: 'wrong wrong wrong' }
    await test.browser().call('POST', '/api/session', { body: typed })
    const reply = await admin.call('GET', '/api/audit?Action=session.signIn&Limit=3')
    expect(reply.body.Entries).toMatchObject([
      { Actor: '', Subject: null, Outcome: 'refused', Code: 'SIGN_IN_FAILED', Address: '127.0.0.1' },
      { Actor: '', Subject: 'admin', Outcome: 'refused', Code: 'SIGN_IN_FAILED' },
      { Actor: 'admin', Subject: 'admin', Outcome: 'done', Roles: ['admin'] },
    ])
    const everything = await test.db.read.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify(everything)).not.toContain('my.secret.password')
    expect(JSON.stringify(everything)).not.toContain(testPassword)
  })

  it('lets nobody in when it cannot be written', async () => {
    const other = await startProxy()
    await other.proxy.accounts.add({ name: 'mia', roles: ['it'], password: testPassword })
    await other.db.write(trx => trx.schema.alterTable('audit').renameTo('audit_gone').execute())
    const body = { Name: 'mia', Password: testPassword }
    const reply = await other.browser().call('POST', '/api/session', { body })
    expect(reply.body.code).toBe('AUDIT_UNAVAILABLE')
    expect(reply.headers.getSetCookie()).toEqual([])
    expect(await other.db.read.selectFrom('session').selectAll().execute()).toEqual([])
    await other.close()
  })
})
