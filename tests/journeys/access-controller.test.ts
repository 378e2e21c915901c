import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AccessBench,
  now,
  openAccessBench,
  packedSeconds,
  today,
  zone,
} from '../support/access-bench.ts'
import { createFakeController } from '../support/fake-controller.ts'
import { startGateway } from '../support/start-gateway.ts'

let bench: AccessBench
beforeAll(async () => {
  bench = await openAccessBench()
})
afterAll(() => bench.stop())

describe('a controller that meets us', () => {
  it('is told to register, gets a code that stays, and its configuration', async () => {
    const controller = createFakeController(bench.running.devicesUrl, 'ACC00001')
    expect(await controller.handshake()).toBe('OK')
    const first = await controller.registry()
    expect(first.status).toBe(200)
    expect(first.body).toMatch(/^RegistryCode=[0-9a-f]{16}$/)
    expect((await controller.registry()).body).toBe(first.body)
    expect(await controller.push()).toMatch(
      /^ServerVersion=3\.1\.2\nServerName=ADMS\nPushProtVer=[\d.]+\nErrorDelay=30\nRequestDelay=2\n.*SessionID=[0-9a-f]{32}\n/s,
    )
    const again = await controller.handshake('')
    expect(again.split('\n').slice(0, 2)).toEqual(['registry=ok', first.body])
    const { body } = await bench.client.call('devices.info', { DeviceSN: 'ACC00001' })
    expect(body).toMatchObject({ Model: 'C3-400', HasDoor: true })
    expect((await bench.doorsOf('ACC00001')).map(({ DoorNo, Reason }) => [DoorNo, Reason])).toEqual(
      [1, 2, 3, 4].map(no => [no, 'no_report']),
    )
  })

  it('is answered the time in UTC with its zone, and a ping', async () => {
    const controller = await bench.started('ACC00002')
    const time = await controller.request('GET', '/iclock/rtdata?SN=ACC00002&type=time')
    expect(time.body).toMatch(/^DateTime=\d{9},ServerTZ=\+0530$/)
    expect((await controller.request('GET', '/iclock/ping?SN=ACC00002')).body).toBe('OK')
    expect((await controller.poll()).raw).toBe('OK')
  })
})

describe('what happens at its doors', () => {
  it('is a punch and a door event where somebody was let in, once however often it comes', async () => {
    const controller = await bench.started('ACC00010')
    const pass = {
      time: now(),
      pin: '00123',
      event: 3,
      door: 2,
      direction: 1,
      verify: 15,
      index: 140,
    } as const
    for (const index of [140, 140, 0])
      expect(await controller.events({ ...pass, index })).toMatchObject({ status: 200, body: 'OK' })
    const packed = packedSeconds(pass.time)
    const row = `transaction cardno=0\tpin=00123\tverified=15\tdoorid=2\teventtype=3\tinoutstate=1\ttime_second=${packed}\tindex=140\n`
    expect((await controller.tabledata('transaction', row, 1)).body).toBe('transaction=1')
    expect(await bench.punches('ACC00010')).toMatchObject([
      { EmployeeCode: '00123', AttendanceLog: pass.time, Direction: 'CheckOut', Type: 'face' },
    ])
    expect(await bench.doorLog('ACC00010')).toMatchObject([
      { Event: 'Granted', DoorNo: 2, EmployeeCode: '00123', Detail: 'multi-person open' },
    ])
  })

  it('is named with the reason where nobody was let in, and makes no punch', async () => {
    const controller = await bench.started('ACC00011')
    await controller.events(
      { time: now(-3000), event: 27, door: 1 },
      { time: now(-2000), event: 22, pin: '7', door: 3 },
      { time: now(-1000), event: 9999, door: 4 },
      { time: now(), event: 206, door: 0 },
    )
    expect(
      (await bench.doorLog('ACC00011')).map(({ Event, DoorNo, EmployeeCode, Detail }) => [
        Event,
        DoorNo,
        EmployeeCode,
        Detail,
      ]),
    ).toEqual([
      ['Denied', 1, null, 'not registered'],
      ['Denied', 3, '7', 'invalid time period'],
      ['Other', 4, null, 'event 9999'],
      ['Other', 0, null, 'device started'],
    ])
    expect(await bench.punches('ACC00011')).toEqual([])
  })

  it('keeps lines it cannot read, and acknowledges the rest', async () => {
    const controller = await bench.started('ACC00012')
    const good = `time=${now()}\tpin=2\tcardno=0\teventaddr=1\tevent=0\tinoutstatus=0\tverifytype=0000101000000011\tindex=5`
    const reply = await controller.request(
      'POST',
      '/iclock/cdata?SN=ACC00012&table=rtlog',
      `time=2026-02-31 10:00:00\tpin=2\tevent=0\n${good}\n`,
    )
    expect([reply.status, reply.body]).toEqual([200, 'OK'])
    expect(await bench.rejects('ACC00012')).toEqual([{ table_name: 'rtlog', line: 1, reason: 'bad-time' }])
    expect(await bench.punches('ACC00012')).toMatchObject([{ EmployeeCode: '2', Type: 'face' }])
    expect((await controller.request('POST', '/iclock/cdata?SN=ACC00012&table=rtlog', '')).body).toBe('OK')
  })

  it('shows in the state of each door: sensor, alarm, and no sensor at all', async () => {
    const controller = await bench.started('ACC00013')
    // Door 1 closed, 2 open, 3 without sensor, 4 closed and tampered with.
    expect((await controller.state(now(), '49', '00', '0000000200000000')).body).toBe('OK')
    expect(
      (await bench.doorsOf('ACC00013')).map(({ State, Reason, Alarm, LockState }) => [
        State,
        Reason,
        Alarm,
        LockState,
      ]),
    ).toEqual([
      ['Closed', 'reported', 'None', 'Unknown'],
      ['Open', 'reported', 'None', 'Unknown'],
      ['Unknown', 'no_sensor', 'None', 'Unknown'],
      ['Closed', 'reported', 'Tamper', 'Unknown'],
    ])
    const [, second] = await bench.doorsOf('ACC00013')
    await controller.state(now(1000), '49', '02')
    expect((await bench.doorsOf('ACC00013'))[1]?.Since).toBe(second?.Since)
    await bench.client.call('devices.setProfile', {
      DeviceSN: 'ACC00013',
      Name: 'RelayPolarity',
      Value: 'energised',
    })
    await controller.state(now(2000), '45', '02')
    expect((await bench.doorsOf('ACC00013'))[1]).toMatchObject({
      State: 'Closed',
      LockState: 'Unlocked',
      Alarm: 'None',
    })
    expect(
      (await bench.client.call('doors.status', { DeviceSN: 'ACC00013', DoorNo: 4 })).body.Doors,
    ).toHaveLength(1)
  })

  it('raises a forced door by its event alone, and an old event does not undo what is known now', async () => {
    const controller = await bench.started('ACC00014')
    await controller.events({ time: now(), event: 102, door: 4 })
    expect((await bench.doorsOf('ACC00014'))[3]).toMatchObject({ State: 'Open', Alarm: 'Forced' })
    expect(await bench.doorLog('ACC00014')).toMatchObject([
      { Event: 'Forced', DoorNo: 4, Detail: 'forced open' },
    ])
    await controller.state(now(1000), '40')
    await controller.events({ time: now(-3_600_000), event: 28, door: 4 })
    expect((await bench.doorsOf('ACC00014'))[3]).toMatchObject({ State: 'Closed', Alarm: 'None' })
    await controller.events({ time: now(2000), event: 28, door: 4 })
    expect((await bench.doorsOf('ACC00014'))[3]).toMatchObject({ State: 'Open', Alarm: 'HeldOpen' })
  })

  it('is read in the access flavour too when the terminal was known for attendance', async () => {
    const controller = createFakeController(bench.running.devicesUrl, 'ACC00015')
    await controller.handshake('&DeviceType=att')
    await controller.events({ time: now(), event: 0, pin: '2', direction: 0, verify: 1, index: 7 })
    expect(await bench.punches('ACC00015')).toMatchObject([{ EmployeeCode: '2', Type: 'fingerprint' }])
    expect(await controller.handshake('')).toBe('OK')
  })
})

