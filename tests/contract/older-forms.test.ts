import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { failureBody } from '#contract/failure.ts'
import { createHttpServer } from '#platform/http-server.ts'
import { silentLogger } from '#platform/logger.ts'
import { createDayKeeper } from '../../gateway/attendance/days/keeper.ts'
import { createTraces } from '../../gateway/device/trace.ts'
import { createRateLimits } from '../../gateway/http/rate-limit.ts'
import type { Handlers } from '../../gateway/operations/handler.ts'
import { handlers as real } from '../../gateway/operations/index.ts'
import { insertDevice, newDevice } from '../../gateway/store/devices.ts'
import { createStore, type Store } from '../../gateway/store/index.ts'
import { generateToken, saveToken } from '../../gateway/store/tokens.ts'
import { benchConfig } from '../../gateway/webhooks/testing/bench-config.ts'
import { createManualClock } from '../../gateway/webhooks/testing/clock.ts'
import { registerOlderForms } from '../../gateway/wire/older-forms.ts'
import { registerV3 } from '../../gateway/wire/v3.ts'

const sn = 'ABCD12345678'
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-older-'))
const token = generateToken()
let store: Store
let app: FastifyInstance
/** What arrived at the operations, in order: only this shows that forms are translated and hold no rule. */
let asked: [id: string, input: unknown][] = []
let refuse = false

const written = (id: string) => async (input: object) => {
  asked.push([id, JSON.parse(JSON.stringify(input))])
  const Status = refuse ? ('refused' as const) : ('queued' as const)
  const why = refuse ? 'No room for another face' : null
  return { status: 409 as const, body: { Results: [{ DeviceSN: sn, Status, CommandID: '7', Error: why }] } }
}
const handlers: Handlers = {
  ...real,
  'users.add': written('users.add'),
  'users.remove': written('users.remove'),
  'users.enrollFingerprint': written('users.enrollFingerprint'),
  'users.enrollFace': written('users.enrollFace'),
  'users.assignCard': written('users.assignCard'),
  'users.setPassword': written('users.setPassword'),
}

beforeAll(async () => {
  store = await createStore({ file: join(folder, 'gateway.db') })
  const about = { state: 'adopted', zone: 'Asia/Kolkata', site: 'Main', now: 0 } as const
  await store.write(async trx => {
    await insertDevice(trx, newDevice(sn, about))
    await saveToken(trx, token, { label: 'test', devices: [sn], ratePerMinute: 0 }, 0)
  })
  app = createHttpServer({ log: silentLogger, failureBody })
  const clock = createManualClock(0)
  const deps = {
    config: benchConfig,
    store,
    clock,
    log: silentLogger,
    days: createDayKeeper({ store, clock, log: silentLogger }),
    intake: { filed: async () => {}, punchesKept: () => 0 },
    wakeDelivery: () => {},
    wakeCommands: () => {},
    alerts: { send: async () => ({ ok: true, answer: '' }) },
    traces: createTraces({ now: () => 0 }),
    onDevicesRemoved: () => {},
  }
  const edge = { deps, handlers, limits: await createRateLimits(app) }
  registerV3(app, edge)
  registerOlderForms(app, edge)
})
afterAll(async () => {
  await app.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  asked = []
  refuse = false
})

async function post(url: string, payload: string, headers: Record<string, string> = {}) {
  const reply = await app.inject({ method: 'POST', url, payload, headers })
  return { status: reply.statusCode, text: reply.body }
}
const api3 = async (body: object, url = `/external/api3.0/biometric?stgid=${sn}`) => {
  const { status, text } = await post(url, JSON.stringify({ AuthToken: token, ...body }))
  return { status, text, body: JSON.parse(text) }
}
const api2 = async (info: object, url = '/external/api2.0/biometric', ServiceTagId = sn) => {
  const data = { ServiceTagId, ApiRequestInfo: { AuthToken: token, OperationReferenceId: 'r-1', ...info } }
  const { status, text } = await post(
    url,
    new URLSearchParams({ request_data: JSON.stringify(data) }).toString(),
  )
  return { status, text, body: JSON.parse(text) }
}
const person = { EmployeeCode: '2001', DeviceSN: [sn] }

