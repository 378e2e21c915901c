import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperationRecord } from '#contract/operation.ts'
import { operations } from '#contract/operations/index.ts'
import { startProxy, type TestProxy } from '../testing/start-proxy.ts'
import { permissionsOf, roles } from './roles.ts'

let test: TestProxy
beforeAll(async () => {
  test = await startProxy()
})
afterAll(() => test.close())

const records = Object.values<OperationRecord>(operations)

describe('access to operations', () => {
  it.each(records)('$name needs a session', async ({ name, method }) => {
    const body = method === 'POST' ? { body: {} } : {}
    const reply = await test.browser().call(method, `/api/v3/${name}`, body)
    expect(reply.status).toBe(401)
    expect(reply.body.code).toBe('SESSION_MISSING')
    expect(test.gateway.heardOf(name)).toEqual([])
  })

  it.each(roles)('%s is refused exactly what the role does not hold', async role => {
    const browser = await test.signIn(role)
    const held = permissionsOf([role])
    for (const { name, method, permission } of records) {
      const before = test.gateway.heardOf(name).length
      const key = { 'idempotency-key': `${role}-${name}` }
      const reply = await browser.call(
        method,
        `/api/v3/${name}`,
        method === 'POST' ? { body: {}, headers: key } : {},
      )
      const expected = held.has(permission) ? 200 : 403
      expect(`${name} ${reply.status}`).toBe(`${name} ${expected}`)
      expect(test.gateway.heardOf(name).length - before).toBe(expected === 200 ? 1 : 0)
      if (expected === 403)
        expect(reply.body).toMatchObject({
          code: 'PERMISSION_DENIED',
          detail: `The right ${permission} is missing`,
        })
    }
  })
})

describe('origin', () => {
  const order = { body: { DeviceSN: 'GATE1', DoorNo: 1 } }
  const open = async (headers: Record<string, string>) => {
    const browser = await test.signIn('security')
    const all = { 'idempotency-key': crypto.randomUUID(), ...headers }
    return browser.call('POST', '/api/v3/OpenDoor', { ...order, headers: all })
  }

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a cross-site statement', { 'sec-fetch-site': 'cross-site' }],
    ['an opaque origin', { origin: 'null' }],
  ])('an order from %s opens nothing', async (_what, headers) => {
    const before = test.gateway.heardOf('OpenDoor').length
    const reply = await open(headers)
    expect(reply.status).toBe(403)
    expect(reply.body.code).toBe('ORIGIN_REFUSED')
    expect(test.gateway.heardOf('OpenDoor')).toHaveLength(before)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a form of type %s opens nothing, even without an origin',
    async type => {
      const browser = await test.signIn('security')
      const reply = await fetch(`${test.url}/api/v3/OpenDoor`, {
        method: 'POST',
        headers: { cookie: browser.cookie, 'content-type': type, 'idempotency-key': 'form-form' },
        body: '{"DeviceSN":"GATE1"}',
      })
      expect(reply.status).toBe(415)
      expect(await reply.json()).toMatchObject({ code: 'MEDIA_TYPE_REFUSED' })
    },
  )

  it('a reading page of another site is refused too', async () => {
    const browser = await test.signIn('viewer')
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await browser.call('GET', '/api/v3/ListDevices', { headers })).status).toBe(403)
  })

  it('a program without any statement of origin gets through with JSON', async () => {
    const browser = await test.signIn('security')
    const headers = {
      cookie: browser.cookie,
      'content-type': 'application/json',
      'idempotency-key': 'program-1',
    }
    const reply = await fetch(`${test.url}/api/v3/OpenDoor`, {
      method: 'POST',
      headers,
      body: '{"DeviceSN":"GATE1"}',
    })
    expect(reply.status).toBe(200)
  })
})

describe('everything else', () => {
  it('answers an unknown address of the API as JSON', async () => {
    const reply = await test.browser().call('GET', '/api/nothing')
    expect(reply.status).toBe(404)
    expect(reply.body.code).toBe('NOT_FOUND')
  })

  it('tells a wrong method from an unknown operation', async () => {
    const browser = await test.signIn('admin')
    expect((await browser.call('GET', '/api/v3/OpenDoor')).body.code).toBe('METHOD_NOT_ALLOWED')
    expect((await browser.call('GET', '/api/v3/LaunchRocket')).body.code).toBe('OPERATION_NOT_FOUND')
  })

  it('answers 503, not 401, when the store cannot say who is signed in', async () => {
    const other = await startProxy()
    const browser = await other.signIn('viewer')
    other.clock.advance(2000)
    await other.db.close()
    const reply = await browser.call('GET', '/api/v3/ListDevices')
    expect(reply.body.code).toBe('STORE_UNAVAILABLE')
    expect(other.gateway.heardOf('ListDevices')).toEqual([])
    await other.close()
  })
})
