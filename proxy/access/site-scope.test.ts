import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sitesHeader } from '#contract/site-scope.ts'
import { startProxy, type TestProxy, testPassword } from '../testing/start-proxy.ts'
import { mayHearOf } from './site-scope.ts'

let test: TestProxy
afterAll(() => test.close())

const signIn = async (name: string, sites: readonly string[]) => {
  await test.proxy.accounts.add({ name, roles: ['security'], sites, password: testPassword })
  return test.signIn(name)
}

describe('an account that is bound to sites', () => {
  beforeAll(async () => {
    test = await startProxy()
  })

  it('says so in every call it makes, whatever the letters, and one that is not says nothing', async () => {
    const guard = await signIn('guard', ['Zürich, Süd', 'पुणे'])
    await guard.call('GET', '/api/v3/GetDoorStatus', { headers: { [sitesHeader]: 'Everywhere' } })
    const bound = test.gateway.heardOf('GetDoorStatus').at(-1)?.headers[sitesHeader]
    expect(String(bound).split(',').map(decodeURIComponent)).toEqual(['Zürich, Süd', 'पुणे'])
    expect((await guard.call('GET', '/api/session')).body.Sites).toEqual(['Zürich, Süd', 'पुणे'])
    const free = await test.signIn('security')
    await free.call('GET', '/api/v3/GetDoorStatus', { headers: { [sitesHeader]: 'Pune' } })
    expect(test.gateway.heardOf('GetDoorStatus').at(-1)?.headers[sitesHeader]).toBeUndefined()
    expect((await free.call('GET', '/api/session')).body.Sites).toBeNull()
  })

  it('is told that a terminal is beyond it, not that the dashboard is broken', async () => {
    test.gateway.answerJson('GetDeviceInfo', { code: 'DEVICE_NOT_ALLOWED' }, 401)
    const guard = await signIn('beyond', ['Pune'])
    const reply = await guard.call('GET', '/api/v3/GetDeviceInfo?DeviceSN=GATE9')
    expect([reply.status, reply.body.code]).toEqual([403, 'PERMISSION_DENIED'])
    expect(reply.body.detail).toContain('Pune')
  })

  it('has to be bound to at least one', async () => {
    const add = test.proxy.accounts.add({ name: 'nowhere', roles: ['security'], sites: [' '] })
    await expect(add).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'site' })
  })
})

describe('a gateway elsewhere that knows nothing of such bounds', () => {
  it('is sent no order of a bound account, only a question; others go on', async () => {
    await test.close()
    test = await startProxy({ gatewayMode: 'remote' })
    const guard = await signIn('guard', ['Pune'])
    const order = { body: { DeviceSN: 'GATE1' }, headers: { 'idempotency-key': crypto.randomUUID() } }
    const refused = await guard.call('POST', '/api/v3/OpenDoor', order)
    expect([refused.status, refused.body.code]).toEqual([403, 'PERMISSION_DENIED'])
    expect(test.gateway.heardOf('OpenDoor')).toEqual([])
    const free = await test.signIn('security')
    expect((await free.call('POST', '/api/v3/OpenDoor', order)).status).toBe(200)
    test.gateway.answer('GetDoorStatus', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', [sitesHeader]: 'Pune' })
      response.end('{"Doors":[]}')
    })
    expect((await guard.call('POST', '/api/v3/OpenDoor', order)).status).toBe(200)
    expect(test.gateway.heardOf('OpenDoor').at(-1)?.headers[sitesHeader]).toBe('Pune')
  })
})

describe('news', () => {
  it.each([
    [null, { DeviceSN: 'GATE1' }, true],
    [['Pune'], { Site: 'Pune' }, true],
    [['Pune'], { Site: 'Delhi' }, false],
    [['Pune'], { Site: null }, false],
    [['Pune'], { DeviceSN: 'GATE1' }, false],
  ])('for those bound to %j: %j is told: %s', (sites, event, expected) => {
    expect(mayHearOf(sites, event)).toBe(expected)
  })
})

describe('how an account hears of door alarms', () => {
  it('is kept with the account, for the next sign-in as well, and is nobody else’s', async () => {
    const security = await test.signIn('security')
    expect((await security.call('GET', '/api/session')).body.AlarmSignals).toEqual({
      Sound: false,
      Notify: false,
    })
    const body = { Sound: true, Notify: false }
    expect((await security.call('POST', '/api/session/alarm-signals', { body })).status).toBe(204)
    const again = await test.signIn('security')
    expect((await again.call('GET', '/api/session')).body.AlarmSignals).toEqual(body)
    const admin = await test.signIn('admin')
    expect((await admin.call('GET', '/api/session')).body.AlarmSignals).toEqual({
      Sound: false,
      Notify: false,
    })
    const viewer = await test.signIn('viewer')
    expect((await viewer.call('POST', '/api/session/alarm-signals', { body })).status).toBe(403)
    expect(
      (await security.call('POST', '/api/session/alarm-signals', { body: { Sound: 'loud' } })).status,
    ).toBe(400)
  })
})
