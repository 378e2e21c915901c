import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DoorBench, openDoorBench } from '../support/door-bench.ts'
import { createFakeDevice } from '../support/fake-device.ts'

let bench: DoorBench
beforeAll(async () => {
  bench = await openDoorBench()
})
afterAll(() => bench.stop())

const minutes = (count: number) => count * 60_000

describe('a door held open for a time', () => {
  it('is counted by the terminal itself where it can count so far, and ended early by one order', async () => {
    const controller = await bench.started('HOLD0001')
    const order = await bench.client.call(
      'doors.lock',
      { DeviceSN: 'HOLD0001', DoorNo: 2, Mode: 'HoldOpen', Until: bench.in(minutes(4)) },
      bench.key(),
    )
    expect([order.status, order.body.State]).toEqual([200, 'Queued'])
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 010201F0'])
    await bench.untilHold('HOLD0001', 2, 'InForce')
    expect((await bench.doorOf('HOLD0001', 2)).Hold).toMatchObject({ Mode: 'HoldOpen', EndsBy: 'Terminal' })
    await bench.client.call('doors.lock', { DeviceSN: 'HOLD0001', DoorNo: 2, Mode: 'Normal' }, bench.key())
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 01020100'])
    await bench.untilHold('HOLD0001', 2, null)
  })

  it('gets its return order on time, and once', async () => {
    const controller = await bench.started('HOLD0002')
    await bench.client.call(
      'doors.lock',
      { DeviceSN: 'HOLD0002', Mode: 'HoldOpen', Until: bench.in(minutes(10)) },
      bench.key(),
    )
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 010101FF'])
    await bench.untilHold('HOLD0002', 1, 'InForce')
    expect(await bench.pass(controller, minutes(10) - 5000)).toEqual([])
    bench.clock.advance(5000)
    await bench.untilHold('HOLD0002', 1, 'Returning')
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 01010100'])
    await bench.untilHold('HOLD0002', 1, null)
    const { Holds } = (await bench.client.call('doors.holds', { DeviceSN: 'HOLD0002' })).body
    expect(Holds).toMatchObject([{ State: 'Ended', Note: 'The terminal says it has returned to normal' }])
  })

  it('is overdue, and says so, while the terminal is away at its end; it returns when that is back', async () => {
    const controller = await bench.started('HOLD0003')
    await bench.client.call(
      'doors.lock',
      { DeviceSN: 'HOLD0003', Mode: 'Lock', Until: bench.in(minutes(30)) },
      bench.key(),
    )
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 06010100'])
    await bench.untilHold('HOLD0003', 1, 'InForce')
    expect(await bench.doorOf('HOLD0003')).toMatchObject({ LockState: 'Locked' })
    await bench.away('HOLD0003')
    bench.clock.advance(minutes(30))
    await bench.untilHold('HOLD0003', 1, 'Overdue')
    expect(await bench.doorOf('HOLD0003')).toMatchObject({
      LockState: 'Unknown',
      NotKnown: expect.arrayContaining(['hold', 'lock']),
      Hold: { Note: 'The terminal was away at the end; the return is sent when it is back' },
    })
    expect((await controller.poll()).commands).toEqual([])
    await bench.untilHold('HOLD0003', 1, 'Returning')
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 06010000'])
    await bench.untilHold('HOLD0003', 1, null)
  })

  it('is tried again after a terminal has refused its return', async () => {
    const controller = await bench.started('HOLD0004')
    await bench.client.call(
      'doors.lock',
      { DeviceSN: 'HOLD0004', Mode: 'HoldClosed', Until: bench.in(minutes(5)) },
      bench.key(),
    )
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 04010000'])
    await bench.untilHold('HOLD0004', 1, 'InForce')
    expect(await bench.pass(controller, minutes(5) - 5000)).toEqual([])
    bench.clock.advance(5000)
    await bench.untilHold('HOLD0004', 1, 'Returning')
    await bench.obey(controller, -12)
    await bench.untilHold('HOLD0004', 1, 'Overdue')
    bench.clock.advance(10_000)
    await bench.untilHold('HOLD0004', 1, 'Returning')
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 04010100'])
    await bench.untilHold('HOLD0004', 1, null)
  })

  it('takes the place of another one, which is undone first', async () => {
    const controller = await bench.started('HOLD0005')
    const hold = (Mode: 'Lock' | 'HoldOpen') =>
      bench.client.call(
        'doors.lock',
        { DeviceSN: 'HOLD0005', Mode, Until: bench.in(minutes(60)) },
        bench.key(),
      )
    await hold('Lock')
    await bench.obey(controller)
    await hold('HoldOpen')
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 06010000', 'CONTROL DEVICE 010101FF'])
  })
})

