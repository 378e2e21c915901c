import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const minute = 60_000
const clock = createTestClock(Date.parse('2026-03-10T06:30:00Z'))
let running: TestGateway
let gate: FakeDevice
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  gate = createFakeDevice(running.devicesUrl, 'EAST1')
  await gate.handshake()
  await gate.punch('100', '2026-03-10 08:00:00', 0)
  await gate.poll()
})
afterAll(() => running.stop())

const state = async (date = '2026-03-10') =>
  (
    await running.client().call('attendance.dayCompleteness', {
      FromDate: date,
      ToDate: date,
      DeviceSN: 'EAST1',
    })
  ).body.Days[0]
const introduce = (logs: number) =>
  gate.request('GET', `/iclock/getrequest?SN=EAST1&INFO=Ver1.1.17,1,1,${logs},10.0.0.9,10,7,12,0,11110`)

it('a day runs, waits for the terminal that went away, and is complete once it has answered', async () => {
  expect(await state()).toMatchObject({
    State: 'running',
    Why: null,
    Punches: 1,
    LastPunch: '2026-03-10 08:00:00',
  })
  expect(await state('2026-03-09')).toMatchObject({ State: 'complete', Punches: 0 })
  clock.advance(24 * 60 * minute)
  await until('the terminal to be declared away', async () => (await state())?.Why === 'offline')
  expect(await state()).toMatchObject({ State: 'missing', Since: '2026-03-10 12:00:00' })
  expect((await gate.poll()).commands.map(({ text }) => text.slice(0, 17))).toEqual(['DATA QUERY ATTLOG'])
  expect(await state()).toMatchObject({ State: 'missing', Why: 'behind' })
  const [question] = (
    await running.store.read
      .selectFrom('command')
      .select('id')
      .where('kind', '=', 'attendance.query')
      .execute()
  ).slice(-1)
  await gate.result(String(question?.id), 0, 'DATA QUERY')
  expect(await state()).toMatchObject({ State: 'complete', Why: null })
})

it('a counter that grew by more than came says what the terminal holds, and it is asked for that', async () => {
  await introduce(283)
  clock.advance(2 * minute)
  await until('the first counter to be looked at', async () => (await state('2026-03-11'))?.StatedAt !== null)
  await until('it to be the base', async () => {
    const row = await running.store.read.selectFrom('terminal_statement').select('judged').executeTakeFirst()
    return row?.judged === 1
  })
  clock.advance(10 * minute)
  await gate.punch('100', '2026-03-11 12:05:00', 0)
  clock.advance(60 * minute)
  const asked = () =>
    until('the terminal to be asked', async () => {
      const { commands } = await gate.poll()
      return commands.find(({ text }) => text.startsWith('DATA QUERY ATTLOG'))
    })
  await gate.result((await asked()).id, 0, 'DATA QUERY')
  await introduce(287)
  clock.advance(2 * minute)
  await until('what is held back to be counted', async () => (await state('2026-03-11'))?.Held === 3)
  clock.advance(61 * minute)
  const again = await asked()
  expect(await state('2026-03-11')).toMatchObject({ State: 'running', Why: 'behind' })
  await gate.result(again.id, 0, 'DATA QUERY')
  expect(await state('2026-03-11')).toMatchObject({ State: 'running', Why: null })
})

it('whoever sees to terminals reads the same of one terminal, with what it last said it holds', async () => {
  const token = await running.makeToken({ permissions: ['devices:read'] })
  const own = running.client(token)
  const range = { FromDate: '2026-03-10', ToDate: '2026-03-11' }
  const { body } = await own.call('devices.days', { DeviceSN: 'EAST1', ...range })
  const { body: all } = await running.client().call('attendance.dayCompleteness', { ...range })
  expect(body.Days).toEqual(all.Days.filter(({ DeviceSN }) => DeviceSN === 'EAST1'))
  expect(body.StatedLogs).toBe(287)
  await expect(own.call('attendance.dayCompleteness', range)).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
  })
})

it('days are refused in the wrong order and by too many', async () => {
  const ask = (FromDate: string, ToDate: string) =>
    running.client().call('attendance.dayCompleteness', { FromDate, ToDate })
  await expect(ask('2026-03-10', '2026-03-09')).rejects.toMatchObject({ code: 'INVALID_DATE' })
  await expect(ask('2026-01-01', '2026-12-31')).rejects.toMatchObject({
    code: 'INVALID_DATE',
    field: 'ToDate',
  })
})
