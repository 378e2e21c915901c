import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

/** A plan brought along from a personnel system began years before anybody could have been seen. Over any store. */
export function firstKnownDaySuite(databaseUrl: () => Promise<string | undefined>): void {
  const clock = createTestClock(Date.parse('2026-03-20T06:30:00Z'))
  let running: TestGateway
  let call: ReturnType<TestGateway['client']>['call']
  const gate = () => createFakeDevice(running.devicesUrl, 'KNOWN1')
  beforeAll(async () => {
    running = await startGateway({ clock, timeZone: 'Asia/Kolkata', databaseUrl: await databaseUrl() })
    call = running.client().call
    await gate().handshake()
    await gate().upload('OPERLOG', 'USER PIN=100\tName=Asha\tPri=0\nUSER PIN=200\tName=Ravi\tPri=0')
    await gate().upload('ATTLOG', '100\t2026-03-17 09:00:00\t0\t15\n')
    await call('attendance.saveShift', {
      ShiftID: 'day',
      Name: 'Day',
      Periods: [{ StartMinute: 540, EndMinute: 1080 }],
    })
    for (const code of ['100', '200'])
      await call('attendance.saveAssignment', { EmployeeCode: code, ShiftID: 'day', FromDate: '2015-01-01' })
  })
  afterAll(() => running.stop())

  const dates = async () => {
    const { body } = await call('attendance.days', {
      FromDate: '2026-03-10',
      ToDate: '2026-03-19',
      Limit: 50,
    })
    return Object.fromEntries(
      body.People.map(({ EmployeeCode, Days }) => [
        EmployeeCode,
        Days.map(({ Date: date }) => date.slice(8)),
      ]),
    )
  }

  it('nobody is missed on days before anything was known', async () => {
    expect(await dates()).toEqual({ '100': ['17', '18', '19'], '200': ['17', '18', '19'] })
    const { n } = await running.store.read
      .selectFrom('day_result')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('date', '<', '2026-03-17')
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(0)
  })

  it('an older log brings its days for everybody who was planned', async () => {
    await gate().upload('ATTLOG', '100\t2026-03-13 09:00:00\t0\t15\n')
    expect(await dates()).toEqual({
      '100': ['13', '14', '15', '16', '17', '18', '19'],
      '200': ['13', '14', '15', '16', '17', '18', '19'],
    })
  })

  it('a clock that was set to the last century brings none', async () => {
    await gate().upload('ATTLOG', '100\t2000-01-01 00:04:00\t0\t15\n')
    expect((await dates())['200']).toEqual(['13', '14', '15', '16', '17', '18', '19'])
  })
}