describe('an order that must not be carried out', () => {
  it('is refused for a terminal that is away, and leaves no hold behind', async () => {
    const controller = await bench.started('HOLD0010')
    await bench.away('HOLD0010')
    const order = await bench.client.call(
      'doors.lock',
      { DeviceSN: 'HOLD0010', Mode: 'Lock', Until: bench.in(minutes(5)) },
      bench.key(),
    )
    expect([order.status, order.body.State]).toEqual([409, 'Expired'])
    expect((await controller.poll()).commands).toEqual([])
    expect((await bench.doorOf('HOLD0010')).Hold).toBeNull()
  })

  it('acts once for a key, however often it is sent, even if a timed one is sent again later', async () => {
    const controller = await bench.started('HOLD0011')
    const key = bench.key()
    const again = (Until: string) =>
      bench.client.call('doors.lock', { DeviceSN: 'HOLD0011', Mode: 'HoldOpen', Until }, key)
    const Until = bench.in(minutes(3))
    const first = await again(Until)
    bench.clock.advance(2000)
    expect((await again(Until)).body.CommandID).toBe(first.body.CommandID)
    expect((await controller.poll()).commands).toHaveLength(1)
    await expect(
      bench.client.call('doors.lock', { DeviceSN: 'HOLD0011', DoorNo: 2, Mode: 'HoldOpen', Until }, key),
    ).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  })

  it('can be taken back while nobody has fetched it, and not afterwards', async () => {
    const controller = await bench.started('HOLD0012')
    const open = () => bench.client.call('doors.open', { DeviceSN: 'HOLD0012' }, bench.key())
    const first = await open()
    expect((await bench.client.call('doors.cancel', { CommandID: first.body.CommandID })).body).toMatchObject(
      { State: 'Cancelled' },
    )
    const second = await open()
    expect((await controller.poll()).commands.map(({ id }) => id)).toEqual([second.body.CommandID])
    await expect(
      bench.client.call('doors.cancel', { CommandID: second.body.CommandID }),
    ).rejects.toMatchObject({ code: 'ORDER_TOO_LATE' })
  })

  it('leaves the door as it was when a hold is taken back, and stays with an emergency that ordered it', async () => {
    const controller = await bench.started('HOLD0014')
    const hold = await bench.client.call(
      'doors.lock',
      { DeviceSN: 'HOLD0014', Mode: 'HoldOpen', Until: bench.in(minutes(5)) },
      bench.key(),
    )
    await bench.client.call('doors.cancel', { CommandID: hold.body.CommandID })
    await bench.untilHold('HOLD0014', 1, null)
    expect((await controller.poll()).commands).toEqual([])
    const { body } = await bench.client.call(
      'doors.startEmergency',
      { Kind: 'Lockdown', Door: 'HOLD0014/1' },
      bench.key(),
    )
    await expect(
      bench.client.call('doors.cancel', { CommandID: body.Doors[0]?.CommandID ?? '' }),
    ).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(await bench.obey(controller)).toHaveLength(1)
    await bench.client.call('doors.endEmergency', { EmergencyID: body.Emergency.EmergencyID }, bench.key())
  })

  it('is refused where the terminal knows no such order, in words that say why', async () => {
    const device = createFakeDevice(bench.running.devicesUrl, 'HOLD0013')
    await device.handshake()
    await device.upload('options', 'LockFunOn=1')
    await expect(
      bench.client.call('doors.lock', { DeviceSN: 'HOLD0013', Mode: 'Lock', Until: bench.in(60_000) }),
    ).rejects.toMatchObject({
      code: 'NOT_SUPPORTED_BY_DEVICE',
      detail: expect.stringContaining('AC_UNLOCK'),
    })
    await bench.client.call('devices.setProfile', {
      DeviceSN: 'HOLD0013',
      Name: 'DoorLayout',
      Value: 'vendor',
    })
    await bench.client.call('doors.lock', {
      DeviceSN: 'HOLD0013',
      Mode: 'HoldOpen',
      Until: bench.in(minutes(20)),
    })
    expect((await device.poll()).commands.map(({ text }) => text)).toEqual(['CONTROL DEVICE 010101FF'])
  })

  it('is refused with an end that is over, and without the reason a door demands', async () => {
    await bench.started('HOLD0014')
    await expect(
      bench.client.call('doors.lock', { DeviceSN: 'HOLD0014', Mode: 'Lock', Until: bench.in(-1000) }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'Until' })
    await bench.client.call('doors.setDoor', { DeviceSN: 'HOLD0014', DoorNo: 1, ReasonRequired: true })
    await expect(bench.client.call('doors.open', { DeviceSN: 'HOLD0014' })).rejects.toMatchObject({
      code: 'REASON_REQUIRED',
    })
    const order = await bench.client.call('doors.open', { DeviceSN: 'HOLD0014', Reason: 'Delivery' })
    expect(order.status).toBe(200)
  })
})

