import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const clock = createTestClock(Date.parse('2026-04-02T06:30:00Z'))
let running: TestGateway
let gate: FakeDevice
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  gate = createFakeDevice(running.devicesUrl, 'PER1')
  await gate.handshake()
  await gate.upload(
    'ATTLOG',
    '100\t2026-03-02 08:00:00\t0\t1\n100\t2026-03-02 17:00:00\t1\t1\n100\t2026-03-03 08:00:00\t0\t1\n',
  )
  await gate.poll()
})
afterAll(() => running.stop())

const march = { FromDate: '2026-03-01', ToDate: '2026-03-31' } as const
const client = () => running.client()
const state = async (id: string) => {
  clock.advance(1000)
  return (await client().call('attendance.periods', {})).body.Periods.find(({ PeriodID }) => PeriodID === id)
    ?.State
}
const close = async (Seen: number) =>
  (await client().call('attendance.closePeriod', { ...march, Seen })).body.Period.PeriodID

it('a month is looked at, closed as it was seen, and keeps its numbers when a punch comes late', async () => {
  const preview = (await client().call('attendance.previewPeriod', march)).body
  expect(preview).toMatchObject({
    People: 1,
    Days: 2,
    WorkedMinutes: 540,
    Exceptions: [{ Kind: 'missing_out', Count: 1 }],
    Total: 1,
    TooEarly: false,
  })
  const early = await close(0)
  await until('the closing to stop', async () => (await state(early)) === 'stopped')
  const id = await close(preview.Total)
  await until('the month to be closed', async () => (await state(id)) === 'closed')
  await expect(close(1)).rejects.toMatchObject({ code: 'PERIOD_CLOSED' })
  await gate.punch('100', '2026-03-03 17:42:00', 1)
  const found = await until('the difference', async () => {
    clock.advance(15_000)
    return (await client().call('attendance.differences', { State: 'open' })).body.Differences[0]
  })
  expect(found).toMatchObject({ Date: '2026-03-03', WorkedDelta: 582, PeriodID: id })
  const day = async () =>
    (await client().call('attendance.summary', { ...march, EmployeeCode: '100' })).body.Summary.find(
      ({ Date: date }) => date === '2026-03-03',
    )
  expect(await day()).toMatchObject({ Certainty: 'closed', LastOut: null })
  await client().call('attendance.decideDifference', {
    DifferenceID: found.DifferenceID,
    Decision: 'accept',
    Reason: 'The gate was dark',
  })
  expect(await day()).toMatchObject({ Certainty: 'closed', LastOut: '2026-03-03 17:42:00', Hours: 9.7 })
  await client().call('attendance.reopenPeriod', { PeriodID: id, Reason: 'A paper came late' })
  expect(await day()).toMatchObject({ Certainty: 'complete', Hours: 9.7 })
})

it('days that are not over anywhere are not closed', async () => {
  await expect(
    client().call('attendance.closePeriod', { FromDate: '2026-04-01', ToDate: '2026-04-02', Seen: 9 }),
  ).rejects.toMatchObject({ code: 'INVALID_DATE', field: 'ToDate' })
})
