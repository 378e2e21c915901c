import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, startProxy, type TestProxy } from '../testing/start-proxy.ts'
import { until } from '../testing/until.ts'

let test: TestProxy
beforeAll(async () => {
  test = await startProxy()
})
afterAll(() => test.close())

const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const entriesOf = async (action: string) => {
  const admin = await test.signIn('admin')
  return (await admin.call('GET', `/api/audit?Action=${action}`)).body.Entries as Record<string, unknown>[]
}
const openDoor = (browser: Browser, headers: Record<string, string> = key()) =>
  browser.call('POST', '/api/v3/OpenDoor', { body: { DeviceSN: 'GATE1', DoorNo: 1 }, headers })

describe('reading', () => {
  const punches = {
    StatusCode: 0,
    Attendance: [{ DeviceSN: 'GATE1', EmployeeCode: '0042', EmployeeName: 'Sam Lee', Direction: 'CheckIn' }],
    ReturnRowCount: 1,
  }

  it('gives those with the right the very bytes of the gateway', async () => {
    test.gateway.answerJson('GetTodayAttendance', punches)
    const hr = await test.signIn('hr')
    const reply = await hr.call('GET', '/api/v3/GetTodayAttendance?Limit=10')
    expect(reply.text).toBe(JSON.stringify(punches))
    expect(reply.headers.get('cache-control')).toBe('no-store')
  })

  it('gives the others the same without names', async () => {
    test.gateway.answerJson('GetTodayAttendance', punches)
    const viewer = await test.signIn('viewer')
    const reply = await viewer.call('GET', '/api/v3/gettodayattendance')
    expect(reply.body.Attendance).toEqual([
      { DeviceSN: 'GATE1', EmployeeCode: '•••', EmployeeName: '•••', Direction: 'CheckIn' },
    ])
  })

  it.each(['EmployeeCode=0042', 'employeecode=0042', 'UserID=0042', 'Whatever=0042'])(
    'does not let those search by %s who may not see it',
    async query => {
      const viewer = await test.signIn('viewer')
      const before = test.gateway.heard.length
      const reply = await viewer.call('GET', `/api/v3/GetTodayAttendance?Limit=5&${query}`)
      expect(reply.status).toBe(403)
      expect(reply.body.code).toBe('PERMISSION_DENIED')
      expect(test.gateway.heard).toHaveLength(before)
    },
  )

  it('refuses rather than pass on a file it cannot mask', async () => {
    test.gateway.answer('GetTodayAttendance', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' })
      response.end('EmployeeCode\n0042\n')
    })
    const viewer = await test.signIn('viewer')
    const reply = await viewer.call('GET', '/api/v3/GetTodayAttendance')
    expect(reply.status).toBe(403)
    expect(reply.text).not.toContain('0042')
  })

  it('passes on a file whose names the gateway says it has covered itself, all of them or none', async () => {
    let covered = 'EmployeeCode'
    test.gateway.answer('GetTodayAttendance', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', 'x-hidden-fields': covered })
      response.end('EmployeeCode\n•••\n')
    })
    const viewer = await test.signIn('viewer')
    expect((await viewer.call('GET', '/api/v3/GetTodayAttendance')).status).toBe(403)
    covered = 'EmployeeCode,EmployeeName'
    const reply = await viewer.call('GET', '/api/v3/GetTodayAttendance')
    expect([reply.status, reply.text]).toEqual([200, 'EmployeeCode\n•••\n'])
  })

  it('lets a file flow through with its name', async () => {
    test.gateway.answer('ExportAttendance', (_request, response) => {
      response.writeHead(200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="a.csv"',
      })
      response.write('EmployeeCode\n')
      response.end('0042\n')
    })
    const hr = await test.signIn('hr')
    const reply = await hr.call('GET', '/api/v3/ExportAttendance?FromDate=2026-01-01&ToDate=2026-01-02')
    expect(reply.text).toBe('EmployeeCode\n0042\n')
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="a.csv"')
  })

  it('passes the input as it came, but never a token of the browser’s own', async () => {
    const viewer = await test.signIn('viewer')
    await viewer.call('GET', '/api/v3/ListDevices?Limit=7&AuthToken=mine&authtoken=mine&Odd=%26%3D', {
      headers: { authtoken: 'mine' },
    })
    const heard = test.gateway.heardOf('ListDevices').at(-1)
    expect([...(heard?.query ?? [])]).toEqual([
      ['Limit', '7'],
      ['Odd', '&='],
    ])
    expect(heard?.headers.authtoken).toBe('token-for-people-000000000000000')
    expect(heard?.headers.cookie).toBeUndefined()
  })

  it('is tried again when the gateway stumbles, and asks under an opaque name', async () => {
    test.gateway.answer('GetDoorStatus', (_request, response, times) => {
      response.writeHead(times === 1 ? 503 : 200, { 'content-type': 'application/json' })
      response.end('{"Doors":[]}')
    })
    const viewer = await test.signIn('viewer')
    expect((await viewer.call('GET', '/api/v3/GetDoorStatus')).status).toBe(200)
    const [first] = test.gateway.heardOf('GetDoorStatus')
    expect(test.gateway.heardOf('GetDoorStatus')).toHaveLength(2)
    expect(first?.headers['x-actor']).toMatch(/^u-[0-9a-f]{16}$/)
  })

  it('writes nothing into the audit', async () => {
    expect(await entriesOf('devices.list')).toEqual([])
  })

  it('is given up when the browser has gone', async () => {
    const viewer = await test.signIn('viewer')
    let gone = false
    test.gateway.answer('GetDeviceInfo', request => {
      expect(request.name).toBe('GetDeviceInfo')
    })
    test.gateway.answer('GetDeviceInfo', (_request, response) => {
      response.on('close', () => {
        gone = true
      })
      leaving.destroy()
    })
    const leaving = httpRequest(`${test.url}/api/v3/GetDeviceInfo?DeviceSN=A`, {
      headers: { cookie: viewer.cookie },
    })
    leaving.on('error', () => undefined)
    leaving.end()
    await until(() => gone, 'the call to the gateway to be given up')
  })
})