describe('a hold without an end at a door that needs two', () => {
  it('sends nothing until somebody else agrees, and lapses if nobody does', async () => {
    const controller = await bench.started('HOLD0020')
    await bench.client.call('doors.setDoor', { DeviceSN: 'HOLD0020', DoorNo: 1, SecondPerson: true })
    const by = (actor: string) => ({
      headers: { 'x-actor': actor, 'idempotency-key': crypto.randomUUID() },
    })
    const ask = () =>
      bench.client.call('doors.lock', { DeviceSN: 'HOLD0020', Mode: 'HoldOpen' }, by('u-first'))
    await expect(ask()).rejects.toMatchObject({ code: 'SECOND_PERSON_NEEDED' })
    expect((await controller.poll()).commands).toEqual([])
    const HoldID = (await bench.doorOf('HOLD0020')).Hold?.HoldID ?? ''
    await expect(bench.client.call('doors.approve', { HoldID }, by('u-first'))).rejects.toMatchObject({
      code: 'SECOND_PERSON_NEEDED',
    })
    await bench.client.call('doors.approve', { HoldID }, by('u-second'))
    expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 010101FF'])
    await bench.untilHold('HOLD0020', 1, 'InForce')
    expect((await bench.doorOf('HOLD0020')).Hold).toMatchObject({
      Actor: 'u-first',
      SecondActor: 'u-second',
      Until: null,
    })
    await bench.client.call('doors.lock', { DeviceSN: 'HOLD0020', Mode: 'Normal' }, by('u-first'))
    await bench.obey(controller)
    await bench.untilHold('HOLD0020', 1, null)
    await expect(ask()).rejects.toMatchObject({ code: 'SECOND_PERSON_NEEDED' })
    bench.clock.advance(121_000)
    await bench.untilHold('HOLD0020', 1, null)
  })
})

describe('the three ticks', () => {
  it('come one after the other with their times, and the sensor has the last word', async () => {
    const controller = await bench.started('TICK0001')
    await controller.state(bench.local(), '55')
    const { body } = await bench.client.call('doors.open', { DeviceSN: 'TICK0001', DoorNo: 3 }, bench.key())
    const ticks = async () =>
      (await bench.client.call('doors.proof', { CommandID: body.CommandID })).body.Ticks.map(
        ({ Tick, State, AfterMs, Why, By }) => [Tick, State, AfterMs, Why, By],
      )
    expect(await ticks()).toEqual([
      ['Sent', 'Waiting', null, null, null],
      ['Acknowledged', 'Waiting', null, null, null],
      ['Moved', 'Waiting', null, null, null],
    ])
    bench.clock.advance(300)
    await controller.poll()
    bench.clock.advance(100)
    await controller.result(body.CommandID, 0, 'CONTROL DEVICE')
    bench.clock.advance(600)
    await controller.events({ time: bench.local(), event: 200, door: 3 })
    expect(await ticks()).toEqual([
      ['Sent', 'Known', 300, null, 'command'],
      ['Acknowledged', 'Known', 400, null, 'command'],
      ['Moved', 'Known', 1000, null, 'event'],
    ])
  })

  it('say what is not known where no sensor is fitted or nothing moved', async () => {
    const controller = await bench.started('TICK0002')
    // Door 1 closed, door 2 without a sensor.
    await controller.state(bench.local(), '51')
    const third = async (DoorNo: number) => {
      const { body } = await bench.client.call('doors.open', { DeviceSN: 'TICK0002', DoorNo }, bench.key())
      await bench.obey(controller)
      bench.clock.advance(11_000)
      await controller.poll()
      const { Ticks } = (await bench.client.call('doors.proof', { CommandID: body.CommandID })).body
      return [Ticks[2]?.State, Ticks[2]?.Why]
    }
    expect(await third(1)).toEqual(['DidNotHappen', 'no_report'])
    expect(await third(2)).toEqual(['NotKnown', 'no_sensor'])
  })
})
