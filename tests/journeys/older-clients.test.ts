import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { createRestClient } from '../support/receivers/rest-client.ts'
import { at } from '../support/receivers/stand-in.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

const sn = 'ABCD12345678'
const key = 'Kq3vX9mB2nL7pR4tY8wZ1cD6fG5hJ0sA'
const count = 127

let running: TestGateway
/** Valid for this terminal only, as the tokens of that generation are. */
let token: string

const minute = (index: number) =>
  `2026-03-02 ${String(6 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}:30`

beforeAll(async () => {
  running = await startGateway({ timeZone: 'Asia/Kolkata' })
  const device = createFakeDevice(running.devicesUrl, sn)
  await device.handshake()
  const lines = Array.from(
    { length: count },
    (_, index) => `${String(index % 9).padStart(5, '0')}\t${minute(index)}\t${index % 2}\t15\t0\t0\n`,
  )
  expect((await device.upload('ATTLOG', lines.join(''))).body).toBe(`OK: ${count}`)
  await device.upload(
    'OPERLOG',
    'USER PIN=2001\tName=Asha Rao\tPri=14\tPasswd=\tCard=\tGrp=1\tTZ=\nUSER PIN=00042\tName=Ben\tPri=0\tPasswd=\tCard=\tGrp=1\tTZ=\n',
  )
  token = await running.makeToken({ devices: [sn] })
})
afterAll(() => running.stop())

const client = (more: { key?: string; isZeroPadded?: boolean; token?: string; sn?: string } = {}) =>
  createRestClient(running.apiUrl, { sn, token, ...more })
const wholeDay = { StartTime: '2026-03-02 00:00:00 GMT +0530', EndTime: '2026-03-02 23:59:59 GMT +0530' }

