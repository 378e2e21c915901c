import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const clock = createTestClock(Date.parse('2026-03-31T06:30:00Z'))
let running: TestGateway
const people = ['10', '20', '30']
const days = ['2026-03-02', '2026-03-03', '2026-03-04']

beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  for (const [sn, Site] of [
    ['EXC001', 'North'],
    ['EXC002', 'South'],
  ] as const) {
    await createFakeDevice(running.devicesUrl, sn).handshake()
    await running.client().call('devices.adopt', { DeviceSN: sn, LabelName: sn, Site })
  }
  // Everybody comes and nobody leaves; the last day is spent in the south.
  for (const day of days) {
    const gate = createFakeDevice(running.devicesUrl, day === '2026-03-04' ? 'EXC002' : 'EXC001')
    await gate.upload('ATTLOG', people.map(pin => `${pin}\t${day} 09:00:00\t0\t1\n`).join(''))
  }
})
afterAll(() => running.stop())

const list = async (more: object = {}) => {
  const { body } = await running
    .client()
    .call('attendance.exceptions', { FromDate: '2026-03-01', ToDate: '2026-03-30', ...more })
  return { ...body, keys: body.Days.map(({ Cell, EmployeeCode }) => `${Cell.Date} ${EmployeeCode}`) }
}

it('pages lead through all days with something to look at, the latest first, with the counts of all', async () => {
  const all = await list()
  expect(all.keys).toEqual([...days].reverse().flatMap(day => people.map(pin => `${day} ${pin}`)))
  const keys: string[] = []
  for (let OffSet: string | undefined = ''; OffSet !== undefined; ) {
    const page = await list({ Limit: 4, ...(OffSet === '' ? {} : { OffSet }) })
    expect(page.Counts).toEqual([{ Kind: 'missing_out', Count: 9 }])
    expect(page.ActualRowCount).toBe(9)
    keys.push(...page.keys)
    OffSet = page.OffSet === '' ? undefined : page.OffSet
  }
  expect(keys).toEqual(all.keys)
})

it('a site, a kind and a person narrow it', async () => {
  expect((await list({ Site: 'South' })).keys).toEqual(people.map(pin => `2026-03-04 ${pin}`))
  expect(await list({ Kind: 'late' })).toMatchObject({ Days: [], ActualRowCount: 0 })
  expect((await list({ EmployeeCode: '20' })).keys).toEqual([...days].reverse().map(day => `${day} 20`))
})

it('a punch that arrives late takes its day off the list at once', async () => {
  await createFakeDevice(running.devicesUrl, 'EXC002').punch('30', '2026-03-04 18:00:00', 1)
  const { keys, ActualRowCount } = await list()
  expect(ActualRowCount).toBe(8)
  expect(keys).not.toContain('2026-03-04 30')
})
