import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProxy, type TestProxy, testPassword } from '../testing/start-proxy.ts'

let test: TestProxy
beforeAll(async () => {
  test = await startProxy({ stepUp: true })
  test.gateway.answerJson('StartEmergency', { StatusCode: 0, Status: 'done' })
})
afterAll(() => test.close())

const start = async (body: object, pass?: string) => {
  const security = await test.signIn('security')
  const headers = { 'idempotency-key': crypto.randomUUID(), ...(pass ? { 'x-step-up': pass } : {}) }
  return { security, reply: await security.call('POST', '/api/v3/StartEmergency', { body, headers }) }
}

describe('an action on a whole site, where the password is wanted once more', () => {
  it('is refused without it, and nothing is sent', async () => {
    const { reply } = await start({ Kind: 'Lockdown', Site: 'Pune' })
    expect([reply.status, reply.body.code]).toEqual([403, 'STEP_UP_REQUIRED'])
    expect(test.gateway.heardOf('StartEmergency')).toEqual([])
  })

  it('goes through with a pass, once, and not for another session', async () => {
    const security = await test.signIn('security')
    const confirmed = await security.call('POST', '/api/session/confirm', {
      body: { Password: testPassword },
    })
    const pass = String(confirmed.body.Pass)
    const other = await test.signIn('admin')
    const send = (as: typeof security) =>
      as.call('POST', '/api/v3/StartEmergency', {
        body: { Kind: 'Lockdown' },
        headers: { 'idempotency-key': crypto.randomUUID(), 'x-step-up': pass },
      })
    expect((await send(security)).status).toBe(200)
    expect((await send(security)).body.code).toBe('STEP_UP_REQUIRED')
    const again = String(
      (await security.call('POST', '/api/session/confirm', { body: { Password: testPassword } })).body.Pass,
    )
    const stolen = await other.call('POST', '/api/v3/StartEmergency', {
      body: { Kind: 'Lockdown' },
      headers: { 'idempotency-key': crypto.randomUUID(), 'x-step-up': again },
    })
    expect(stolen.body.code).toBe('STEP_UP_REQUIRED')
  })

  it('is not asked for one door', async () => {
    expect((await start({ Kind: 'Lockdown', Door: 'GATE1/1' })).reply.status).toBe(200)
  })

  it('gives no pass for a wrong password', async () => {
    const security = await test.signIn('security')
    const reply = await security.call('POST', '/api/session/confirm', { body: { Password: 'guess' } })
    expect([reply.status, reply.body.code]).toEqual([401, 'SIGN_IN_FAILED'])
  })
})
