import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packedSeconds } from '../support/access-bench.ts'
import { createFakeController } from '../support/fake-controller.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const second = 1000
const minute = 60 * second
const kolkata = 330 * minute
/** Half an hour before clocks go forward in Berlin. */
const start = Date.parse('2026-03-29T00:30:00Z')
const clock = createTestClock(start)
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

const terminal = (sn: string) => createFakeDevice(running.devicesUrl, sn)
/** Wall clock in Kolkata, some seconds off. */
const local = (offMs = 0) =>
  new Date(clock.now() + kolkata + offMs).toISOString().slice(0, 19).replace('T', ' ')
const clockOf = async (DeviceSN: string) =>
  (await running.client().call('devices.clock', { DeviceSN, FromDate: '2026-03-28', ToDate: '2026-03-31' }))
    .body
const sync = (input: { DeviceSN: string; Time?: string; TimeZone?: string }) =>
  running.client().call('devices.syncTime', input)
const written = (sn: string, what: (clock: Awaited<ReturnType<typeof clockOf>>) => boolean) =>
  until(`the clock of ${sn}`, async () => {
    clock.advance(2 * second)
    const found = await clockOf(sn)
    return what(found) && found
  })

describe('the clock of a terminal', () => {
  it('is measured by a live punch, and later punches carry what was measured', async () => {
    const device = terminal('CLOCK1')
    await device.punch('1', local(42 * second))
    const { Readings } = await written('CLOCK1', ({ Readings: all }) => all.length === 1)
    expect(Readings[0]).toMatchObject({ ClockSkewSeconds: 42, Source: 'punch' })
    await device.upload('ATTLOG', `2\t${local(-minute)}\t0\t1\n3\t${local(-2 * minute)}\t0\t1\n`)
    const rows = await running.store.read
      .selectFrom('punch')
      .select(['employee_code', 'clock_skew_ms'])
      .where('sn', '=', 'CLOCK1')
      .orderBy('id')
      .execute()
    expect(rows.map(({ clock_skew_ms }) => clock_skew_ms)).toEqual([42_000, 42_000, 42_000])
  })

  it('is not judged by one line that may have waited; two that agree some time apart are the clock', async () => {
    const device = terminal('CLOCK2')
    await device.punch('1', local(-7200 * second))
    await device.punch('2', local(-7200 * second + second))
    expect((await clockOf('CLOCK2')).ClockSkewSeconds).toBeNull()
    clock.advance(30 * second)
    await device.punch('3', local(-7200 * second))
    const { Readings } = await written('CLOCK2', ({ Readings: all }) => all.length === 1)
    expect(Readings[0]?.ClockSkewSeconds).toBe(-7200)
    const { body } = await running
      .client()
      .call('attendance.byDevice', { DeviceSN: 'CLOCK2', FromDate: '2026-03-28', ToDate: '2026-03-30' })
    expect(body.Attendance).toHaveLength(3)
  })

  it('is measured by every state of a door controller', async () => {
    const controller = createFakeController(running.devicesUrl, 'CLOCK3')
    await controller.start()
    await controller.state(local(-5 * second), '55')
    const { Readings } = await written('CLOCK3', ({ Readings: all }) => all.length === 1)
    expect(Readings[0]).toMatchObject({ ClockSkewSeconds: -5, Source: 'state' })
  })

  it('says nothing new within ten minutes, and shows a jump whoever caused it', async () => {
    const device = terminal('CLOCK4')
    for (let turn = 0; turn < 3; turn += 1) {
      await device.punch(String(turn), local(60 * second))
      clock.advance(minute)
    }
    await device.punch('9', local())
    const { Readings, Changes } = await written('CLOCK4', ({ Changes: all }) => all.length === 1)
    expect(Readings.map(({ ClockSkewSeconds }) => ClockSkewSeconds)).toEqual([60, 0])
    expect(Changes).toEqual([
      expect.objectContaining({
        Kind: 'Jump',
        Detail: 'Seen: from 60 s ahead to 0 s ahead',
        Actor: null,
        ClockSkewSeconds: 60,
      }),
    ])
  })

  it('is still known after a restart of ours', async () => {
    const before = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
    await createFakeDevice(before.devicesUrl, 'CLOCK5').punch('1', local(7 * second))
    await before.stop({ keep: true })
    const { dataDir } = before
    const after = await startGateway({ clock, timeZone: 'Asia/Kolkata', dataDir })
    const late = `2\t${local(-minute)}\t0\t1\n3\t${local(-minute)}\t0\t1\n`
    await createFakeDevice(after.devicesUrl, 'CLOCK5').upload('ATTLOG', late)
    const rows = await after.store.read.selectFrom('punch').select('clock_skew_ms').execute()
    expect(rows.map(({ clock_skew_ms }) => clock_skew_ms)).toEqual([7000, 7000, 7000])
    await after.stop()
  })
})

