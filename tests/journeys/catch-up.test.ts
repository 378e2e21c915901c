import { describe, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway, type TestGatewayOptions } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const minute = 60_000
const hour = 60 * minute
/** 12:00 at the terminals. */
const noon = Date.parse('2026-03-02T06:30:00Z')

/** A gateway with a clock of its own, closed at the end of the test. */
async function open(options: TestGatewayOptions = {}) {
  const clock = createTestClock(noon)
  let running = await startGateway({ clock, timeZone: 'Asia/Kolkata', ...options })
  const terminal = (sn: string) => createFakeDevice(running.devicesUrl, sn)
  const isOnline = async (sn: string) =>
    (await running.client().call('devices.info', { DeviceSN: sn })).body.Online
  return {
    clock,
    terminal,
    gateway: () => running,
    /** Time passes in which nobody calls, until the terminal is declared away. */
    async silence(sn: string, ms: number) {
      clock.advance(ms)
      await until(`${sn} to be declared away`, async () => !(await isOnline(sn)))
    },
    /** Stops, lets time pass, and starts again on the same data. */
    async restart(awayMs: number) {
      await running.stop({ keep: true })
      clock.advance(awayMs)
      running = await startGateway({ clock, timeZone: 'Asia/Kolkata', dataDir: running.dataDir, ...options })
    },
    async status(CommandID: string) {
      return (await running.client().call('devices.commandStatus', { CommandID })).body
    },
    missing: () =>
      running.store.read.selectFrom('catch_up').select(['sn', 'asked_from', 'missing_from']).execute(),
    [Symbol.asyncDispose]: () => running.stop(),
  }
}

const asked = async (device: FakeDevice) => (await device.poll()).commands
const range = (from: string, to: string) =>
  `DATA QUERY ATTLOG StartTime=2026-03-02 ${from}\tEndTime=2026-03-02 ${to}`
const punchesOf = async (running: TestGateway, sn: string) =>
  (
    await running
      .client()
      .call('attendance.byDevice', { DeviceSN: sn, FromDate: '2000-01-01', ToDate: '2099-12-31' })
  ).body.Attendance.map(({ EmployeeCode }) => EmployeeCode)

