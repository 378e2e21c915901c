import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessEventVectors } from '../../gateway/device/protocol/fixtures/access-events.ts'
import { accessRequestVectors } from '../../gateway/device/protocol/fixtures/access-requests.ts'
import { accessTableVectors } from '../../gateway/device/protocol/fixtures/access-tables.ts'
import { querydataVectors } from '../../gateway/device/protocol/fixtures/querydata.ts'
import { bodyOf, type Vector } from '../../gateway/device/protocol/fixtures/vector.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const { A01, A02, A03, A04, A05, A29, A30, A32, A33 } = accessRequestVectors
const sn = 'TESTACC00001'
let running: TestGateway
beforeAll(async () => {
  const clock = createTestClock(Date.parse('2026-09-15T10:05:43Z'))
  running = await startGateway({ timeZone: 'Asia/Kolkata', clock })
})
afterAll(() => running.stop())

async function send(vector: Vector): Promise<{ status: number; body: string }> {
  const reply = await fetch(`${running.devicesUrl}${vector.rawUrl}`, {
    method: vector.method,
    ...(vector.method === 'GET' ? {} : { body: Buffer.from(bodyOf(vector)) }),
  })
  return { status: reply.status, body: await reply.text() }
}
/** Every terminal gets a code of its own, every answer a session, and the delays and versions are ours. */
const shape = (text: string) =>
  text
    .replace(/^(RegistryCode|SessionID)=.*$/gm, '$1=*')
    .replace(/^(PushProtVer|PushVersion|RequestDelay)=.*$/gm, '$1=*')
    .replace('SupportPing=1\n', '')
const range = { DeviceSN: sn, FromDate: '2017-01-01', ToDate: '2026-12-31', Order: 'asc' } as const

/** iclock-vectors.md A01 to A36, in their order, against the running listener. */
describe('the access vectors', () => {
  it('A01 to A05: registration and configuration', async () => {
    expect(await send(A01)).toEqual({ status: 200, body: A01.reply })
    const registry = await send(A02)
    expect([registry.status, shape(registry.body)]).toEqual([200, shape(A02.reply)])
    expect(shape((await send(A04)).body)).toBe(shape(A04.reply))
    const block = (await send(A05)).body
    expect(shape(block)).toBe(shape(A05.reply))
    expect(block).toContain(`${registry.body}\n`)
    const { body } = await running.client().call('doors.status', { DeviceSN: sn })
    expect(body.Doors.map(({ DoorNo }) => DoorNo)).toEqual([1, 2, 3, 4])
  })

  it('A03: nobody is refused a registration, but one that is turned away never gets an OK', async () => {
    // A terminal that waits has to register, or what it sends could not be kept.
    expect((await send(A03)).body).toMatch(/^RegistryCode=/)
    expect((await send({ method: 'POST', rawUrl: '/iclock/registry' })).status).toBe(400)
  })

  const uploads = { ...accessEventVectors, ...accessTableVectors, ...querydataVectors }
  for (const [id, vector] of Object.entries(uploads))
    it(`${id}: acknowledged to the byte`, async () => {
      expect(await send(vector)).toEqual({ status: 200, body: vector.reply })
    })

  it('A06 to A12: kept once, with what they mean', async () => {
    const client = running.client()
    const punches = (await client.call('attendance.byDevice', range)).body.Attendance
    expect(
      punches.map(({ EmployeeCode, AttendanceLog, Type }) => [EmployeeCode, AttendanceLog, Type]),
    ).toEqual([
      ['2', '2026-02-23 14:13:48', 'face'],
      ['2', '2026-02-23 14:40:00', 'face'],
      ['2', '2026-02-23 14:41:01', 'face'],
    ])
    const events = (await client.call('doors.logs', range)).body.Events
    expect(events.map(({ Event, DoorNo, Detail }) => [Event, DoorNo, Detail])).toEqual([
      ['Denied', 1, 'not registered'],
      ['Granted', 1, 'multi-person open'],
      ['Forced', 1, 'forced open'],
      ['Other', 0, 'device started'],
      ['Granted', 1, 'verified open'],
      ['Other', 1, 'clutch fault'],
      ['Granted', 1, 'normal person pass'],
      ['Other', 1, 'event 9999'],
    ])
  })

  it('A15, A16: the newest state stands', async () => {
    const { body } = await running.client().call('doors.status', { DeviceSN: sn })
    expect(body.Doors.map(({ State, Reason, Alarm }) => [State, Reason, Alarm])).toEqual([
      ['Closed', 'reported', 'None'],
      ...[2, 3, 4].map(() => ['Unknown', 'no_sensor', 'None']),
    ])
  })

  it('A18 to A26: people are there, and what was cut in three is whole', async () => {
    const { Users } = (await running.client().call('users.list', {})).body
    expect(Users.map(({ EmployeeCode, FirstName }) => [EmployeeCode, FirstName])).toEqual([
      ['1001', 'Asha'],
      ['1002', 'Ravi'],
    ])
    const rejects = await running.store.read
      .selectFrom('quarantine')
      .select('reason')
      .where('sn', '=', sn)
      .where('reason', 'not like', 'kept:%')
      .orderBy('id')
      .execute()
    expect(rejects.map(({ reason }) => reason)).toEqual(['unknown-table', 'unknown-table', 'bad-archive'])
  })

  it('A29, A30: a door is opened by its bytes', async () => {
    const { body } = await running.client().call('doors.open', { DeviceSN: sn, DoorNo: 1, Seconds: 5 })
    expect((await send(A29)).body).toBe(A29.reply.replace('221', body.CommandID))
    expect(await send({ ...A30, body: A30.body.replace('221', body.CommandID) })).toEqual({
      status: 200,
      body: A30.reply,
    })
  })

  it('A32: the time in UTC, the zone beside it', async () => {
    expect((await send(A32)).body).toBe(A32.reply)
  })

  it('A33: the record comes back, and nobody is let in without a window', async () => {
    expect((await send(A33)).body).toBe(`AUTH=TIMEOUT\r\n${A33.body}\r\n`)
  })

  it('A36: the flavour is learned from what it sends', async () => {
    const { Settings } = (await running.client().call('devices.profile', { DeviceSN: 'TESTATT00001' })).body
    expect(Settings.find(({ Name }) => Name === 'Flavour')).toMatchObject({
      Value: 'access',
      Source: 'Learned',
    })
  })
})
