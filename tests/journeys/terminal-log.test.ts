import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const minute = 60_000
const clock = createTestClock(Date.parse('2026-03-02T06:30:00Z'))
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

const entries = async (DeviceSN: string) =>
  (await running.client().call('devices.log', { DeviceSN, Order: 'asc' })).body.Entries

it('keeps every operation at a terminal in words, once however often it is sent', async () => {
  const device = createFakeDevice(running.devicesUrl, 'LOGGED1')
  const body = 'OPLOG 70\t0\t2026-03-02 11:00:00\t2\t0\t0\t0\nOPLOG 4\t14\t2026-03-02 11:05:00\t0\t0\t0\t0\n'
  for (let turn = 0; turn < 2; turn += 1) expect((await device.upload('OPERLOG', body)).body).toBe('OK: 2')
  expect(await entries('LOGGED1')).toEqual([
    {
      EntryID: expect.any(String),
      DeviceSN: 'LOGGED1',
      LabelName: 'LOGGED1',
      Kind: 'Operation',
      Code: '70',
      Meaning: 'user name changed',
      Operator: null,
      About: '2 0 0 0',
      LocalTime: '2026-03-02 11:00:00',
      ReceivedAt: '2026-03-02T06:30:00.000Z',
    },
    expect.objectContaining({ Code: '4', Operator: '14', LocalTime: '2026-03-02 11:05:00' }),
  ])
})

it('keeps errors, which carry no time: the same one later is another one', async () => {
  const device = createFakeDevice(running.devicesUrl, 'LOGGED2')
  const row = 'ERRORLOG ErrCode=D03E0012\tErrMsg=relay\tDataOrigin=dev\tCmdId=\tAdditional=\n'
  await device.upload('ERRORLOG', row)
  await device.upload('ERRORLOG', row)
  clock.advance(20 * minute)
  await device.upload('ERRORLOG', row)
  const found = await entries('LOGGED2')
  expect(found.map(({ Kind, Meaning, LocalTime }) => [Kind, Meaning, LocalTime])).toEqual([
    ['Error', 'hardware error 12 of the terminal', null],
    ['Error', 'hardware error 12 of the terminal', null],
  ])
})

it('tells somebody at a terminal when they were here last, and hands out nobody', async () => {
  const device = createFakeDevice(running.devicesUrl, 'LOOKUP1')
  await device.upload('OPERLOG', 'USER PIN=0042\tName=Asha Rao\tPri=0\n')
  await device.punch('0042', '2026-03-02 08:58:41', 1)
  const ask = async (query: string) => (await device.request('GET', `/iclock/cdata?SN=LOOKUP1&${query}`)).body
  expect(await ask('type=LastPunch&PIN=0042')).toBe(
    'status=0\nname=Asha Rao\tpin=0042\tstate=1\tworkcode=0\tdate=2026-03-02\ttime=08:58:41',
  )
  for (const query of ['type=LastPunch&PIN=9', 'type=LastPunch', 'table=RemoteAtt&PIN=0042', 'PIN=0042'])
    expect(await ask(query)).toBe('NONE')
})
