import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccessBench, now, openAccessBench, zone } from '../support/access-bench.ts'
import { createFakeController } from '../support/fake-controller.ts'
import { localNow } from '../support/local-time.ts'
import { startGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

let bench: AccessBench
beforeAll(async () => {
  bench = await openAccessBench()
})
afterAll(() => bench.stop())

describe('orders to a controller', () => {
  it('open the third door of four, and the log shows one opening with its order', async () => {
    const controller = await bench.started('ACC00020')
    const { body, status } = await bench.openDoor('ACC00020', 3)
    expect([status, body.State, body.DoorNo]).toEqual([200, 'Queued', 3])
    expect((await controller.poll()).commands).toEqual([
      { id: body.CommandID, text: 'CONTROL DEVICE 01030105' },
    ])
    expect(await controller.result(body.CommandID, 0, 'CONTROL DEVICE')).toBe('OK')
    expect(await bench.stateOf(body.CommandID)).toBe('Done')
    const opened = { time: now(), event: 8, door: 3, index: 1 }
    await controller.events(opened)
    await controller.events(opened)
    expect(await bench.doorLog('ACC00020')).toMatchObject([
      { Event: 'RemoteOpen', DoorNo: 3, CommandID: body.CommandID, Detail: 'remote open' },
    ])
  })

  it('are one opening in the log as well when the event comes before the answer', async () => {
    const controller = await bench.started('ACC00021')
    const { body } = await bench.openDoor('ACC00021', 1, 9)
    expect((await controller.poll()).commands).toMatchObject([{ text: 'CONTROL DEVICE 01010109' }])
    await controller.events({ time: now(), event: 8, door: 1 })
    await controller.result(body.CommandID, 0, 'CONTROL DEVICE')
    expect(await bench.doorLog('ACC00021')).toMatchObject([
      { Event: 'RemoteOpen', CommandID: body.CommandID },
    ])
    await controller.events({ time: now(5000), event: 8, door: 1 })
    expect((await bench.doorLog('ACC00021')).map(({ CommandID }) => CommandID)).toEqual([
      body.CommandID,
      null,
    ])
  })

  it('are one opening each where several are reported at once, and one that was refused opened nothing', async () => {
    const controller = await bench.started('ACC00029')
    const refused = await bench.openDoor('ACC00029', 1, 2)
    await controller.poll()
    await controller.result(refused.body.CommandID, -28, 'CONTROL DEVICE')
    const first = await bench.openDoor('ACC00029', 1, 2)
    const second = await bench.openDoor('ACC00029', 1, 3)
    await controller.poll()
    const opened = { event: 8, door: 1 }
    await controller.events(
      { time: now(-1000), ...opened },
      { time: now(-1000), ...opened },
      { time: now(), ...opened },
    )
    for (const { body } of [first, second]) await controller.result(body.CommandID, 0, 'CONTROL DEVICE')
    expect((await bench.doorLog('ACC00029')).map(({ CommandID }) => CommandID)).toEqual([
      first.body.CommandID,
      second.body.CommandID,
    ])
  })

  it('are refused for a door it does not have', async () => {
    await bench.started('ACC00022', 2)
    await expect(bench.openDoor('ACC00022', 3)).rejects.toMatchObject({ code: 'DOOR_NOT_FOUND' })
  })

  it('fail in its own words, and wait where a master has only passed them on', async () => {
    const controller = await bench.started('ACC00023')
    const { body } = await bench.openDoor('ACC00023', 2)
    await controller.poll()
    await controller.result(body.CommandID, -5000, 'CONTROL DEVICE')
    expect(await bench.stateOf(body.CommandID)).toBe('Sent')
    await controller.result(body.CommandID, -13, 'CONTROL DEVICE')
    const failed = (await bench.client.call('devices.commandStatus', { CommandID: body.CommandID })).body
    expect(failed).toMatchObject({ State: 'Failed', ReturnCode: -13, Error: 'no such command' })
    await bench.openDoor('ACC00023', 2)
    expect((await controller.poll()).commands).toMatchObject([{ text: 'CONTROL DEVICE 01020105' }])
  })

  it('restart and ping it in the access flavour, with the prefix it asks for', async () => {
    const controller = createFakeController(bench.running.devicesUrl, 'ACC00024')
    await controller.handshake()
    await controller.registry(',CmdFormat=1')
    const restart = (await bench.client.call('devices.restart', { DeviceSN: 'ACC00024' })).body
    const ping = (await bench.client.call('devices.ping', { DeviceSN: 'ACC00024' })).body
    const prefix = (id: string) => `DataType=1,SN=ACC00024,Priority=0,CmdID=${id},CmdDesc=C:${id}:`
    expect((await controller.poll()).raw).toBe(
      `${prefix(ping.CommandID)}GET OPTIONS ~SerialNumber\n${prefix(restart.CommandID)}CONTROL DEVICE 03000000\n`,
    )
    await controller.handshake('')
    expect(await bench.stateOf(restart.CommandID)).toBe('Done')
    await controller.querydata(
      `type=options&cmdid=${ping.CommandID}&tablename=options&count=1&packcnt=1&packidx=1`,
      '~SerialNumber=ACC00024',
    )
    await controller.result(ping.CommandID, 1, 'GET OPTIONS')
    expect(await bench.stateOf(ping.CommandID)).toBe('Done')
  })

  it('say how much it holds once it has answered a ping, and are not asked of a terminal that cannot count', async () => {
    const DeviceSN = 'ACC00025'
    const controller = createFakeController(bench.running.devicesUrl, DeviceSN)
    await controller.handshake()
    await controller.registry()
    const ping = async () => {
      const { CommandID } = (await bench.client.call('devices.ping', { DeviceSN })).body
      await controller.poll()
      await controller.result(CommandID, 1, 'GET OPTIONS')
      return (await controller.poll()).commands
    }
    const countersOf = async () => (await bench.client.call('devices.info', { DeviceSN })).body.Counters
    const asked = await ping()
    expect(asked.map(({ text }) => text)).toEqual([
      'DATA COUNT user',
      'DATA COUNT templatev10',
      'DATA COUNT transaction',
    ])
    const answer = (id: string | undefined, table: string, body: string) =>
      controller.querydata(`type=count&cmdid=${id}&tablename=${table}&count=1&packcnt=1&packidx=1`, body)
    expect((await answer(asked[0]?.id, 'user', 'user=5')).body).toBe('user=1')
    expect((await answer(asked[2]?.id, 'transaction', 'transaction = 41\r\n')).body).toBe('transaction=1')
    expect(await countersOf()).toMatchObject({ Users: 5, Fingerprints: null, Logs: 41 })
    for (const [id, body] of [
      ['4711', 'user=9'],
      [asked[1]?.id, 'user=9'],
      [asked[0]?.id, 'user=many'],
    ] as const)
      expect((await answer(id, 'user', body)).body).toBe('user=1')
    expect(await countersOf()).toMatchObject({ Users: 5, Fingerprints: null })
    const { Lines } = (await bench.client.call('devices.quarantine', { DeviceSN })).body
    expect(Lines.map(({ Reason }) => Reason).sort()).toEqual(['bad-count', 'unasked-count', 'unasked-count'])
    expect(await ping()).toEqual([])
    for (const { id } of asked) await controller.result(id ?? '', -13, 'DATA COUNT')
    expect(await ping()).toEqual([])
  })

  it('are refused while it is away, when no door is known either', async () => {
    const clock = createTestClock(Date.parse('2026-03-02T06:00:00Z'))
    const clocked = await startGateway({ clock, timeZone: zone })
    try {
      const controller = createFakeController(clocked.devicesUrl, 'ACC00025')
      await controller.start()
      await controller.state(localNow(zone, clock.now()), '55', '00', '0100000000000000')
      const status = async () => (await clocked.client().call('doors.status', {})).body.Doors
      expect((await status())[0]).toMatchObject({ State: 'Closed', Alarm: 'Forced' })
      clock.advance(600_000)
      await until('it is away', async () => (await status())[0]?.Online === false)
      expect((await status()).map(({ State, Reason, Alarm }) => [State, Reason, Alarm])).toEqual([
        ['Unknown', 'device_offline', 'Forced'],
        ...[2, 3, 4].map(() => ['Unknown', 'device_offline', 'Unknown']),
      ])
      const order = await clocked.client().call('doors.open', { DeviceSN: 'ACC00025', DoorNo: 3 })
      expect([order.status, order.body.State]).toEqual([409, 'Expired'])
      expect((await controller.poll()).commands).toEqual([])
    } finally {
      await clocked.stop()
    }
  })
})