describe('after a gap', () => {
  it('a terminal is asked once for what it may never send again, and what came is counted', async () => {
    await using site = await open()
    const device = site.terminal('GAP00001')
    await device.handshake()
    await device.punch('1', '2026-03-02 12:00:00')
    await site.silence('GAP00001', 4 * minute)
    const [query, ...more] = await asked(device)
    expect([query?.text, more]).toEqual([range('11:55:00', '12:04:00'), []])
    const answer = ['1\t2026-03-02 12:00:00\t0\t1\t0\t0\n', '2\t2026-03-02 12:01:00\t0\t1\t0\t0\n']
    await device.upload('ATTLOG', answer.join(''))
    await device.punch('3', '2026-03-02 12:04:30')
    await device.result(query?.id ?? '', 0)
    await device.upload('ATTLOG', '4\t2026-03-02 12:02:00\t0\t1\t0\t0\n')
    expect(await punchesOf(site.gateway(), 'GAP00001')).toEqual(['1', '2', '4', '3'])
    expect(await site.status(query?.id ?? '')).toMatchObject({
      Operation: 'QueryAttendance',
      State: 'Done',
      Result: '2 new, 1 known already',
      Error: null,
      Actor: 'catch-up',
    })
    expect(await asked(device)).toEqual([])
  })

  it('of our own it is asked too, but not after a short one', async () => {
    await using site = await open()
    for (const sn of ['GAP00002', 'GAP00003']) await site.terminal(sn).punch('1', '2026-03-02 12:00:00')
    await site.restart(minute)
    expect(await asked(site.terminal('GAP00002'))).toEqual([])
    await site.restart(3 * minute)
    // The first contact may be an upload: what it brings must not count as what we had.
    await site.terminal('GAP00003').punch('2', '2026-03-02 12:03:59')
    expect(await asked(site.terminal('GAP00003'))).toMatchObject([{ text: range('11:55:00', '12:04:00') }])
    expect(await asked(site.terminal('GAP00002'))).toMatchObject([{ text: range('11:55:00', '12:04:00') }])
    expect(await asked(site.terminal('GAP00002'))).toEqual([])
  })

  it('it is asked once an hour, and then from the first gap on', async () => {
    await using site = await open()
    const device = site.terminal('GAP00004')
    await device.punch('1', '2026-03-02 12:00:00')
    await site.silence('GAP00004', 4 * minute)
    const [first] = await asked(device)
    await device.result(first?.id ?? '', 0)
    await device.punch('2', '2026-03-02 12:04:00')
    await site.silence('GAP00004', 10 * minute)
    expect(await asked(device)).toEqual([])
    await device.punch('3', '2026-03-02 12:14:00')
    await site.silence('GAP00004', 49 * minute)
    expect(await asked(device)).toEqual([])
    site.clock.advance(90_000)
    await until('the hour to be over', async () => {
      const { body } = await site.gateway().client().call('devices.info', { DeviceSN: 'GAP00004' })
      return body.QueueDepth === 1
    })
    expect(await asked(device)).toMatchObject([{ text: range('11:59:00', '13:04:30') }])
  })

  it('it is asked again when it was busy, and not again when it refused', async () => {
    await using site = await open()
    const device = site.terminal('GAP00005')
    await device.punch('1', '2026-03-02 12:00:00')
    await site.silence('GAP00005', 4 * minute)
    const [busy] = await asked(device)
    await device.result(busy?.id ?? '', -1005)
    expect(await site.status(busy?.id ?? '')).toMatchObject({ State: 'Failed', Result: null })
    let again: Awaited<ReturnType<typeof asked>>[number] | undefined
    for (let minutes = 0; minutes < 59; minutes += 1) {
      site.clock.advance(minute)
      expect(await asked(device)).toEqual([])
    }
    await until('the hour to be over', async () => {
      site.clock.advance(15_000)
      ;[again] = await asked(device)
      return again
    })
    expect(again?.text).toContain('StartTime=2026-03-02 11:55:00\t')
    await device.result(again?.id ?? '', -1004)
    expect(await site.missing()).toEqual([{ sn: 'GAP00005', asked_from: null, missing_from: null }])
  })

  it('it is never asked twice at the same time: a question nobody has fetched asks for more instead', async () => {
    await using site = await open()
    const device = site.terminal('GAP00012')
    await device.punch('1', '2026-03-02 12:00:00')
    await site.silence('GAP00012', 4 * minute)
    const [query] = await asked(device)
    await site.silence('GAP00012', 2 * hour)
    await until(
      'the question to wait again',
      async () => (await site.status(query?.id ?? '')).State === 'Queued',
    )
    expect(await asked(device)).toEqual([{ id: query?.id, text: range('11:55:00', '14:04:00') }])
    await device.result(query?.id ?? '', 0)
    expect(await site.missing()).toEqual([{ sn: 'GAP00012', asked_from: null, missing_from: null }])
  })

  it('a gap while it is being asked is not forgotten', async () => {
    await using site = await open()
    const device = site.terminal('GAP00013')
    await device.punch('1', '2026-03-02 12:00:00')
    await site.silence('GAP00013', 4 * minute)
    const [query] = await asked(device)
    await device.punch('2', '2026-03-02 12:04:00')
    await site.silence('GAP00013', 4 * minute)
    expect(await asked(device)).toEqual([])
    await device.result(query?.id ?? '', 0)
    expect(await site.missing()).toEqual([
      { sn: 'GAP00013', asked_from: null, missing_from: '2026-03-02 11:59:00' },
    ])
  })

  it('of weeks it is asked for the last seven days, and a clock that ran ahead hides nothing', async () => {
    await using site = await open()
    await site.terminal('GAP00006').punch('1', '2026-03-02 12:00:00')
    await site.terminal('GAP00007').punch('1', '2026-03-02 12:00:00')
    await site.terminal('GAP00007').punch('1', '2099-01-01 00:00:00')
    await site.restart(4 * minute)
    expect(await asked(site.terminal('GAP00007'))).toMatchObject([{ text: range('11:55:00', '12:04:00') }])
    await site.restart(10 * 24 * hour)
    const [query] = await asked(site.terminal('GAP00006'))
    expect(query?.text).toBe('DATA QUERY ATTLOG StartTime=2026-03-05 12:04:00\tEndTime=2026-03-12 12:04:00')
  })

  it('it is not asked when it never sent a punch or waits to be adopted', async () => {
    await using site = await open({ adopt: 'ask' })
    await site.gateway().client().call('devices.adopt', { DeviceSN: 'GAP00008' })
    await site.terminal('GAP00008').handshake()
    await site.terminal('GAP00010').punch('1', '2026-03-02 12:00:00')
    for (const sn of ['GAP00008', 'GAP00010']) {
      await site.silence(sn, 4 * minute)
      expect(await asked(site.terminal(sn))).toEqual([])
    }
  })

  it('a controller is asked in its own words', async () => {
    await using site = await open({ adopt: 'auto' })
    await site.terminal('GAP00009').punch('1', '2026-03-02 12:00:00')
    const access = { DeviceSN: 'GAP00009', Name: 'Flavour', Value: 'access' } as const
    await site.gateway().client().call('devices.setProfile', access)
    await site.silence('GAP00009', 4 * minute)
    expect(await asked(site.terminal('GAP00009'))).toMatchObject([
      {
        text: 'DATA QUERY tablename=transaction,fielddesc=*,filter=starttime=2026-03-02 11:55:00\tendtime=2026-03-02 12:04:00',
      },
    ])
  })

  it('the answer may be what was sent before, word for word, without being a loop', async () => {
    await using site = await open()
    const device = site.terminal('GAP00011')
    await device.punch('1', '2026-03-02 12:00:00')
    await device.punch('1', '2026-03-02 12:00:00')
    await site.silence('GAP00011', 4 * minute)
    const [query] = await asked(device)
    expect((await device.punch('1', '2026-03-02 12:00:00')).body).toBe('OK: 1')
    await device.result(query?.id ?? '', 0)
    expect(await site.status(query?.id ?? '')).toMatchObject({ Result: '0 new, 1 known already' })
    const { body } = await site
      .gateway()
      .client()
      .call('devices.incidents', { DeviceSN: 'GAP00011', Kind: 'RepeatedUpload' })
    expect(body.Incidents).toEqual([])
  })
})
