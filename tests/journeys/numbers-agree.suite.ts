import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrivalCounts } from '#contract/day-states.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const today = '2026-03-10'

/** What numbers promise that open a list: it is as long as they say. Over any store. */
export function numbersAgreeSuite(databaseUrl: () => Promise<string | undefined>): void {
  // Tuesday, 10:00 in Kolkata.
  const clock = createTestClock(Date.parse('2026-03-10T04:30:00Z'))
  let running: TestGateway
  let narrow: string
  beforeAll(async () => {
    running = await startGateway({ clock, timeZone: 'Asia/Kolkata', databaseUrl: await databaseUrl() })
    const { call } = running.client()
    const gate = createFakeDevice(running.devicesUrl, 'AGREE1')
    await gate.handshake()
    const far = createFakeDevice(running.devicesUrl, 'AGREE2')
    await far.handshake()
    await call('devices.adopt', { DeviceSN: 'AGREE2', LabelName: 'Far', Site: 'Far site' })
    await gate.upload(
      'OPERLOG',
      ['101', '102', '103', '105', '108'].map(code => `USER PIN=${code}\tName=P${code}\tPri=0`).join('\n'),
    )
    await call('attendance.saveShift', {
      ShiftID: 'day',
      Name: 'Day',
      Periods: [{ StartMinute: 540, EndMinute: 1080 }],
    })
    await call('attendance.saveDepartment', { DepartmentID: 'office', Name: 'Office', Site: 'Main site' })
    await call('attendance.moveMembers', {
      EmployeeCode: ['101', '102', '103', '108'],
      DepartmentID: 'office',
      FromDate: '2026-01-01',
    })
    await call('attendance.saveAssignment', {
      DepartmentID: 'office',
      ShiftID: 'day',
      FromDate: '2026-01-01',
    })
    // Nothing but days off: a plan, and nobody expected.
    await call('attendance.saveAssignment', { EmployeeCode: '105', FromDate: '2026-01-01' })
    await call('attendance.saveLeave', {
      EmployeeCode: '108',
      FromDate: today,
      ToDate: today,
      Kind: 'vacation',
    })
    await gate.upload(
      'ATTLOG',
      [
        `101\t${today} 08:58:00\t0\t1`,
        `102\t${today} 09:40:00\t0\t1`,
        `105\t${today} 09:10:00\t0\t1`,
        `106\t2026-03-09 09:00:00\t0\t1`,
        `106\t2026-03-09 17:00:00\t1\t1`,
        `106\t2026-03-09 17:30:00\t0\t1`,
        '',
      ].join('\n'),
    )
    // Somebody of the office who came at the other site, and one whom nobody plans and who was elsewhere yesterday.
    await far.upload('ATTLOG', `101\t${today} 09:20:00\t1\t1\n106\t${today} 09:30:00\t0\t1\n`)
    await gate.poll()
    await far.poll()
    // No terminal and no directory has ever told of 107.
    await call('attendance.acceptRepair', {
      DeviceSN: 'AGREE1',
      FromDate: `${today} 08:00`,
      ToDate: `${today} 10:00`,
      Reason: 'The gate was dark',
      Punches: [{ EmployeeCode: '107', LocalTime: `${today} 09:05:00`, Direction: 'CheckIn' }],
    })
    narrow = await running.makeToken({ devices: ['AGREE1'] })
  })
  afterAll(() => running.stop())

  const asked = [
    ['everybody', {}, undefined],
    ['one site', { Site: 'Main site' }, undefined],
    ['the other site', { Site: 'Far site' }, undefined],
    ['who may see one terminal', {}, 'AGREE1'],
  ] as const
  const range = { FromDate: today, ToDate: today }
  const around = { FromDate: '2026-03-09', ToDate: '2026-03-11' }

  it.each(asked)('each number of the arrivals is as long as its list: %s', async (_, place, device) => {
    const { call } = running.client(device === undefined ? undefined : narrow)
    const list = async (more: object) =>
      (await call('attendance.days', { ...range, ...place, ...more })).body.People.map(
        ({ EmployeeCode }) => EmployeeCode,
      )
    const { Total, Groups, StillIn } = (await call('attendance.arrivals', place)).body
    for (const Counted of arrivalCounts) {
      expect([Counted, (await list({ Counted })).length]).toEqual([Counted, Total[Counted]])
      for (const group of Groups) {
        const home = group.Site === null ? { NoHomeSite: true } : { HomeSite: group.Site }
        const belongs = group.Department === null ? { NoDepartment: true } : { Department: group.Department }
        const own = await list({ Counted, ...home, ...belongs })
        expect([Counted, group.Site, group.Department, own.length]).toEqual([
          Counted,
          group.Site,
          group.Department,
          group[Counted],
        ])
      }
    }
    expect(await list({ ...around, Flag: ['still_in'] })).toHaveLength(StillIn)
  })

  it('whoever came on a day off, without a plan or by an added punch is counted, and listed', async () => {
    const { call } = running.client()
    const { Total } = (await call('attendance.arrivals', {})).body
    expect(Total).toMatchObject({ Expected: 3, Arrived: 2, Unplanned: 3, Late: 1, NotArrived: 1, Away: 1 })
    const { People, ActualRowCount } = (await call('attendance.days', { ...range, Counted: 'Unplanned' }))
      .body
    expect(People.map(({ EmployeeCode }) => EmployeeCode)).toEqual(['105', '106', '107'])
    expect(ActualRowCount).toBe(7)
  })

  it.each([
    ['kept', undefined],
    ['judged as asked', 'AGREE1'],
  ])('who is known by an added punch only is in every list: %s', async (_, device) => {
    const { call } = running.client(device === undefined ? undefined : narrow)
    const all = { ...range, Limit: 50 }
    const days = (await call('attendance.days', all)).body
    expect(days.People.map(({ EmployeeCode }) => EmployeeCode)).toContain('107')
    expect(days.ActualRowCount).toBe(days.People.length)
    const summary = (await call('attendance.summary', range)).body.Summary
    expect(summary.map(({ EmployeeCode }) => EmployeeCode)).toContain('107')
    const totals = (await call('attendance.totals', range)).body.Totals
    expect(totals.map(({ EmployeeCode }) => EmployeeCode)).toContain('107')
    const own = (await call('attendance.days', { ...range, EmployeeCode: '107' })).body
    expect(own.People).toMatchObject([{ EmployeeCode: '107', Days: [{ Status: 'present' }] }])
    const payroll = (
      await call('attendance.previewPayroll', {
        ...range,
        Draft: JSON.stringify({ Name: 'x', HasHeader: false, Columns: [{ Field: 'EmployeeCode' }] }),
      })
    ).body
    expect(payroll.Lines).toContain('107')
  })
}
