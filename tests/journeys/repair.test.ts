import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClient } from '#contract/client.ts'
import { operations } from '#contract/operations/index.ts'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const minute = 60_000
// Monday noon in India; the gate was dark in the morning.
const clock = createTestClock(Date.parse('2026-03-30T06:30:00Z'))
let running: TestGateway
let gate: FakeDevice
let store: FakeDevice
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  gate = createFakeDevice(running.devicesUrl, 'GATE9')
  store = createFakeDevice(running.devicesUrl, 'STORE9')
  await gate.handshake()
  await store.handshake()
  const mondays = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23']
  const rows = mondays.flatMap(day => [`100\t${day} 08:00:00\t0\t1`, `100\t${day} 17:00:00\t1\t1`])
  const twice = mondays.slice(2).flatMap(day => [`200\t${day} 09:00:00\t0\t1`, `200\t${day} 16:00:00\t1\t1`])
  await gate.upload('ATTLOG', [...rows, ...twice, '300\t2026-01-05 08:00:00\t0\t1', ''].join('\n'))
  await store.upload('ATTLOG', '200\t2026-03-30 11:00:00\t0\t1\n')
})
afterAll(() => running.stop())

const as = (actor: string) =>
  createClient({
    baseUrl: `${running.apiUrl}/v3`,
    fetch,
    facts: operations,
    headers: () => ({ AuthToken: running.token, 'x-actor': actor }),
  })
const outage = { DeviceSN: 'GATE9', FromDate: '2026-03-30 06:00', ToDate: '2026-03-30 12:00' } as const
const propose = async () => (await as('anna').call('attendance.proposeRepair', outage)).body
const day = async (EmployeeCode: string) =>
  (
    await as('anna').call('attendance.summary', {
      FromDate: '2026-03-30',
      ToDate: '2026-03-30',
      EmployeeCode,
    })
  ).body.Summary[0]
const punches = [
  { EmployeeCode: '100', LocalTime: '2026-03-30 08:00:00', Direction: 'CheckIn' },
  { EmployeeCode: '200', LocalTime: '2026-03-30 09:00:00', Direction: 'CheckIn' },
] as const

it('names who was probably there, when, and what speaks for it', async () => {
  const { Punches, Considered, TimeZone } = await propose()
  expect([Considered, TimeZone]).toEqual([2, 'Asia/Kolkata'])
  expect(Punches).toMatchObject([
    {
      EmployeeCode: '100',
      LocalTime: '2026-03-30 08:00:00',
      Direction: 'CheckIn',
      Share: 1,
      SeenAt: null,
      Strong: true,
    },
    {
      EmployeeCode: '200',
      LocalTime: '2026-03-30 09:00:00',
      Share: 0.5,
      SeenTime: '2026-03-30 11:00:00',
      Strong: true,
    },
  ])
})

it('adds them as one act with one reason, each marked as estimated', async () => {
  const accept = () =>
    as('anna').call('attendance.acceptRepair', {
      ...outage,
      Reason: 'The gate had no power',
      Punches: [...punches],
    })
  await expect(
    as('anna').call('attendance.acceptRepair', {
      ...outage,
      Reason: 'The gate had no power',
      Punches: [{ ...punches[0], LocalTime: '2026-03-30 13:00:00' }],
    }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'Punches' })
  const { Repair } = (await accept()).body
  expect(Repair).toMatchObject({ Punches: 2, Replaced: 0, Pending: 0, By: 'anna', IncidentID: null })
  const { Corrections } = (await as('anna').call('attendance.corrections', { RepairID: Repair.RepairID }))
    .body
  expect(Corrections.map(({ Estimated, Reason }) => [Estimated, Reason])).toEqual([
    [true, 'The gate had no power'],
    [true, 'The gate had no power'],
  ])
  expect((await day('100'))?.FirstIn).toBe('2026-03-30 08:00:00')
  expect((await propose()).Punches.length).toBe(2)
})

it('each gives way by itself, on record, when the real punch arrives; the others stay', async () => {
  clock.advance(20 * minute)
  await gate.upload('ATTLOG', '100\t2026-03-30 08:07:00\t0\t1\n')
  const repair = async () => (await as('anna').call('attendance.repairs', {})).body.Repairs[0]
  await until('the estimate to be taken back', async () => {
    clock.advance(15_000)
    return (await repair())?.Replaced === 1
  })
  expect((await day('100'))?.FirstIn).toBe('2026-03-30 08:07:00')
  const { Corrections } = (
    await as('anna').call('attendance.corrections', { EmployeeCode: '100', Order: 'asc' })
  ).body
  expect(Corrections).toMatchObject([
    { Kind: 'AddPunch', State: 'withdrawn', WithdrawnBy: 'gatehouse' },
    { Kind: 'Withdraw', State: 'in_force', By: 'gatehouse' },
  ])
  await gate.upload('ATTLOG', '100\t2026-03-30 08:08:00\t0\t1\n')
  clock.advance(60_000)
  await until('another look', async () => {
    clock.advance(15_000)
    return (await repair())?.Replaced === 1
  })
  const all = (await as('anna').call('attendance.corrections', {})).body.Corrections
  expect(all.filter(({ Kind }) => Kind === 'Withdraw')).toHaveLength(1)
  expect((await day('200'))?.FirstIn).toBe('2026-03-30 09:00:00')
})

it('waits for the second person where the rule is on', async () => {
  await as('anna').call('attendance.saveControl', { TwoPersons: true })
  const { Repair } = (
    await as('anna').call('attendance.acceptRepair', {
      ...outage,
      Reason: 'The gate had no power',
      Punches: [{ EmployeeCode: '100', LocalTime: '2026-03-30 11:59:00', Direction: 'CheckOut' }],
    })
  ).body
  expect(Repair.Pending).toBe(1)
  expect((await day('100'))?.LastOut).toBeNull()
})

it('what is found is listed by day with its counts, until somebody settles it', async () => {
  const list = async (more: object = {}) =>
    (
      await as('anna').call('attendance.exceptions', {
        FromDate: '2026-01-01',
        ToDate: '2026-01-31',
        ...more,
      })
    ).body
  expect(await list()).toMatchObject({
    Days: [{ EmployeeCode: '300', Kinds: ['missing_out'], Pending: 0, Cell: { Date: '2026-01-05' } }],
    Counts: [{ Kind: 'missing_out', Count: 1 }],
    ActualRowCount: 1,
  })
  expect((await list({ Kind: 'late' })).Days).toEqual([])
  const settle = (
    await as('anna').call('attendance.addCorrection', {
      EmployeeCode: '300',
      Kind: 'Settle',
      What: 'missing_out',
      Date: '2026-01-05',
      Reason: 'Left with the ambulance',
    })
  ).body.Correction
  expect((await list()).Days).toMatchObject([{ Pending: 1 }])
  await as('bert').call('attendance.decideCorrection', {
    CorrectionID: settle.CorrectionID,
    Decision: 'approve',
  })
  expect((await list()).Days).toEqual([])
})
