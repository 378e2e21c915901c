import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GatewayStandIn, sendJson, startGatewayStandIn } from '../testing/gateway-stand-in.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createUpstream, type Upstream } from './client.ts'

let gateway: GatewayStandIn
let upstream: Upstream
const clock = createTestClock()
beforeEach(async () => {
  gateway = await startGatewayStandIn()
  const config = { gatewayUrl: `${gateway.url}/`, gatewayToken: 'the-token' }
  upstream = createUpstream({ config, clock, readDeadlineMs: 2500, writeTimeoutMs: 200 })
})
afterEach(async () => {
  await upstream.close()
  await gateway.close()
})

const read = { name: 'ListDevices', method: 'GET', query: '?Limit=5', requestId: 'r1', actor: 'u-1' } as const
const write = {
  name: 'OpenDoor',
  method: 'POST',
  body: '{"DoorNo":1}',
  requestId: 'r2',
  idempotencyKey: 'key-12345',
} as const

describe('the way to the gateway', () => {
  it('carries our token, the request id, the opaque actor and the key, and nothing of the browser', async () => {
    await upstream.send(read)
    await upstream.send(write)
    const [first, second] = gateway.heard
    expect(first?.headers).toMatchObject({ authtoken: 'the-token', 'x-request-id': 'r1', 'x-actor': 'u-1' })
    expect(first?.query.get('Limit')).toBe('5')
    expect(second?.headers).toMatchObject({
      'idempotency-key': 'key-12345',
      'content-type': 'application/json',
    })
    expect(second?.body).toEqual({ DoorNo: 1 })
    expect(second?.headers['x-actor']).toBeUndefined()
  })

  it('asks for fields to be covered, and hears which are, and how many rows a file had', async () => {
    gateway.answer('ExportAttendance', (request, response) => {
      const covered = String(request.headers['x-hidden-fields'])
      response.writeHead(200, {
        'content-type': 'text/csv',
        'x-hidden-fields': covered,
        trailer: 'x-row-count',
      })
      response.write('a')
      response.addTrailers({ 'x-row-count': '7' })
      response.end()
    })
    const file = { ...read, name: 'ExportAttendance' }
    const reply = await upstream.send({ ...file, hiddenFields: new Set(['EmployeeCode', 'EmployeeName']) })
    expect(reply.hiddenFields).toEqual(new Set(['EmployeeCode', 'EmployeeName']))
    if (Buffer.isBuffer(reply.body)) throw new Error('The file was read to its end')
    await reply.body.toArray()
    expect(reply.rowCount?.()).toBe('7')
    const plain = await upstream.send(read)
    expect([plain.hiddenFields, plain.rowCount]).toEqual([new Set(), null])
    expect(gateway.heardOf('ListDevices')[0]?.headers).not.toHaveProperty('x-hidden-fields')
  })

  it.each([429, 502, 503, 504])('tries a read again after %i', async status => {
    gateway.answer('ListDevices', (_request, response, times) =>
      sendJson(response, times < 3 ? status : 200, { times }),
    )
    const reply = await upstream.send(read)
    expect(reply.status).toBe(200)
    expect(gateway.heard).toHaveLength(3)
  })

  it('tries a read again after a broken connection', async () => {
    gateway.answer('ListDevices', (_request, response, times) =>
      times === 1 ? void response.socket?.destroy() : sendJson(response, 200, {}),
    )
    expect((await upstream.send(read)).status).toBe(200)
    expect(gateway.heard).toHaveLength(2)
  })

  it('waits as long as Retry-After says', async () => {
    const before = clock.slept.length
    const patient = createUpstream({ config: { gatewayUrl: gateway.url, gatewayToken: 't' }, clock })
    gateway.answer('ListDevices', (_request, response, times) =>
      sendJson(response, times === 1 ? 429 : 200, {}, { 'retry-after': '2' }),
    )
    expect((await patient.send(read)).status).toBe(200)
    expect(clock.slept.slice(before)).toEqual([2000])
    await patient.close()
  })

  it('gives the last answer as it is when the deadline comes first', async () => {
    gateway.answerJson('ListDevices', { code: 'RATE_LIMITED' }, 429, { 'retry-after': '30' })
    const reply = await upstream.send(read)
    expect(reply).toMatchObject({ status: 429, retryAfter: '30' })
    expect(gateway.heard).toHaveLength(1)
  })

  it.each([400, 404, 409, 500, 501])('takes %i as the answer it is', async status => {
    gateway.answerJson('ListDevices', { code: 'X' }, status)
    expect((await upstream.send(read)).status).toBe(status)
    expect(gateway.heard).toHaveLength(1)
  })

  it.each([429, 500, 502, 503, 504])('never sends a write twice, not even after %i', async status => {
    gateway.answerJson('OpenDoor', {}, status)
    expect((await upstream.send(write)).status).toBe(status)
    expect(gateway.heard).toHaveLength(1)
  })

  it('never sends a write twice after a broken connection, and says that it may have arrived', async () => {
    gateway.answer('OpenDoor', (_request, response) => void response.socket?.destroy())
    await expect(upstream.send(write)).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE', maybeSent: true })
    expect(gateway.heard).toHaveLength(1)
  })

  it('gives up on a gateway that does not answer in time', async () => {
    gateway.answer('OpenDoor', () => undefined)
    await expect(upstream.send(write)).rejects.toMatchObject({ code: 'GATEWAY_TIMEOUT', maybeSent: true })
    gateway.answer('ListDevices', () => undefined)
    await expect(upstream.send(read)).rejects.toMatchObject({ code: 'GATEWAY_TIMEOUT' })
  })

  it('knows that nothing was sent where nobody listens', async () => {
    await gateway.close()
    await expect(upstream.send(write)).rejects.toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
      maybeSent: false,
    })
    expect(await upstream.reachability.probe()).toBe(false)
    gateway = await startGatewayStandIn()
  })

  it('tells when the gateway is back, and only then', async () => {
    let returns = 0
    upstream.reachability.onReturn(() => {
      returns += 1
    })
    await upstream.send(read)
    await upstream.reachability.probe()
    expect(returns).toBe(0)
    gateway.answer('OpenDoor', (_request, response) => void response.socket?.destroy())
    await upstream.send(write).catch(() => undefined)
    expect(upstream.reachability.current()).toBe(false)
    await upstream.send(read)
    await upstream.send(read)
    expect(returns).toBe(1)
  })
})
