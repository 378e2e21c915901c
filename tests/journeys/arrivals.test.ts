import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

// Tuesday, 10:00 in Kolkata.
const clock = createTestClock(Date.parse('2026-03-10T04:30:00Z'))
const today = '2026-03-10'
const people = Array.from({ length: 8 }, (_, at) => String(101 + at))
let running: TestGateway
let gate: FakeDevice
let call: ReturnType<TestGateway['client']>['call']
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  call = running.client().call
  gate = createFakeDevice(running.devicesUrl, 'ARR1')
  await gate.handshake()
  await gate.upload('OPERLOG', people.map(code => `USER PIN=${code}\tName=P${code}\tPri=0`).join('\n'))
  const earlier = ['2026-03-03', '2026-02-24', '2026-02-17'].flatMap(day =>
    people.flatMap(code => [`${code}\t${day} 08:55:00\t0\t1`, `${code}\t${day} 18:00:00\t1\t1`]),
  )
  await gate.upload('ATTLOG', `${earlier.join('\n')}\n`)
  await call('attendance.saveShift', {
    ShiftID: 'day',
    Name: 'Day',
    Periods: [{ StartMinute: 540, EndMinute: 1080 }],
  })
  await call('attendance.saveDepartment', { DepartmentID: 'office', Name: 'Office', Site: 'Main site' })
  await call('attendance.moveMembers', {
    EmployeeCode: people,
    DepartmentID: 'office',
    FromDate: '2026-01-01',
  })
  await call('attendance.saveAssignment', { DepartmentID: 'office', ShiftID: 'day', FromDate: '2026-01-01' })
  await call('attendance.saveLeave', {
    EmployeeCode: '108',
    FromDate: today,
    ToDate: today,
    Kind: 'vacation',
  })
  await gate.upload('ATTLOG', `101\t${today} 08:58:00\t0\t1\n102\t${today} 09:40:00\t0\t1\n`)
  await gate.poll()
})
afterAll(() => running.stop())

const list = async (narrowed: object) =>
  (await call('attendance.days', { FromDate: today, ToDate: today, ...narrowed })).body.People.map(
    person => person.EmployeeCode,
  )

describe('arrivals', () => {
  it('are counted against the plan, and each number is as long as its list', async () => {
    const { body } = await call('attendance.arrivals', {})
    expect(body).toMatchObject({
      Date: today,
      Planned: true,
      Total: { Expected: 7, Due: 7, Arrived: 2, Late: 1, NotArrived: 5, Absent: 0, Away: 1 },
      StillIn: 2,
    })
    expect(body.Groups).toEqual([{ Site: 'Main site', Department: 'Office', ...body.Total }])
    expect(await list({ Flag: ['late'] })).toEqual(['102'])
    expect(await list({ Flag: ['still_in'] })).toEqual(['101', '102'])
    const away = await list({ Status: ['not_arrived'], Site: 'Main site', Department: 'Office' })
    expect(away).toEqual(['103', '104', '105', '106', '107'])
  })

  it('say what is usual on this day of the week, and that today is not', async () => {
    const { body } = await call('attendance.arrivals', { Site: 'Main site' })
    expect(body.Usual.map(day => day.Date)).toEqual(['2026-03-03', '2026-02-24', '2026-02-17'])
    expect(body.Usual[0]?.Totals[(8 * 60 + 55) / 5]).toBe(8)
    expect(body.Anomalies).toEqual([{ Site: 'Main site', Minute: 600, Arrived: 2, Usual: 8 }])
  })

  it('are complete up to what every terminal of the site has told', async () => {
    const before = await call('attendance.arrivals', {})
    expect(before.body.Watermarks).toEqual([
      { Site: 'Main site', TimeZone: 'Asia/Kolkata', CompleteThrough: `${today} 10:00:00`, Waiting: [] },
    ])
    clock.advance(20 * 60_000)
    const { body } = await call('attendance.arrivals', {})
    expect(body.Watermarks[0]).toMatchObject({
      CompleteThrough: `${today} 10:00:00`,
      Waiting: [{ DeviceSN: 'ARR1', Since: `${today} 10:00:00` }],
    })
  })

  it('are none of a site that nobody knows, and not planned where nobody plans', async () => {
    const { body } = await call('attendance.arrivals', { Site: 'Elsewhere' })
    expect(body).toMatchObject({ Groups: [], Watermarks: [], Usual: [], Anomalies: [], StillIn: 0 })
  })
})