describe('a controller that asks us whom to let in', () => {
  it('is never told to open by default', async () => {
    const controller = await bench.started('ACC00040')
    const ask = async (pin: string) => {
      const record = `time=${now()}\tpin=${pin}\tcardno=0\taddrtype=2\teventaddr=1\tevent=0\tinoutstatus=0\tverifytype=1`
      const { body } = await controller.request('POST', '/iclock/cdata?SN=ACC00040&AuthType=device', record)
      const [verdict, echoed, action] = body.split('\r\n')
      expect([echoed, action]).toEqual([record, ''])
      return verdict
    }
    expect(await ask('1001')).toBe('AUTH=TIMEOUT')
    expect(await ask('0')).toBe('AUTH=FAILED')
    const broken = await controller.request('POST', '/iclock/cdata?SN=ACC00040&AuthType=device', 'time=x')
    expect([broken.status, broken.body.split('\r\n')[0]]).toEqual([200, 'AUTH=FAILED'])
  })
})

describe('a controller nobody has adopted', () => {
  it('may register and is heard, but none of its doors is known or opened until it is adopted', async () => {
    const asking = await startGateway({ adopt: 'ask', timeZone: zone })
    try {
      const api = asking.client()
      const controller = createFakeController(asking.devicesUrl, 'ACC00050')
      await controller.start()
      expect((await controller.handshake('')).split('\n')[0]).toBe('registry=ok')
      const pass = { time: now(), pin: '5', event: 0, door: 2, direction: 0, verify: 4 } as const
      expect((await controller.events(pass)).body).toBe('OK')
      expect((await controller.tabledata('user', 'user pin=5\tname=Meera\n', 1)).body).toBe('user=1')
      expect((await controller.state(now(), '55')).body).toBe('OK')
      expect((await api.call('doors.status', {})).body.Doors).toEqual([])
      await expect(api.call('doors.open', { DeviceSN: 'ACC00050', DoorNo: 2 })).rejects.toMatchObject({
        code: 'DEVICE_WAITING',
      })
      expect((await controller.poll()).raw).toBe('OK')
      expect((await api.call('devices.adopt', { DeviceSN: 'ACC00050' })).body).toMatchObject({ TakenIn: 3 })
      expect((await api.call('doors.status', {})).body.Doors.map(({ State }) => State)).toEqual(
        Array(4).fill('Closed'),
      )
      const { Attendance } = (
        await api.call('attendance.byDevice', { DeviceSN: 'ACC00050', FromDate: today(), ToDate: today() })
      ).body
      expect(Attendance).toMatchObject([{ EmployeeCode: '5', Direction: 'CheckIn', Type: 'card' }])
    } finally {
      await asking.stop()
    }
  })
})
