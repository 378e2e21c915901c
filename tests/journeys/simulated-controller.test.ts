import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enqueueCommand } from '../../gateway/commands/enqueue.ts'
import { openSimulatorBench } from '../support/simulator-bench.ts'

type Bench = Awaited<ReturnType<typeof openSimulatorBench>>

let bench: Bench
let on: ReturnType<Bench['switchControllerOn']>
let DeviceSN: string
let met = 0
beforeAll(async () => {
  bench = await openSimulatorBench()
})
afterAll(() => bench.stop())

beforeEach(async () => {
  met += 1
  DeviceSN = `DOORS00${met}`
  on = bench.switchControllerOn(DeviceSN, {
    people: Object.fromEntries([
      ['1001', [1, 2, 3]],
      ...Array.from({ length: 6 }, (_, index) => [`200${index}`, [1]]),
    ]),
    packetRows: 3,
    zone: 'Europe/Lisbon',
  })
  const closed = async () => (await doors()).filter(({ State }) => State === 'Closed').length
  await bench.wait('four doors', async () => (await closed()) === 4)
  const RelayPolarity = { DeviceSN, Name: 'RelayPolarity', Value: 'energised' } as const
  await bench.client.call('devices.setProfile', RelayPolarity)
})
afterEach(() => on.stop())

async function doors() {
  // Before its first contact nobody knows it; then it would be refused by name.
  const all = (await bench.client.call('doors.status', {})).body.Doors
  return all.filter(door => door.DeviceSN === DeviceSN)
}
const door = async (number: number) => (await doors()).find(({ DoorNo }) => DoorNo === number)
const logOf = async () => {
  const range = { DeviceSN, FromDate: '2000-01-01', ToDate: '2099-12-31', Order: 'asc' } as const
  return (await bench.client.call('doors.logs', range)).body.Events
}
const happened = async (number: number) =>
  (await logOf()).flatMap(({ DoorNo, Event }) => (DoorNo === number ? [Event] : []))
const stateOf = async (CommandID: string) =>
  (await bench.client.call('devices.commandStatus', { CommandID })).body.State

describe('a simulated controller', () => {
  it('registers, states four doors and names its people', async () => {
    expect(await doors()).toHaveLength(4)
    const { body } = await bench.client.call('devices.info', { DeviceSN })
    expect(body).toMatchObject({ Model: 'C3-400', FirmwareVersion: 'AC Ver 5.7.8.3033', Rejects: 0 })
    const users = async () => (await bench.client.call('users.list', { DeviceSN })).body.Users
    await bench.wait('its people', async () => (await users()).length === 7)
  })

  it('opens the door it is told to: relay, sensor and log, all of one order', async () => {
    const { body } = await bench.client.call('doors.open', { DeviceSN, DoorNo: 3, Seconds: 6 })
    await bench.wait('an answer', async () => (await stateOf(body.CommandID)) === 'Done')
    await bench.wait('the relay', async () => (await door(3))?.LockState === 'Unlocked')
    await bench.wait('the door to open', async () => (await door(3))?.State === 'Open')
    expect((await doors()).map(({ State }) => State)).toEqual(['Closed', 'Closed', 'Open', 'Closed'])
    await bench.wait('the door to close', async () => (await door(3))?.State === 'Closed')
    await bench.wait('the relay to let go', async () => (await door(3))?.LockState === 'Locked')
    const events = (await logOf()).filter(({ DoorNo }) => DoorNo === 3)
    expect(events.map(({ Event, CommandID }) => [Event, CommandID])).toEqual([
      ['RemoteOpen', body.CommandID],
      ['Opened', null],
      ['Closed', null],
    ])
  })

  it('lets in who may, refuses who may not, and knows a strange card when it sees one', async () => {
    const pass = { direction: 0, verify: 4, heldMs: 3000 } as const
    const cameAt = bench.clock.now()
    on.controller.pass({ ...pass, pin: '1001', door: 2 })
    await bench.wait('the door to have closed', async () => (await happened(2)).includes('Closed'))
    on.controller.pass({ ...pass, pin: '1001', door: 4 })
    on.controller.pass({ ...pass, pin: undefined, card: '5551234', door: 4 })
    await bench.wait('two refusals', async () => (await happened(4)).length === 2)
    expect(await happened(2)).toEqual(['Granted', 'Opened', 'Closed'])
    expect((await logOf()).filter(({ DoorNo }) => DoorNo === 4)).toMatchObject([
      { Event: 'Denied', EmployeeCode: '1001', Detail: 'unauthorised access' },
      { Event: 'Denied', EmployeeCode: null, Detail: 'not registered' },
    ])
    const [punch, ...more] = await bench.punchesOf(DeviceSN)
    expect(punch).toMatchObject({ EmployeeCode: '1001', Type: 'card', Flags: [] })
    expect(more).toEqual([])
    // It was made in Lisbon and has asked for the time here.
    expect(Date.parse(`${punch?.AttendanceLog.replace(' ', 'T')}+05:30`)).toBe(
      Math.floor(cameAt / 1000) * 1000,
    )
  })

  it('raises alarms that end: held open until shut, forced until somebody has looked', async () => {
    on.controller.pass({ pin: '1001', door: 1, direction: 0, verify: 4, heldMs: 25_000 })
    await bench.wait('the alarm', async () => (await door(1))?.Alarm === 'HeldOpen')
    on.controller.force(2, 4000)
    await bench.wait('the other alarm', async () => (await door(2))?.Alarm === 'Forced')
    await bench.wait('both to end', async () => (await doors()).every(({ Alarm }) => Alarm === 'None'))
    expect(await happened(1)).toEqual(['Granted', 'Opened', 'HeldOpen', 'Closed'])
    expect(await happened(2)).toEqual(['Forced', 'Closed', 'AlarmCancelled'])
  })

  it('brings the passes of a range when asked for them, in packets, and counts them', async () => {
    const records = Array.from({ length: 8 }, (_, second) => ({
      local: `2026-01-05 09:00:0${second}`,
      pin: `200${second % 6}`,
      card: '0',
      door: 1,
      event: 0,
      direction: 0 as const,
      verify: 4,
    }))
    on.controller.load(records, false)
    const { command } = await enqueueCommand(bench.running.gateway.deps, {
      sn: DeviceSN,
      kind: 'attendance.query',
      payload: { from: '2026-01-05 09:00:01', to: '2026-01-05 10:00:00' },
      actor: null,
      key: null,
    })
    const CommandID = String(command.id)
    await bench.wait('the answer', async () => (await stateOf(CommandID)) === 'Done')
    expect(await bench.punchesOf(DeviceSN)).toHaveLength(7)
    const status = (await bench.client.call('devices.commandStatus', { CommandID })).body
    expect(status).toMatchObject({ ReturnCode: 7, Result: '7 new, 0 known already' })
  })

  it('restarts, says so, and answers when asked whether it is there', async () => {
    const restart = (await bench.client.call('devices.restart', { DeviceSN })).body
    await bench.wait('the restart', async () => (await stateOf(restart.CommandID)) === 'Done')
    await bench.wait('its report', async () => (await happened(0)).length === 1)
    const ping = (await bench.client.call('devices.ping', { DeviceSN })).body
    await bench.wait('an answer', async () => (await stateOf(ping.CommandID)) === 'Done')
    expect((await doors()).every(({ Online, State }) => Online && State === 'Closed')).toBe(true)
  })
})
