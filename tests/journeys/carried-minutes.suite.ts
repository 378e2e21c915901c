import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

/** What a difference promises that is carried on: the next open range pays it, once. Over any store. */
export function carriedMinutesSuite(databaseUrl: () => Promise<string | undefined>): void {
  const clock = createTestClock(Date.parse('2026-04-20T12:00:00Z'))
  let running: TestGateway
  let gate: FakeDevice
  beforeAll(async () => {
    running = await startGateway({ clock, timeZone: 'Asia/Kolkata', databaseUrl: await databaseUrl() })
    gate = createFakeDevice(running.devicesUrl, 'CARRY1')
    await gate.handshake()
    const days = [
      '100\t2026-03-02 08:00:00\t0\t1',
      '100\t2026-03-02 17:00:00\t1\t1',
      '100\t2026-04-06 08:00:00\t0\t1',
      '100\t2026-04-06 12:00:00\t1\t1',
      // Left in March.
      '200\t2026-03-03 08:00:00\t0\t1',
      '200\t2026-03-03 16:00:00\t1\t1',
    ]
    await gate.upload('ATTLOG', `${days.join('\n')}\n`)
    await gate.poll()
  })
  afterAll(() => running.stop())

  const call: ReturnType<TestGateway['client']>['call'] = (...args) => running.client().call(...args)
  const march = { FromDate: '2026-03-01', ToDate: '2026-03-31' } as const
  const april = { FromDate: '2026-04-01', ToDate: '2026-04-18' } as const
  const Draft = JSON.stringify({
    Name: 'With what was carried',
    HasHeader: false,
    Columns: [
      { Field: 'EmployeeCode' },
      { Field: 'Worked', Form: 'minutes' },
      { Field: 'Carried', Form: 'minutes' },
    ],
  })
  const preview = async (range: typeof march | typeof april, draft = Draft) =>
    (await call('attendance.previewPayroll', { ...range, Draft: draft })).body
  const periodState = async (id: string) => {
    clock.advance(1000)
    return (await call('attendance.periods', {})).body.Periods.find(({ PeriodID }) => PeriodID === id)?.State
  }
  const carry = async (code: string) => {
    const found = await until(`the difference of ${code}`, async () => {
      clock.advance(15_000)
      return (await call('attendance.differences', { State: 'open' })).body.Differences.find(
        ({ EmployeeCode }) => EmployeeCode === code,
      )
    })
    await call('attendance.decideDifference', {
      DifferenceID: found.DifferenceID,
      Decision: 'carry',
      Reason: 'Paid with the next month',
    })
    return found
  }
  let period = ''

  it('is in the rows of the next open range, in a column of its own, with what it is for', async () => {
    const Seen = (await call('attendance.previewPeriod', march)).body.Total
    period = (await call('attendance.closePeriod', { ...march, Seen })).body.Period.PeriodID
    await until('March is closed', async () => (await periodState(period)) === 'closed')
    await gate.upload('ATTLOG', '100\t2026-03-02 18:00:00\t0\t1\n100\t2026-03-02 18:42:00\t1\t1\n')
    const { DifferenceID } = await carry('100')
    expect((await preview(march)).Lines).toEqual(['100;540;0', '200;480;0'])
    const paid = await preview(april)
    expect(paid.Lines).toEqual(['100;240;42'])
    expect(paid).toMatchObject({
      CarriedCount: 1,
      Carried: [
        {
          DifferenceID,
          PeriodID: period,
          EmployeeCode: '100',
          Date: '2026-03-02',
          CarryDate: '2026-04-01',
          Worked: 42,
          Reason: 'Paid with the next month',
        },
      ],
    })
    expect(paid.Warnings.filter(({ Kind }) => Kind === 'carried')).toEqual([])
  })

  it('is in the file too', async () => {
    const Template = JSON.parse(Draft)
    const { TemplateID } = (await call('attendance.savePayrollTemplate', { Template })).body.Template
    const query = new URLSearchParams({ ...april, TemplateID })
    const reply = await fetch(`${running.apiUrl}/v3/ExportPayroll?${query}`, {
      headers: { AuthToken: running.token },
    })
    expect(await reply.text()).toBe('100;240;42\r\n')
  })

  it('a form without the column says what it leaves out', async () => {
    const without = await preview(
      april,
      JSON.stringify({ Name: 'x', HasHeader: false, Columns: [{ Field: 'EmployeeCode' }] }),
    )
    expect(without.Warnings).toContainEqual({ Kind: 'carried', Row: 1, Column: 0, Count: 42 })
  })

  it('whoever has nothing else in the range has a row for it', async () => {
    await gate.upload('ATTLOG', '200\t2026-03-03 16:30:00\t0\t1\n200\t2026-03-03 17:00:00\t1\t1\n')
    await carry('200')
    expect((await preview(april)).Lines).toEqual(['100;240;42', '200;0;30'])
  })

  it('ends where the closed days are reopened, for then they have the minutes themselves', async () => {
    await call('attendance.reopenPeriod', { PeriodID: period, Reason: 'Wrong month' })
    expect((await preview(april)).Lines).toEqual(['100;240;0'])
    expect((await preview(march)).Lines).toEqual(['100;582;0', '200;510;0'])
  })
}