describe('a client of Web API 3.0', () => {
  it('pulls every punch in pages of 50, with the clock and offset of the terminal', async () => {
    const { rows, pages } = await client().pull(wholeDay)
    expect(pages).toBe(3)
    expect(rows.map(({ clock }) => clock)).toEqual(
      Array.from({ length: count }, (_, index) => `${minute(index)} GMT +0530`),
    )
    expect(rows[10]).toEqual({
      person: '00001',
      clock: '2026-03-02 06:10:30 GMT +0530',
      type: 'CheckIn',
      input: 'Face',
    })
  })

  it.each([
    ['the zone of the terminal', '2026-03-02 07:00:00 GMT +0530', '2026-03-02 07:09:59 GMT +0530'],
    ['Greenwich', '2026-03-02 01:30:00 GMT +0000', '2026-03-02 01:39:59 GMT +0000'],
    ['an abbreviation', '2026-03-02 07:00:00 IST', '2026-03-02 07:09:59 IST'],
    ['no zone', '2026-03-02 07:00:00', '2026-03-02 07:09:59'],
  ])('asks for a time in %s and gets the same ten minutes', async (_what, StartTime, EndTime) => {
    const { rows } = await client().pull({ StartTime, EndTime })
    expect(rows.map(({ clock }) => clock.slice(11, 16))).toEqual(
      Array.from({ length: 10 }, (_, index) => `07:0${index}`),
    )
  })

  it('finds the page it asked for, counted as text, at the root of the reply', async () => {
    const Filter = { ...wholeDay, OffSet: '100' }
    const { text, body } = await client().send(
      { Load: { PunchLog: { Filter } } },
      { OperationID: 'q1', Time: '2026-03-02 09:00:00' },
    )
    expect(text).toMatch(
      /^\{"StatusCode":0,"Status":"done","OperationID":"q1","PunchLog":\{"ReturnRowCount":"27","ActualRowCount":"127","OffSet":"","Log":\[\{"Type":"CheckIn","InputType":"Face","UserID":"00001","UserId":"00001","LogTime":"2026-03-02 07:40:30 GMT \+0530"\}/,
    )
    expect(at(body, 'Load')).toBeUndefined()
  })

  it('reads the people of the terminal where either kind of client looks', async () => {
    const { body } = await client().send({ Load: { UserInfo: [] } })
    const people = [
      { UserID: '00042', FirstName: 'Ben', LastName: '', UserType: 'User' },
      { UserID: '2001', FirstName: 'Asha', LastName: 'Rao', UserType: 'Admin' },
    ]
    expect(body).toEqual({ StatusCode: 0, Status: 'done', UserInfo: people, Load: { UserInfo: people } })
  })

  it('is told in its own numbers what it may not and what is not there', async () => {
    const Load = { UserInfo: [] }
    const codeOf = async (reply: Promise<{ status: number; body: unknown }>) => {
      const { status, body } = await reply
      expect(status).toBe(200)
      return at(body, 'StatusCode')
    }
    const everywhere = await running.makeToken()
    expect(await codeOf(client({ token: 'x'.repeat(32) }).send({ Load }))).toBe(7)
    expect(await codeOf(client({ sn: 'OTHER123' }).send({ Load }))).toBe(7)
    expect(await codeOf(client({ sn: 'OTHER123', token: everywhere }).send({ Load }))).toBe(2)
    expect(await codeOf(client().send({ DeviceSync: [] }))).toBe(6)
    const powerless = await running.makeToken({ permissions: [] })
    expect(await codeOf(client({ token: powerless }).send({ Load }))).toBe(11)
  })

  it('gets 429 by name, and when to come again, above the rate of its token', async () => {
    const slow = client({ token: await running.makeToken({ ratePerMinute: 1 }) })
    await slow.send({ Load: { UserInfo: [] } })
    const { body } = await slow.send({ Load: { UserInfo: [] } }, { OperationID: 'again' })
    expect(body).toMatchObject({
      StatusCode: 999,
      OperationID: 'again',
      detail: expect.stringContaining('Wait'),
    })
  })
})

describe('an encrypting client of Web API 3.0', () => {
  const Load = { UserInfo: [] }

  it('is not understood before its key is known, and is told so in plain', async () => {
    const { text } = await client({ key }).send({ Load })
    expect(JSON.parse(text)).toMatchObject({ StatusCode: 19, Status: 'API_RESPONSE_INVALID_RAW_DATA' })
  })

  it.each([false, true])(
    'is answered as it asks once a subscription has its key; zeros at the end: %s',
    async isZeroPadded => {
      await running.client().call('webhooks.register', {
        CallbackUrl: 'http://127.0.0.1:9/hook',
        DeviceSN: [sn],
        Format: 'web-api-3',
        EncryptionKey: key,
      })
      const encrypting = client({ key, isZeroPadded })
      const { text, body } = await encrypting.send({ Load }, { OperationID: 'e1' })
      expect(text).toMatch(/^[A-Za-z0-9+/]+=*$/)
      expect(body).toMatchObject({ StatusCode: 0, OperationID: 'e1' })
      expect((await encrypting.pull(wholeDay)).rows).toHaveLength(count)
      const refused = await client({ key, isZeroPadded, token: 'x'.repeat(32) }).send({ Load })
      expect(refused.text).not.toContain('{')
      expect(refused.body).toMatchObject({ StatusCode: 7 })
    },
  )

  it('may also ask in plain, and a key is good for its own terminals only', async () => {
    expect((await client().send({ Load })).body).toMatchObject({ StatusCode: 0 })
    const other = client({ key, sn: 'OTHER123', token: await running.makeToken() })
    expect((await other.send({ Load })).body).toMatchObject({ StatusCode: 19 })
  })
})

describe('a client of Web API 2.0', () => {
  const ask = async (Operation: string, OperationData: object = {}) => {
    const request = {
      ServiceTagId: sn,
      ApiRequestInfo: {
        AuthToken: token,
        Operation,
        OperationTime: 1772421000,
        OperationReferenceId: 'r9',
        OperationData,
      },
    }
    const reply = await fetch(`${running.apiUrl}/external/api2.0/biometric`, {
      method: 'POST',
      body: new URLSearchParams({ request_data: JSON.stringify(request) }),
    })
    return { status: reply.status, body: (await reply.json()) as unknown }
  }

  it('pulls every punch by seconds that show the clock of the terminal', async () => {
    const range = { StartTime: Date.UTC(2026, 2, 2) / 1000, EndTime: Date.UTC(2026, 2, 2, 23, 59, 59) / 1000 }
    const rows: unknown[] = []
    let pages = 0
    for (let OffSet = 0; OffSet < count; pages++) {
      const { body } = await ask('LoadPunchLog', { ...range, OffSet })
      expect(body).toMatchObject({ StatusCode: 0, Status: 'done', OperationReferenceId: 'r9' })
      const page = at(body, 'OperationData', 'Punch')
      rows.push(...(Array.isArray(page) ? page : []))
      OffSet = Number(at(body, 'OperationData', 'OffSet'))
    }
    expect([pages, rows.length]).toEqual([3, count])
    expect(rows[0]).toEqual({
      AttendanceType: 'CheckIn',
      InputType: 'Face',
      UserID: '00000',
      AttendanceTime: Date.UTC(2026, 2, 2, 6, 0, 30) / 1000,
    })
  })

  it('is told about the terminal', async () => {
    expect((await ask('SendDeviceInfo')).body).toMatchObject({
      RequestedOperation: 'SendDeviceInfo',
      OperationData: { SerialNumber: sn, DeviceLabelName: sn, TimeZone: 'Asia/Kolkata', Services: [] },
    })
  })
})

describe('one and the same operation', () => {
  /** What /v3 says to it; queued for a terminal that is away counts as done in the older forms. */
  const codeOfV3 = async (name: string, input: object) => {
    const reply = await fetch(`${running.apiUrl}/v3/${name}`, {
      method: 'POST',
      headers: { AuthToken: token, 'content-type': 'application/json' },
      body: JSON.stringify({ DeviceSN: sn, EmployeeCode: '2001', ...input }),
    })
    const code = at(await reply.json(), 'StatusCode')
    return reply.status === 409 ? 0 : code
  }

  it('answers every generation with the same code', async () => {
    const { send } = client()
    const User = { UserID: '2001', FirstName: 'Asha', LastName: 'Rao', UserType: 'User' }
    const added = await codeOfV3('AddUser', { FirstName: 'Asha', LastName: 'Rao' })
    expect(at((await send({ Add: { User, Template: [] } })).body, 'StatusCode')).toBe(added)
    const path = `/external/1.0/user/update?uid=2001&uname=Asha&stgid=${sn}&auth_token=${token}`
    const old = await fetch(running.apiUrl + path, { method: 'POST' })
    expect((await old.text()) === 'OK').toBe(added === 0)
    const removed = await codeOfV3('DeleteUser', {})
    expect(at((await send({ Delete: { User } })).body, 'StatusCode')).toBe(removed)
  })
})