describe('failures', () => {
  it('pass untouched: code, detail, field, status and Retry-After', async () => {
    const body = {
      StatusCode: 2,
      Status: 'API_RESPONSE_X',
      code: 'DEVICE_NOT_FOUND',
      detail: 'No GATE9',
      field: 'DeviceSN',
    }
    test.gateway.answerJson('GetDeviceInfo', body, 404)
    const viewer = await test.signIn('viewer')
    const reply = await viewer.call('GET', '/api/v3/GetDeviceInfo?DeviceSN=GATE9')
    expect(reply.status).toBe(404)
    expect(reply.body).toEqual(body)
    test.gateway.answerJson('GetDeviceInfo', { code: 'RATE_LIMITED' }, 429, { 'retry-after': '60' })
    const limited = await viewer.call('GET', '/api/v3/GetDeviceInfo?DeviceSN=GATE9')
    expect(limited.status).toBe(429)
    expect(limited.headers.get('retry-after')).toBe('60')
  })

  it('"not built yet" stays 501', async () => {
    test.gateway.answerJson('GetDoorLogs', { code: 'NOT_BUILT_YET' }, 501)
    const security = await test.signIn('security')
    expect((await security.call('GET', '/api/v3/GetDoorLogs')).status).toBe(501)
  })

  it('of our own token never look like the end of the session', async () => {
    test.gateway.answerJson('GetDeviceStatus', { code: 'TOKEN_INVALID' }, 401)
    const viewer = await test.signIn('viewer')
    const reply = await viewer.call('GET', '/api/v3/GetDeviceStatus?DeviceSN=ALL')
    expect(reply.status).toBe(502)
    expect(reply.body).toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
      detail: expect.stringContaining('TOKEN_INVALID'),
    })
  })

  it('as a page of HTML are not shown as a page of ours', async () => {
    test.gateway.answer('GetCommandStatus', (_request, response) => {
      response.writeHead(500, { 'content-type': 'text/html', 'set-cookie': 'gatehouse=stolen' })
      response.end('<script>alert(1)</script>')
    })
    const viewer = await test.signIn('viewer')
    const reply = await viewer.call('GET', '/api/v3/GetCommandStatus')
    expect(reply.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(reply.headers.getSetCookie()).toEqual([])
  })
})