describe('Web API 3.0 commands', () => {
  it('put a person on the terminal of stgid, with what stands beside', async () => {
    const reply = await api3({
      Add: {
        User: { UserID: '2001', FirstName: 'Asha', LastName: 'Rao', UserType: 'Admin' },
        Template: [
          { Type: 'Card', Index: '0', Size: '10', Data: '0001234567' },
          { Type: 'Fingerprint', Index: '6', Size: '1288', Data: 'BASE64' },
          { Type: 'Password', Index: '0', Size: '4', Data: '1234' },
          { Type: 'UserPhoto', Size: '6', Data: 'JPGJPG' },
        ],
      },
      OperationID: 'a1b2c3d4e5f6g',
      Time: '2026-03-02 09:00:00 IST',
    })
    expect(reply.text).toBe('{"Status":"done","StatusCode":0,"OperationID":"a1b2c3d4e5f6g"}')
    expect(asked).toEqual([
      ['users.add', { ...person, FirstName: 'Asha', LastName: 'Rao', UserType: 'Admin' }],
      ['users.assignCard', { ...person, CardNumber: '0001234567' }],
      [
        'users.enrollFingerprint',
        { ...person, Template: { Type: 'Fingerprint', Index: 6, Size: 1288, Data: 'BASE64' } },
      ],
      ['users.setPassword', { ...person, Password: '1234' }],
      ['users.enrollFace', { ...person, Photo: { Type: 'jpg', Size: 6, Data: 'JPGJPG' } }],
    ])
  })

  it.each([
    ['no templates at all', { Template: null }],
    ['an empty list', { Template: [] }],
    ['nothing beside the person', {}],
  ])('take %s', async (_what, more) => {
    const User = { UserID: '00042', FirstName: 'Asha', LastName: '', UserType: 'User' }
    expect((await api3({ Add: { User, ...more }, OperationID: 4711 })).text).toBe(
      '{"Status":"done","StatusCode":0,"OperationID":4711}',
    )
    expect(asked).toEqual([
      [
        'users.add',
        { EmployeeCode: '00042', DeviceSN: [sn], FirstName: 'Asha', LastName: '', UserType: 'User' },
      ],
    ])
  })

  it('put a template alone on somebody who is there', async () => {
    await api3({ Add: { Template: [{ Type: 'Face', Index: '0', Data: 'FACE', UserID: '2001' }] } })
    expect(asked).toEqual([
      ['users.enrollFace', { ...person, Template: { Type: 'Face', Index: 0, Data: 'FACE' } }],
    ])
  })

  it('delete a person', async () => {
    const reply = await api3({ Delete: { User: { UserID: '2001' } }, OperationID: 'd1' })
    expect(reply.text).toBe('{"Status":"done","StatusCode":0,"OperationID":"d1"}')
    expect(asked).toEqual([['users.remove', person]])
  })

  it('tell what a terminal refused', async () => {
    refuse = true
    const { body } = await api3({ Delete: { User: { UserID: '2001' } }, OperationID: 'd2' })
    expect(body).toEqual({
      Status: 'API_RESPONSE_INVALID_OPERATION_TYPE',
      OperationID: 'd2',
      StatusCode: 8,
      detail: 'No room for another face',
    })
  })

  it.each<[what: string, body: object, code: number]>([
    ['no command', {}, 6],
    ['a command that is none', { Sync: [] }, 6],
    [
      'two commands',
      { Add: { User: { UserID: '1', FirstName: 'A' } }, Delete: { User: { UserID: '1' } } },
      6,
    ],
    ['an entity that is none', { Load: { Doors: [] } }, 6],
    ['no person', { Delete: { User: {} } }, 10],
    ['no name', { Add: { User: { UserID: '1' } } }, 14],
    ['a palm', { Add: { Template: [{ Type: 'Palm', Data: 'x', UserID: '1' }] } }, 15],
    ['no start', { Load: { PunchLog: { Filter: { EndTime: '2026-03-01' } } } }, 9],
    [
      'a start that is none',
      { Load: { PunchLog: { Filter: { StartTime: '31.12.', EndTime: '2026-03-01' } } } },
      9,
    ],
    [
      'an odd OffSet',
      { Load: { PunchLog: { Filter: { StartTime: '2026-03-01', EndTime: '2026-03-01', OffSet: 'x' } } } },
      14,
    ],
    ['a wrong token', { AuthToken: 'x'.repeat(32), Load: { UserInfo: [] } }, 7],
    ['an empty token', { AuthToken: '', Load: { UserInfo: [] } }, 7],
  ])('answer %s with its number and HTTP 200', async (_what, body, code) => {
    const reply = await api3({ OperationID: 'x', ...body })
    expect([reply.status, reply.body.StatusCode, reply.body.OperationID]).toEqual([200, code, 'x'])
    expect(reply.body.Status).toMatch(/^API_RESPONSE_INVALID_[A-Z_]+$/)
    expect(asked).toEqual([])
  })

  it('are refused without a serial number, and for a terminal the token is not for', async () => {
    const Delete = { User: { UserID: '2001' } }
    expect((await api3({ Delete }, '/external/api3.0/biometric')).body.StatusCode).toBe(2)
    expect((await api3({ Delete }, '/external/api3.0/biometric?stgid=no%20serial')).body.StatusCode).toBe(2)
    expect((await api3({ Delete }, '/external/api3.0/biometric?stgid=OTHER1')).body.StatusCode).toBe(7)
    expect(asked).toEqual([])
  })

  it.each([
    ['', 7],
    ['{"AuthToken":', 1],
    ['nonsense', 19],
    ['QUJDREVGR0hJSktMTU5PUA==', 19],
  ])('answer the body %j with %i', async (text, code) => {
    const reply = await post(`/external/api3.0/biometric?stgid=${sn}`, text)
    expect([reply.status, JSON.parse(reply.text).StatusCode]).toEqual([200, code])
  })
})