describe('SyncTime', () => {
  it('makes an attendance terminal ask for its options, and is on record until the next reading proves it', async () => {
    const device = terminal('SYNC1')
    await device.handshake()
    const { status, body } = await sync({ DeviceSN: 'SYNC1' })
    expect([status, body.Operation, body.State]).toEqual([200, 'SyncTime', 'Queued'])
    const { commands } = await device.poll()
    expect(commands).toEqual([{ id: body.CommandID, text: 'CHECK' }])
    const open = (await clockOf('SYNC1')).Changes.find(({ Kind }) => Kind === 'SyncTime')
    expect(open).toMatchObject({ CommandID: body.CommandID, Done: false })
    await device.result(body.CommandID, 0, 'CHECK')
    const { ToldOffset, Changes } = await clockOf('SYNC1')
    expect(ToldOffset).toBe('GMT +0530')
    expect(Changes.map(({ Kind, Detail, Done }) => [Kind, Detail, Done])).toEqual([
      ['Offset', 'Told GMT +0530 (Asia/Kolkata), for the first time', true],
      ['SyncTime', 'To the time of Asia/Kolkata, GMT +0530', true],
    ])
  })

  it('cannot give an attendance terminal a time of its own', async () => {
    await terminal('SYNC2').handshake()
    await expect(sync({ DeviceSN: 'SYNC2', Time: '2026-03-29 12:00' })).rejects.toMatchObject({
      code: 'NOT_SUPPORTED_BY_DEVICE',
      field: 'Time',
    })
  })

  it('gives a controller the time of the moment it fetches it', async () => {
    const controller = createFakeController(running.devicesUrl, 'SYNC3')
    await controller.start()
    await sync({ DeviceSN: 'SYNC3' })
    clock.advance(10 * second)
    const { commands } = await controller.poll()
    expect(commands[0]?.text).toBe(`SET OPTIONS DateTime=${packedSeconds(local())}`)
    await sync({ DeviceSN: 'SYNC3', Time: '2026-08-10 12:30:40' })
    clock.advance(5 * second)
    expect((await controller.poll()).commands[0]?.text).toBe('SET OPTIONS DateTime=855232245')
  })

  it('moves the zone with it where asked to, which is a change of its own', async () => {
    const controller = createFakeController(running.devicesUrl, 'SYNC4')
    await controller.start()
    await sync({ DeviceSN: 'SYNC4', TimeZone: 'Asia/Kathmandu' })
    const { TimeZone, Changes } = await clockOf('SYNC4')
    expect(TimeZone).toBe('Asia/Kathmandu')
    expect(Changes.map(({ Kind, Detail }) => [Kind, Detail])).toEqual([
      ['Zone', 'Asia/Kolkata became Asia/Kathmandu, now GMT +0545'],
      ['SyncTime', 'To the time of Asia/Kathmandu, GMT +0545'],
    ])
  })

  it('waits for a terminal that is away, and says so', async () => {
    await running.client().call('devices.adopt', { DeviceSN: 'SYNC5' })
    const { status, body } = await sync({ DeviceSN: 'SYNC5' })
    expect([status, body.State]).toEqual([409, 'Queued'])
  })
})

describe('daylight saving', () => {
  it('makes terminals ask anew when their zone goes over to another offset, once', async () => {
    const device = terminal('DST1')
    await running.client().call('devices.adopt', { DeviceSN: 'DST1', TimeZone: 'Europe/Berlin' })
    expect(await device.handshake()).toContain('\nTimeZone=1\n')
    clock.advance(Date.parse('2026-03-29T01:00:30Z') - clock.now())
    await device.poll()
    const { commands } = await until('the order to ask anew', async () => {
      clock.advance(20 * second)
      const polled = await device.poll()
      return polled.commands.length > 0 && polled
    })
    expect(commands.map(({ text }) => text)).toEqual(['CHECK'])
    expect(await device.handshake()).toContain('\nTimeZone=2\n')
    await device.result(commands[0]?.id ?? '', 0, 'CHECK')
    const { ToldOffset, Changes } = await clockOf('DST1')
    expect(ToldOffset).toBe('GMT +0200')
    const offsets = Changes.filter(({ Kind }) => Kind === 'Offset').map(({ Detail }) => Detail)
    expect(offsets).toEqual([
      'Told GMT +0100 (Europe/Berlin), for the first time',
      'Europe/Berlin is GMT +0200 now; the terminal was told another offset',
      'Told GMT +0200 (Europe/Berlin), before GMT +0100',
    ])
    clock.advance(2 * minute)
    expect((await device.poll()).raw).toBe('OK')
  })
})

describe('punches made while the clock was off', () => {
  it('are told as spans with their number, and a right one ends a span', async () => {
    const device = terminal('CLOCK9')
    const made: string[] = []
    for (const off of [0, 95, 96, 0, 200]) {
      clock.advance(20 * minute)
      made.push(local(off * second))
      // Two that agree some time apart are the clock.
      await device.punch('1', local(off * second))
      clock.advance(31 * second)
      await device.punch('2', local(off * second))
    }
    const { Drifted } = await written('CLOCK9', ({ Drifted: all }) => all.length === 2)
    expect(Drifted).toMatchObject([
      { FromLocal: made[1], Punches: 4, LowSeconds: 95, HighSeconds: 96 },
      { FromLocal: made[4], Punches: 2, LowSeconds: 200, HighSeconds: 200 },
    ])
    const listed = async (more: { ClockOff?: boolean; Type?: ['card'] }) =>
      (
        await running.client().call('attendance.byDate', {
          FromDate: '2026-03-28',
          ToDate: '2026-03-31',
          DeviceSN: ['CLOCK9'],
          Limit: 5,
          ...more,
        })
      ).body
    const off = await listed({ ClockOff: true })
    expect([off.ReturnRowCount, off.ActualRowCount]).toEqual([5, 6])
    expect(off.Attendance.every(({ ClockSkewSeconds }) => (ClockSkewSeconds ?? 0) > 60)).toBe(true)
    // What a list is narrowed by narrows its count too.
    expect((await listed({ Type: ['card'] })).ActualRowCount).toBe(0)
  })
})
