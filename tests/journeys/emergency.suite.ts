import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoorBench } from '../support/door-bench.ts'
import type { FakeController } from '../support/fake-controller.ts'
import { until } from '../support/until.ts'

/** What an emergency and a roll call promise, over any store. */
export function emergencySuite(open: () => Promise<DoorBench>): void {
  let bench: DoorBench
  beforeAll(async () => {
    bench = await open()
  })
  afterAll(() => bench.stop())

  const get = async (EmergencyID: string) =>
    (await bench.client.call('doors.emergency', { EmergencyID })).body

  describe('a lockdown of twelve controllers, two of them dead', () => {
    it('names the dead ones first, counts the others as they say yes, and reaches the dead when they are back', async () => {
      const controllers: FakeController[] = []
      for (let at = 1; at <= 12; at += 1)
        controllers.push(await bench.started(`LOCK${String(at).padStart(2, '0')}`, 1))
      const [first, second, ...alive] = controllers
      if (!first || !second) throw new Error('There are twelve')
      bench.clock.advance(600_000)
      await until('all are away', async () =>
        (await bench.client.call('doors.status', {})).body.Doors.every(({ Online }) => !Online),
      )
      for (const controller of alive) await controller.poll()
      await until(
        'ten are back',
        async () =>
          (await bench.client.call('doors.status', {})).body.Doors.filter(door => door.Online).length === 10,
      )
      const started = await bench.client.call(
        'doors.startEmergency',
        { Kind: 'Lockdown', Site: 'Main site', Reason: 'Intruder' },
        bench.key(),
      )
      const { EmergencyID } = started.body.Emergency
      expect(started.body.Emergency).toMatchObject({ Doors: 12, Pending: 10, Unreachable: 2, Confirmed: 0 })
      const alert = async () =>
        (await bench.client.call('site.alerts', {})).body.Alerts.find(({ Kind }) => Kind === 'DoorLockdown')
      expect(await alert()).toMatchObject({
        Severity: 'Critical',
        Code: 'Emergency',
        Facts: { what: 'Lockdown', where: 'Main site', reason: 'Intruder' },
        ClearedAt: null,
      })
      expect(started.body.Doors.slice(0, 2).map(({ DeviceSN, State }) => [DeviceSN, State])).toEqual([
        ['LOCK01', 'Unreachable'],
        ['LOCK02', 'Unreachable'],
      ])
      bench.clock.advance(1000)
      for (const controller of alive)
        expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 06010100'])
      bench.clock.advance(600)
      await until('ten confirmed', async () => (await get(EmergencyID)).Emergency.Confirmed === 10)
      expect((await get(EmergencyID)).Emergency).toMatchObject({ Confirmed: 10, Unreachable: 2, Ms95: null })
      await first.poll()
      bench.clock.advance(600)
      await until(
        'the first dead one is told',
        async () => (await get(EmergencyID)).Emergency.Unreachable === 1,
      )
      expect(await bench.obey(first)).toEqual(['CONTROL DEVICE 06010100'])
      bench.clock.advance(600)
      await until('eleven confirmed', async () => (await get(EmergencyID)).Emergency.Confirmed === 11)
      const active = (await bench.client.call('doors.emergencies', { Active: true })).body.Emergencies
      expect(active).toMatchObject([{ EmergencyID, Kind: 'Lockdown', Scope: 'Site', ScopeName: 'Main site' }])
      await bench.client.call('doors.endEmergency', { EmergencyID, Note: 'All clear' }, bench.key())
      expect((await alert())?.ClearedAt).not.toBeNull()
      bench.clock.advance(600)
      for (const controller of [first, ...alive])
        await until('its return is sent', async () =>
          (await bench.obey(controller)).includes('CONTROL DEVICE 06010000'),
        )
      bench.clock.advance(600)
      await until('all have returned', async () => (await get(EmergencyID)).Emergency.Returned === 11)
      expect((await get(EmergencyID)).Emergency).toMatchObject({ EndNote: 'All clear', Doors: 12 })
      expect((await second.poll()).commands).toEqual([])
      await expect(
        bench.client.call('doors.endEmergency', { EmergencyID }, bench.key()),
      ).rejects.toMatchObject({ code: 'EMERGENCY_OVER' })
    })
  })

  describe('a drill', () => {
    it('is marked and moves no relay', async () => {
      const controller = await bench.started('DRILL01', 2)
      const key = bench.key()
      const start = () =>
        bench.client.call('doors.startEmergency', { Kind: 'Evacuation', Door: 'DRILL01/2', Drill: true }, key)
      const { body } = await start()
      expect(body.Emergency).toMatchObject({ Drill: true, MovesRelays: false, Scope: 'Door' })
      expect(body.Doors).toMatchObject([{ State: 'DrillOnly' }])
      expect((await start()).body.Emergency.EmergencyID).toBe(body.Emergency.EmergencyID)
      expect((await controller.poll()).commands).toEqual([])
    })

    it('moves relays where that is chosen, for the doors of a zone', async () => {
      const controller = await bench.started('DRILL02', 2)
      await bench.client.call('doors.saveZone', { Zone: 'Dock', Doors: ['DRILL02/2'] })
      await bench.client.call(
        'doors.startEmergency',
        { Kind: 'Evacuation', Zone: 'Dock', Drill: true, MoveRelays: true },
        bench.key(),
      )
      expect(await bench.obey(controller)).toEqual(['CONTROL DEVICE 010201FF'])
      await expect(
        bench.client.call('doors.startEmergency', { Kind: 'Lockdown', Zone: 'Nowhere' }, bench.key()),
      ).rejects.toMatchObject({ code: 'ZONE_NOT_FOUND' })
    })
  })

  describe('a roll call', () => {
    it('lists who came and did not leave, marks a card that was blocked, and merges ticks by their ids', async () => {
      const controller = await bench.started('ROLL001', 2)
      const pass = (pin: string, direction: 0 | 1, shift: number) =>
        controller.events({ time: bench.local(shift), event: 0, pin, door: 1, direction, verify: 4 })
      await pass('41', 0, -60_000)
      await pass('42', 0, -50_000)
      await pass('42', 1, -40_000)
      await pass('43', 0, -30_000)
      await controller.events({ time: bench.local(-20_000), event: 38, pin: '43', door: 1 })
      const call = async () => (await bench.client.call('doors.rollCall', {})).body
      const { People, RollCallID } = await call()
      expect(People.map(({ EmployeeCode, CardDisabled }) => [EmployeeCode, CardDisabled])).toEqual([
        ['41', false],
        ['43', true],
      ])
      const tick = (TickID: string, State: 'Safe' | 'Missing', shift: number) => ({
        TickID,
        EmployeeCode: '41',
        State,
        At: bench.in(shift),
        By: 'Guard',
      })
      const save = async (...Ticks: ReturnType<typeof tick>[]) =>
        (await bench.client.call('doors.saveMuster', { RollCallID, Ticks })).body
      expect((await save(tick('phone-a-1', 'Missing', 0))).Added).toBe(1)
      expect((await save(tick('phone-a-1', 'Missing', 0), tick('phone-b-1', 'Safe', 5000))).Added).toBe(1)
      expect((await call()).Ticks.map(({ TickID, State }) => [TickID, State])).toEqual([
        ['phone-a-1', 'Missing'],
        ['phone-b-1', 'Safe'],
      ])
    })
  })
}
