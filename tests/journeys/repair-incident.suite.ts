import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClient } from '#contract/client.ts'
import { operations } from '#contract/operations/index.ts'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const minute = 60_000

/** What a repair promises that belongs to an incident, over any store. */
export function repairIncidentSuite(databaseUrl: () => Promise<string | undefined>): void {
  // Monday, six in the morning in India.
  const clock = createTestClock(Date.parse('2026-03-30T00:30:00Z'))
  let running: TestGateway
  let gate: FakeDevice
  beforeAll(async () => {
    running = await startGateway({ clock, timeZone: 'Asia/Kolkata', databaseUrl: await databaseUrl() })
    gate = createFakeDevice(running.devicesUrl, 'GATE7')
    await gate.handshake()
    const mondays = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23']
    const rows = mondays.flatMap(day =>
      ['100', '200', '300'].map((code, at) => `${code}\t${day} 0${7 + at}:00:00\t0\t1`),
    )
    await gate.upload('ATTLOG', `${rows.join('\n')}\n`)
    await gate.poll()
  })
  afterAll(() => running.stop())

  const anna = () =>
    createClient({
      baseUrl: `${running.apiUrl}/v3`,
      fetch,
      facts: operations,
      headers: () => ({ AuthToken: running.token, 'x-actor': 'anna' }),
    })
  const outages = async (input: { IncidentID?: string } = {}) =>
    (await anna().call('attendance.outages', input)).body.Outages
  const incident = async (IncidentID: string) => (await anna().call('devices.incident', { IncidentID })).body
  let id = ''
  const window = { DeviceSN: 'GATE7', FromDate: '2026-03-30 06:00', ToDate: '2026-03-30 12:00' } as const

  it('an outage that lasts is listed to choose from, with its terminal, its site and its times', async () => {
    clock.advance(6 * 60 * minute)
    const [open] = await until('the gate is away', async () => {
      clock.advance(500)
      const found = await outages()
      return found.length > 0 && found
    })
    expect(open).toMatchObject({
      DeviceSN: 'GATE7',
      Site: 'Main site',
      TimeZone: 'Asia/Kolkata',
      FromTime: '2026-03-30 06:00:00',
      Lasting: true,
      Cause: 'NoPoll',
      Devices: 1,
      Repairs: [],
    })
    expect(open?.ToTime.slice(0, 13)).toBe('2026-03-30 12')
    id = open?.IncidentID ?? ''
    expect(await outages({ IncidentID: id })).toHaveLength(1)
    expect(await outages({ IncidentID: '999999' })).toEqual([])
    expect(await incident(id)).toMatchObject({ Incident: { Repairs: 0 }, Repairs: [] })
  })

  it('a proposal for it says whom it touched, and of whom a punch has come by another way', async () => {
    const { Punches, Affected } = (
      await anna().call('attendance.proposeRepair', { ...window, IncidentID: id })
    ).body
    expect(Affected).toEqual([
      { EmployeeCode: '100', EmployeeName: null, Proposed: 1, Came: false },
      { EmployeeCode: '200', EmployeeName: null, Proposed: 1, Came: false },
      { EmployeeCode: '300', EmployeeName: null, Proposed: 1, Came: false },
    ])
    expect(Punches).toMatchObject(
      ['100', '200', '300'].map(EmployeeCode => ({ EmployeeCode, Affected: true, Estimated: false })),
    )
    const alone = (await anna().call('attendance.proposeRepair', window)).body
    expect(alone.Affected).toBeNull()
    expect(alone.Punches.map(({ Affected: touched }) => touched)).toEqual([false, false, false])
  })

  it('is kept with the incident, which then shows who repaired it, when, and how many', async () => {
    const { Repair } = (
      await anna().call('attendance.acceptRepair', {
        ...window,
        IncidentID: id,
        Reason: 'The gate had no power',
        Punches: [
          { EmployeeCode: '100', LocalTime: '2026-03-30 07:00:00', Direction: 'CheckIn' },
          { EmployeeCode: '200', LocalTime: '2026-03-30 08:00:00', Direction: 'CheckIn' },
        ],
      })
    ).body
    expect(Repair).toMatchObject({ IncidentID: id, By: 'anna', Punches: 2, Replaced: 0 })
    const shown = await incident(id)
    expect(shown.Incident.Repairs).toBe(1)
    expect(shown.Repairs).toMatchObject([
      { RepairID: Repair.RepairID, By: 'anna', At: Repair.At, Punches: 2 },
    ])
    // Why is attendance's to know, not of everybody who may see terminals.
    expect(shown.Repairs[0]).not.toHaveProperty('Reason')
    expect((await outages())[0]?.Repairs).toMatchObject([{ RepairID: Repair.RepairID }])
    const again = (await anna().call('attendance.proposeRepair', { ...window, IncidentID: id })).body
    expect(again.Punches.map(({ EmployeeCode, Estimated }) => [EmployeeCode, Estimated])).toEqual([
      ['100', true],
      ['200', true],
      ['300', false],
    ])
  })

  it('counts what is withdrawn once the real punches are here', async () => {
    clock.advance(20 * minute)
    await gate.upload('ATTLOG', '100\t2026-03-30 07:04:00\t0\t1\n')
    await gate.poll()
    const shown = await until('the estimate to be taken back', async () => {
      clock.advance(15_000)
      await gate.poll()
      const found = await incident(id)
      return found.Repairs[0]?.Replaced === 1 && found
    })
    expect(shown.Repairs[0]).toMatchObject({ Punches: 2, Replaced: 1 })
    expect(shown.Incident.EndedAt).not.toBeNull()
    expect((await outages())[0]).toMatchObject({ Lasting: false, Repairs: [{ Replaced: 1 }] })
    const { Affected } = (await anna().call('attendance.proposeRepair', { ...window, IncidentID: id })).body
    expect(Affected?.find(({ EmployeeCode }) => EmployeeCode === '100')).toMatchObject({
      Proposed: 0,
      Came: true,
    })
  })

  it('is refused for a terminal the incident is not about', async () => {
    const other = createFakeDevice(running.devicesUrl, 'STORE7')
    await other.handshake()
    await expect(
      anna().call('attendance.acceptRepair', {
        ...window,
        DeviceSN: 'STORE7',
        IncidentID: id,
        Reason: 'The gate had no power',
        Punches: [{ EmployeeCode: '100', LocalTime: '2026-03-30 07:00:00', Direction: 'CheckIn' }],
      }),
    ).rejects.toMatchObject({ code: 'INCIDENT_NOT_FOUND', field: 'IncidentID' })
  })
}
