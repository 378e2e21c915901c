import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperationRecord } from '#contract/operation.ts'
import { operations } from '#contract/operations/index.ts'
import type { OperationId } from '#contract/types.ts'
import { rolePermissions } from '../../proxy/access/roles.ts'
import { createFakeController, type FakeController } from '../support/fake-controller.ts'
import { localNow } from '../support/local-time.ts'
import { sampleInput } from '../support/sample-input.ts'
import { type SignedIn, signIn, startAll, type TestSystem } from '../support/start-all.ts'
import { until } from '../support/until.ts'

const zone = 'Asia/Kolkata'
/** Everything by which the other site could be known. */
const foreign = /SCOPES1|South|9002/
const records = Object.entries(operations) as [OperationId, OperationRecord][]
const mayGuard = new Set<string>(rolePermissions.security)

let system: TestSystem
let guard: SignedIn
let north: FakeController
let south: FakeController
let ids: Record<'alarm' | 'rule' | 'plan' | 'emergency' | 'event' | 'command' | 'hold', string>
const now = () => localNow(zone)
const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const day = (shift: number) => localNow(zone, Date.now() + shift * 86_400_000).slice(0, 10)

const startController = async (sn: string, site: string) => {
  const controller = createFakeController(system.gateway.devicesUrl, sn, 2)
  await controller.handshake()
  await controller.registry(',AccSupportFunList=001000000000')
  await controller.push()
  await controller.poll()
  await system.gateway.client().call('devices.adopt', {
    DeviceSN: sn,
    LabelName: `${site} gate`,
    Site: site,
    TimeZone: zone,
    HasDoor: true,
  })
  await controller.state(now(), '05')
  return controller
}
/** Does what is waiting, as the terminal would. */
const obey = async (controller: FakeController) => {
  const { commands } = await controller.poll()
  for (const { id } of commands) await controller.result(id, 0, 'CONTROL DEVICE')
  return commands
}

beforeAll(async () => {
  system = await startAll({ accounts: { security: ['security'] }, timeZone: zone })
  const made = await system.proxy.accounts.add({ name: 'guard', roles: ['security'], sites: ['North'] })
  guard = await signIn({ url: system.url, passwords: { guard: made.password } }, 'guard')
  north = await startController('SCOPEN1', 'North')
  south = await startController('SCOPES1', 'South')
  const client = system.gateway.client()
  await south.events(
    { time: now(), event: 0, pin: '9002', door: 1, direction: 0, verify: 4 },
    { time: now(), event: 102, door: 1 },
    { time: now(), event: 23, pin: '9002', door: 2, verify: 4 },
  )
  await client.call('doors.setDoor', { DeviceSN: 'SCOPES1', DoorNo: 1, DoorName: 'South dock' })
  await client.call('doors.saveZone', { Zone: 'South hall', Doors: ['SCOPES1/1', 'SCOPES1/2'] })
  const rule = await client.call('doors.saveAlarmRule', { Name: 'South', Kinds: ['Forced'], Site: 'South' })
  const plan = await client.call('doors.savePlan', { Name: 'South floor', Site: 'South' })
  await client.call('doors.placeDoors', {
    PlanID: plan.body.PlanID,
    Places: [{ Door: 'SCOPES1/1', X: 0.5, Y: 0.5 }],
  })
  const options = () => ({ headers: key() })
  const open = await client.call('doors.open', { DeviceSN: 'SCOPES1', DoorNo: 2 }, options())
  await obey(south)
  await client.call('doors.lock', { DeviceSN: 'SCOPES1', DoorNo: 2, Mode: 'HoldOpen' }, options())
  await obey(south)
  const started = await client.call(
    'doors.startEmergency',
    { Kind: 'Lockdown', Site: 'South', Drill: true },
    options(),
  )
  const emergency = started.body.Emergency.EmergencyID
  await client.call('doors.saveMuster', {
    RollCallID: `day-${new Date().toISOString().slice(0, 10)}`,
    Ticks: [{ TickID: 'tick-south-1', EmployeeCode: '9002', State: 'Safe', At: new Date().toISOString() }],
  })
  const [alarm] = (await client.call('doors.alarms', {})).body.Alarms
  const [event] = (await client.call('doors.logs', { FromDate: day(-1), ToDate: day(1), Event: ['Denied'] }))
    .body.Events
  const [hold] = (await client.call('doors.holds', {})).body.Holds
  ids = {
    alarm: alarm?.AlarmID ?? '',
    rule: rule.body.RuleID,
    plan: plan.body.PlanID,
    emergency,
    event: event?.EventID ?? '',
    command: open.body.CommandID,
    hold: hold?.HoldID ?? '',
  }
})
afterAll(() => system.stop())