describe('Web API 2.0 commands', () => {
  it('put a person with signatures on the terminal', async () => {
    const { text } = await api2({
      Operation: 'AddUser',
      UserId: '2001',
      OperationTime: 1772421000,
      OperationData: {
        Name: 'Asha Devi Rao',
        Priority: 16,
        Signature: [{ Template: 'BASE64', Type: 'Fingerprint', AdditionalData1: '3', AdditionalData2: '' }],
      },
    })
    expect(text).toBe(
      '{"StatusCode":0,"Status":"done","RequestedOperation":"AddUser","OperationReferenceId":"r-1","OperationData":{}}',
    )
    expect(asked).toEqual([
      ['users.add', { ...person, FirstName: 'Asha', LastName: 'Devi Rao', UserType: 'Admin' }],
      ['users.enrollFingerprint', { ...person, Template: { Type: 'Fingerprint', Index: 3, Data: 'BASE64' } }],
    ])
  })

  it('delete a person, at the address of 3.0 as well', async () => {
    for (const url of ['/external/2.0/biometric', '/external/api3.0/biometric'])
      expect((await api2({ Operation: 'DeleteUser', UserId: '2001' }, url)).body.StatusCode).toBe(0)
    expect(asked).toEqual([
      ['users.remove', person],
      ['users.remove', person],
    ])
  })

  it.each<[what: string, info: object, code: number]>([
    ['wiping punches', { Operation: 'ClearLog' }, 6],
    ['a capture at the terminal', { Operation: 'EnrollFingerprint', UserId: '1' }, 6],
    ['no operation', {}, 6],
    ['a wrong token', { AuthToken: 'nobody', Operation: 'SendDeviceInfo' }, 7],
    ['no person', { Operation: 'DeleteUser' }, 10],
  ])('answer %s with its number', async (_what, info, code) => {
    const reply = await api2(info)
    expect([reply.status, reply.body.StatusCode, reply.body.OperationReferenceId]).toEqual([200, code, 'r-1'])
    expect(asked).toEqual([])
  })

  it('say what is missing around the operation', async () => {
    const codeOf = async (body: string) =>
      JSON.parse((await post('/external/api2.0/biometric', body)).text).StatusCode
    expect(await codeOf('')).toBe(1)
    expect(await codeOf('request_data=nonsense')).toBe(1)
    expect(await codeOf('request_data={"ServiceTagId":"X"}')).toBe(12)
    expect((await api2({ Operation: 'SendDeviceInfo' }, undefined, '')).body.StatusCode).toBe(2)
    expect((await api2({ Operation: 'SendDeviceInfo' }, undefined, 'OTHER1')).body.StatusCode).toBe(7)
  })
})

describe('Web API 1.0 commands', () => {
  it('are answered with OK, from query or form, with the token as field or as password in the address', async () => {
    const basic = { authorization: `Basic ${Buffer.from(`gateway:${token}`).toString('base64')}` }
    const update = `/external/1.0/user/update?uid=2001&uname=Asha%20Rao&stgid=${sn}`
    expect(await post(update, '', basic)).toEqual({ status: 200, text: 'OK' })
    const form = new URLSearchParams({ stgid: sn, uid: '2001', uname: 'Asha', auth_token: token }).toString()
    expect(await post('/external/1.0/user/add', form)).toEqual({ status: 200, text: 'OK' })
    expect(await post(`/external/1.0/user/delete?uid=2001&stgid=${sn}&auth_token=${token}`, '')).toEqual({
      status: 200,
      text: 'OK',
    })
    expect(asked).toEqual([
      ['users.add', { ...person, FirstName: 'Asha', LastName: 'Rao', UserType: 'User' }],
      ['users.add', { ...person, FirstName: 'Asha', LastName: '', UserType: 'User' }],
      ['users.remove', person],
    ])
  })

  it('say in text what was refused', async () => {
    expect(await post(`/external/1.0/user/delete?uid=2001&stgid=${sn}`, '')).toEqual({
      status: 401,
      text: 'API_RESPONSE_INVALID_AUTHTOKEN',
    })
    expect(await post(`/external/1.0/user/update?uid=2001&stgid=${sn}&auth_token=${token}`, '')).toEqual({
      status: 400,
      text: 'API_RESPONSE_INVALID_OPERATION_DATA',
    })
    expect(await post(`/external/1.0/user/delete?uid=2001&auth_token=${token}`, '')).toEqual({
      status: 400,
      text: 'API_RESPONSE_INVALID_SERVICE_TAG_ID',
    })
    expect(asked).toEqual([])
  })
})