describe('writing', () => {
  it('needs a key where an order acts once, and passes it on', async () => {
    const security = await test.signIn('security')
    for (const headers of [{}, { 'idempotency-key': 'short' }, { 'idempotency-key': 'x'.repeat(129) }]) {
      const reply = await openDoor(security, headers)
      expect(reply.status).toBe(400)
      expect(reply.body.code).toBe('IDEMPOTENCY_KEY_MISSING')
    }
    expect(test.gateway.heardOf('OpenDoor')).toEqual([])
    await openDoor(security, { 'idempotency-key': 'order-number-1' })
    expect(test.gateway.heardOf('OpenDoor').at(-1)?.headers['idempotency-key']).toBe('order-number-1')
  })

  it('stands in the audit before the gateway hears of it, and says afterwards what came of it', async () => {
    let seen: unknown
    test.gateway.answer('OpenDoor', async (_request, response) => {
      seen = (await entriesOf('doors.open'))[0]
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ CommandID: 'c-audit', State: 'Queued' }))
    })
    const reply = await openDoor(await test.signIn('security'))
    expect(reply.status).toBe(200)
    expect(seen).toMatchObject({
      Actor: 'security',
      Roles: ['security'],
      Address: '127.0.0.1',
      Action: 'doors.open',
      Subject: 'GATE1',
      Input: { DeviceSN: 'GATE1', DoorNo: 1 },
      Outcome: 'intended',
    })
    const [after] = await entriesOf('doors.open')
    expect(after).toMatchObject({ Outcome: 'accepted', CommandID: 'c-audit' })
  })

  it('is sent once, whatever the gateway answers', async () => {
    const before = test.gateway.heardOf('OpenDoor').length
    test.gateway.answerJson('OpenDoor', { code: 'STORE_UNAVAILABLE' }, 503)
    expect((await openDoor(await test.signIn('security'))).status).toBe(503)
    expect(test.gateway.heardOf('OpenDoor')).toHaveLength(before + 1)
    expect((await entriesOf('doors.open'))[0]).toMatchObject({ Outcome: 'failed', Code: 'STORE_UNAVAILABLE' })
  })

  it('with a lost answer is unconfirmed, not failed', async () => {
    test.gateway.answer('OpenDoor', (_request, response) => void response.socket?.destroy())
    const reply = await openDoor(await test.signIn('security'))
    expect(reply.body.code).toBe('GATEWAY_UNREACHABLE')
    expect((await entriesOf('doors.open'))[0]).toMatchObject({ Outcome: 'unconfirmed' })
  })

  it('leaves no secret in the audit', async () => {
    const hr = await test.signIn('hr')
    const body = { EmployeeCode: '0042', DeviceSN: ['GATE1'], Password: '998877' }
    await hr.call('POST', '/api/v3/SetPassword', { body })
    expect(test.gateway.heardOf('SetPassword')[0]?.body.Password).toBe('998877')
    const [entry] = await entriesOf('users.setPassword')
    expect(entry).toMatchObject({ Subject: '0042', Input: { Password: '[hidden]' }, Outcome: 'done' })
  })

  it('does not happen when the audit cannot be written', async () => {
    const other = await startProxy()
    const security = await other.signIn('security')
    await other.db.write(trx => trx.schema.alterTable('audit').renameTo('gone').execute())
    const reply = await openDoor(security)
    expect(reply.status).toBe(503)
    expect(reply.body.code).toBe('AUDIT_UNAVAILABLE')
    expect(other.gateway.heardOf('OpenDoor')).toEqual([])
    await other.close()
  })

  it.each(['[]', '"text"', 'null', '{broken'])('refuses the body %s', async body => {
    const security = await test.signIn('security')
    const reply = await security.call('POST', '/api/v3/OpenDoor', { body, headers: key() })
    expect(reply.status).toBe(400)
    expect(reply.body.code).toBe('INVALID_BODY')
  })

  it('refuses a body of more than 256 KB', async () => {
    const security = await test.signIn('security')
    const body = { DeviceSN: 'GATE1', Filler: 'x'.repeat(260 * 1024) }
    const reply = await security.call('POST', '/api/v3/OpenDoor', { body, headers: key() })
    expect(reply.status).toBe(413)
    expect(reply.body.code).toBe('BODY_TOO_LARGE')
  })
})
