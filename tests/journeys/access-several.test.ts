import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DoorBench, openDoorBench } from '../support/door-bench.ts'
import { createFakeController, type FakeController } from '../support/fake-controller.ts'

let bench: DoorBench
beforeAll(async () => {
  bench = await openDoorBench('2026-09-15T10:00:00Z')
})
afterAll(() => bench.stop())

const none = '0000000000000000'
const line = (shiftMs: number, sensor: string, alarm = none, relay = '00') =>
  `time=${bench.local(shiftMs)}\tsensor=${sensor}\trelay=${relay}\talarm=${alarm}\n`
const states = (controller: FakeController, ...lines: readonly string[]) =>
  controller.request('POST', `/iclock/cdata?SN=${controller.sn}&table=rtstate`, lines.join(''))
const alarmsOf = async (sn: string) =>
  (await bench.client.call('doors.alarms', {})).body.Alarms.filter(({ DeviceSN }) => DeviceSN === sn)
const open = async (DeviceSN: string, DoorNo: number) =>
  (await bench.client.call('doors.open', { DeviceSN, DoorNo, Seconds: 5 }, bench.key())).body.CommandID
const movedAt = async (CommandID: string) =>
  (await bench.client.call('doors.proof', { CommandID })).body.Ticks.find(({ Tick }) => Tick === 'Moved')

describe('several states in one upload', () => {
  it('are each heard: an alarm that is over by the last one is still an alarm', async () => {
    const controller = await bench.started('SEVERAL1')
    await states(controller, line(0, '55'))
    const reply = await states(
      controller,
      line(-3000, '59', '0001000000000000'),
      line(-2000, '55', '0000020000000000'),
      line(-1000, '55'),
    )
    expect(reply.body).toBe('OK')
    expect((await alarmsOf('SEVERAL1')).map(({ Kind, DoorNo }) => [Kind, DoorNo]).sort()).toEqual([
      ['Forced', 2],
      ['Tamper', 3],
    ])
    expect((await bench.doorsOf('SEVERAL1')).map(({ State, Alarm }) => [State, Alarm])).toEqual(
      Array.from({ length: 4 }, () => ['Closed', 'None']),
    )
  })

  it('prove an order by an opening that was over by the last one, but not one from before it', async () => {
    const controller = await bench.started('SEVERAL2')
    await states(controller, line(0, '55'))
    const first = await open('SEVERAL2', 1)
    const second = await open('SEVERAL2', 2)
    await bench.obey(controller)
    bench.clock.advance(8000)
    await states(controller, line(-40_000, '59'), line(-39_000, '55'), line(-7000, '56'), line(-1000, '55'))
    expect(await movedAt(first)).toMatchObject({ State: 'Known', By: 'state' })
    expect(await movedAt(second)).not.toMatchObject({ State: 'Known' })
  })

  it('say what a relay bit means one at a time only', async () => {
    const controller = await bench.started('SEVERAL3')
    await states(controller, line(0, '55', none, '01'))
    await open('SEVERAL3', 1)
    await bench.obey(controller)
    bench.clock.advance(1000)
    await states(controller, line(-60_000, '55', none, '00'), line(-50_000, '55', none, '01'))
    const { Settings } = (await bench.client.call('devices.profile', { DeviceSN: 'SEVERAL3' })).body
    expect(Settings.find(({ Name }) => Name === 'RelayPolarity')).toMatchObject({ Value: 'unknown' })
  })

  it('are heard of every door by a controller that has not said how many it has', async () => {
    const silent = createFakeController(bench.running.devicesUrl, 'SEVERAL4')
    await states(silent, line(0, '55', '0000010000000000'))
    expect(await alarmsOf('SEVERAL4')).toMatchObject([{ Kind: 'Forced', DoorNo: 3 }])
  })
})