const range = () => ({ FromDate: day(-1), ToDate: day(1) })
const query = (fields: Record<string, unknown>) =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
/** What the guard is told, whatever it is: text, so that files count as well. */
const read = async (name: string, fields: Record<string, unknown>) => {
  const reply = await fetch(`${system.url}/api/v3/${name}?${query(fields)}`, {
    headers: { cookie: guard.cookie },
  })
  return { status: reply.status, text: await reply.text() }
}

describe('a guard of one site', () => {
  const reads = records.filter(([, { method, permission }]) => method === 'GET' && mayGuard.has(permission))

  it.each(reads)('is told nothing of another site by %s', async (id, record) => {
    const { DeviceSN, ...sample } = sampleInput(id)
    const wide = { ...sample, ...('FromDate' in record.input.shape ? range() : {}) }
    const needsDevice = !record.input.shape.DeviceSN?.safeParse(undefined).success
    const asked = needsDevice && DeviceSN !== undefined ? { ...wide, DeviceSN: 'SCOPEN1' } : wide
    const open = await read(record.name, asked)
    expect(open.text).not.toMatch(foreign)
    if (!('DeviceSN' in record.input.shape)) return
    const aimed = await read(record.name, { ...wide, DeviceSN: 'SCOPES1' })
    // It may repeat what was asked for, and nothing else.
    expect([403, 404]).toContain(aimed.status)
    expect(aimed.text.replaceAll('SCOPES1', '')).not.toMatch(foreign)
  })

  it('learns nothing by the ids of what belongs to another site', async () => {
    for (const [name, fields] of [
      ['doors.emergency', { EmergencyID: ids.emergency }],
      ['doors.rollCall', { EmergencyID: ids.emergency }],
      ['doors.planImage', { PlanID: ids.plan }],
      ['doors.whyDenied', { EventID: ids.event }],
      ['doors.proof', { CommandID: ids.command }],
      ['devices.commandStatus', { CommandID: ids.command }],
    ] as const) {
      const { status, text } = await read(operations[name].name, fields)
      expect([name, status === 403 || status === 404]).toEqual([name, true])
      expect(text.replaceAll('SCOPES1', '')).not.toMatch(foreign)
    }
  })

  it('moves nothing at another site, by whichever operation', async () => {
    await obey(south)
    const at = { DeviceSN: 'SCOPES1' }
    const windows = [{ Day: 'Monday', Start: '08:00', End: '18:00' }]
    const orders: [OperationId, object][] = [
      ['doors.open', { ...at, DoorNo: 1 }],
      ['doors.lock', { ...at, DoorNo: 1, Mode: 'Lock' }],
      ['doors.lock', { ...at, DoorNo: 2, Mode: 'Normal' }],
      ['doors.setSchedule', { ...at, ScheduleID: 1, Windows: windows }],
      ['doors.setHolidays', { ...at, Holidays: [] }],
      ['doors.previewSchedule', { ...at, ScheduleID: 1, Windows: windows }],
      ['doors.setDoor', { ...at, DoorNo: 1, DoorName: 'Mine' }],
      ['doors.cancel', { CommandID: ids.command }],
      ['doors.approve', { HoldID: ids.hold }],
      ['doors.startEmergency', { Kind: 'Lockdown', Door: 'SCOPES1/1' }],
      ['doors.startEmergency', { Kind: 'Lockdown', Zone: 'South hall' }],
      ['doors.startEmergency', { Kind: 'Lockdown', Site: 'South' }],
      ['doors.endEmergency', { EmergencyID: ids.emergency }],
      ['doors.actOnAlarm', { AlarmID: ids.alarm, Action: 'Clear', Silence: true }],
      ['doors.saveAlarmRule', { Name: 'All', Kinds: ['Forced'], Raise: false }],
      ['doors.saveAlarmRule', { RuleID: ids.rule, Name: 'Mine', Kinds: ['Forced'], Site: 'North' }],
      ['doors.removeAlarmRule', { RuleID: ids.rule }],
      ['doors.saveZone', { Zone: 'South hall', Doors: ['SCOPES1/1'] }],
      ['doors.removeZone', { Zone: 'South hall' }],
      ['doors.savePlan', { PlanID: ids.plan, Name: 'Mine', Site: 'North' }],
      ['doors.placeDoors', { PlanID: ids.plan, Places: [] }],
      ['doors.removePlan', { PlanID: ids.plan }],
    ]
    for (const [id, input] of orders) {
      const { status } = await guard.post(`/api/v3/${operations[id].name}`, input, key())
      expect([id, status === 403 || status === 404]).toEqual([id, true])
    }
    const tried = new Set(orders.map(([id]) => id))
    const left = records
      .filter(([id, { method }]) => id.startsWith('doors.') && method === 'POST' && !tried.has(id))
      .map(([id]) => id)
    // That one is answered without acting on strangers, below.
    expect(left).toEqual(['doors.saveMuster'])
    expect((await south.poll()).commands).toEqual([])
  })

  it('ticks off nobody of another site, and is told of nobody’s tick', async () => {
    const RollCallID = `day-${new Date().toISOString().slice(0, 10)}`
    const { status, body } = await guard.post('/api/v3/SaveMusterTicks', {
      RollCallID,
      Ticks: [
        { TickID: 'tick-north-1', EmployeeCode: '9002', State: 'Missing', At: new Date().toISOString() },
      ],
    })
    expect([status, body.Added, body.Ticks]).toEqual([200, 0, []])
  })

  it('reaches the doors of its own site, and those only, by "everything"', async () => {
    const opened = await guard.post('/api/v3/OpenDoor', { DeviceSN: 'SCOPEN1', DoorNo: 1 }, key())
    expect(opened.status).toBe(200)
    expect(await obey(north)).toHaveLength(1)
    const { status, body } = await guard.post('/api/v3/StartEmergency', { Kind: 'Lockdown' }, key())
    expect([status, (body.Emergency as { ScopeName: string }).ScopeName]).toEqual([200, 'North'])
    expect(JSON.stringify(body)).not.toMatch(foreign)
    expect((await obey(north)).length).toBeGreaterThan(0)
    expect((await south.poll()).commands).toEqual([])
    const { EmergencyID } = body.Emergency as { EmergencyID: string }
    expect((await guard.post('/api/v3/EndEmergency', { EmergencyID }, key())).status).toBe(200)
  })

  it('hears live of its own site only; a colleague without a bound hears of both', async () => {
    const colleague = await signIn(system, 'security')
    const [bound, free] = [await guard.events(), await colleague.events()]
    await south.events({ time: now(), event: 102, door: 2 })
    await guard.post('/api/v3/OpenDoor', { DeviceSN: 'SCOPEN1', DoorNo: 2 }, key())
    await obey(north)
    await north.events({ time: now(), event: 102, door: 1 })
    const told = ({ frames }: typeof bound, sn: string, event: string) =>
      frames.some(frame => frame.event === event && JSON.stringify(frame.data).includes(sn))
    await until('both have heard of the north', () =>
      [bound, free].every(
        stream => told(stream, 'SCOPEN1', 'OnDoor') && told(stream, 'SCOPEN1', 'OnCommand'),
      ),
    )
    await until('the colleague has heard of the south', () => told(free, 'SCOPES1', 'OnDoor'))
    expect(JSON.stringify(bound.frames)).not.toMatch(foreign)
    for (const stream of [bound, free]) stream.close()
  })

  it('loses its live connection when it is bound to another site, and then sees that one', async () => {
    const stream = await guard.events()
    await system.proxy.accounts.setSites('guard', ['South'])
    await until('the stream has ended', () => stream.ended())
    await until('the other site is seen', async () =>
      (await read('GetDoorStatus', {})).text.includes('SCOPES1'),
    )
    expect((await read('GetDoorStatus', {})).text).not.toContain('SCOPEN1')
  })
})