describe('several events in one upload', () => {
  it('leave every alarm on its door, and none unsaid of a door that never spoke of alarms', async () => {
    const controller = await bench.started('SEVERAL7')
    await controller.events(
      { time: bench.local(-5000), event: 102, door: 1 },
      { time: bench.local(-4000), event: 100, door: 1 },
      { time: bench.local(-3000), event: 201, door: 1 },
      { time: bench.local(-3000), event: 201, door: 2 },
    )
    const [first, second] = await bench.doorsOf('SEVERAL7')
    expect(first).toMatchObject({ State: 'Closed', Alarm: 'Forced' })
    expect(second).toMatchObject({ State: 'Closed', Alarm: 'Unknown' })
    expect((await alarmsOf('SEVERAL7')).map(({ Kind }) => Kind).sort()).toEqual(['Forced', 'Tamper'])
  })

  it('are heard in the order they happened, however they are written', async () => {
    const controller = await bench.started('SEVERAL8')
    await controller.events(
      { time: bench.local(-50_000), event: 201, door: 1 },
      { time: bench.local(-40_000), event: 200, door: 1 },
      { time: bench.local(-1000), event: 28, door: 1 },
      { time: bench.local(-1000), event: 28, door: 2 },
      { time: bench.local(-40_000), event: 200, door: 2 },
      { time: bench.local(-50_000), event: 201, door: 2 },
    )
    const doors = (await bench.doorsOf('SEVERAL8')).slice(0, 2)
    expect(doors.map(({ State, Alarm }) => [State, Alarm])).toEqual([
      ['Open', 'HeldOpen'],
      ['Open', 'HeldOpen'],
    ])
    expect((await alarmsOf('SEVERAL8')).map(({ Kind, State }) => [Kind, State])).toEqual([
      ['HeldOpen', 'Raised'],
      ['HeldOpen', 'Raised'],
    ])
  })

  it('are one alarm for one door, with what came between', async () => {
    const controller = await bench.started('SEVERAL9')
    await controller.events(
      { time: bench.local(-9000), event: 102, door: 1 },
      { time: bench.local(-5000), event: 7, door: 1 },
      { time: bench.local(-1000), event: 102, door: 1 },
    )
    const [alarm, ...others] = await alarmsOf('SEVERAL9')
    expect(others).toEqual([])
    expect(alarm).toMatchObject({ Kind: 'Forced', State: 'Raised', Count: 2 })
    expect(alarm?.Steps.map(({ What }) => What)).toEqual(['Raised', 'Note', 'RaisedAgain'])
  })
})

describe('what a controller behind this one has heard', () => {
  it('says where it was, and nothing of the door with the same number here', async () => {
    const controller = await bench.started('SEVERAL5', 2)
    await states(controller, line(0, '05'))
    const order = await open('SEVERAL5', 1)
    await bench.obey(controller)
    const event = (code: number) =>
      `time=${bench.local()}\tpin=0\tcardno=0\teventaddr=1\tevent=${code}\tinoutstatus=2\tverifytype=200\tindex=0\tsn=BEHIND7\n`
    await controller.request(
      'POST',
      '/iclock/cdata?SN=SEVERAL5&table=rtlog',
      event(102) + event(200) + event(8),
    )
    expect(await bench.doorOf('SEVERAL5')).toMatchObject({ State: 'Closed', Alarm: 'None' })
    expect(await movedAt(order)).not.toMatchObject({ State: 'Known' })
    const day = bench.local().slice(0, 10)
    const { Events } = (
      await bench.client.call('doors.logs', { DeviceSN: 'SEVERAL5', FromDate: day, ToDate: day })
    ).body
    expect(Events.map(({ Event, Detail, CommandID }) => [Event, Detail, CommandID]).sort()).toEqual([
      ['Forced', 'forced open (at BEHIND7)', null],
      ['Opened', 'door opened (at BEHIND7)', null],
      ['RemoteOpen', null, order],
      ['RemoteOpen', 'remote open (at BEHIND7)', null],
    ])
    expect(await alarmsOf('SEVERAL5')).toMatchObject([{ Kind: 'Forced' }])
  })
})
