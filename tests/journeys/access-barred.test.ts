import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DoorBench, openDoorBench } from '../support/door-bench.ts'
import { createFakeController, type FakeController } from '../support/fake-controller.ts'
import { createFakeDevice } from '../support/fake-device.ts'

/** A Tuesday, 15:30 in Kolkata. */
let bench: DoorBench
beforeAll(async () => {
  bench = await openDoorBench('2026-09-15T10:00:00Z')
})
afterAll(() => bench.stop())

const letIn = (DeviceSN: string, EmployeeCode: string[]) =>
  bench.client.call('doors.setSchedule', {
    DeviceSN,
    ScheduleID: 3,
    Windows: [{ Day: 'Tuesday', Start: '08:00', End: '20:00' }],
    EmployeeCode,
  })
const add = (EmployeeCode: string, more: { ValidFrom?: string; ValidTo?: string } = {}) =>
  bench.client.call('users.save', { EmployeeCode, FirstName: 'Asha', Create: true, ...more })
const ask = async (controller: FakeController, pin: string, door = 1) =>
  (
    await controller.request(
      'POST',
      `/iclock/cdata?SN=${controller.sn}&AuthType=device`,
      `time=2026-09-15 15:30:00\tpin=${pin}\tcardno=0\taddrtype=2\teventaddr=${door}\tevent=0\tinoutstatus=0\tverifytype=1`,
    )
  ).body

describe('who has a window, asked about by a terminal that leaves the decision to us', () => {
  it('is refused while suspended, before and after a validity, and once gone', async () => {
    const controller = await bench.started('BARRED1')
    await letIn('BARRED1', ['7001', '7002', '7003', '7004', '7005', '7006'])
    await add('7001')
    await add('7002')
    await add('7003', { ValidTo: '2026-09-14' })
    await add('7004', { ValidFrom: '2026-09-16' })
    await add('7005', { ValidFrom: '2026-09-15', ValidTo: '2026-09-15' })
    await add('7006')
    expect(await ask(controller, '7002')).toMatch(/^AUTH=SUCCESS\r\n.*CONTROL DEVICE 01010105$/s)
    await bench.client.call('users.suspend', { EmployeeCode: '7002' })
    await bench.client.call('users.offboard', { EmployeeCode: '7006' })
    expect(await ask(controller, '7001')).toMatch(/^AUTH=SUCCESS\r\n/)
    expect(await ask(controller, '7005')).toMatch(/^AUTH=SUCCESS\r\n/)
    for (const code of ['7002', '7003', '7004', '7006']) {
      const reply = await ask(controller, code)
      expect(reply).toMatch(/^AUTH=FAILED\r\n.*\r\n\r\nTIPS=No access here$/s)
      expect(reply).not.toContain('CONTROL DEVICE')
    }
    const who = async (At?: string) =>
      (
        await bench.client.call('doors.whoCanOpen', { DeviceSN: 'BARRED1', DoorNo: 1, ...(At ? { At } : {}) })
      ).body.People.map(({ EmployeeCode }) => EmployeeCode)
    expect(await who()).toEqual(['7001', '7005'])
    expect(await who('2026-09-22 12:00')).toEqual(['7001', '7004'])
    const what = async (EmployeeCode: string) =>
      (await bench.client.call('doors.whatCanOpen', { EmployeeCode })).body.Doors.map(({ Now }) => Now)
    expect(await what('7001')).toEqual([true, true, true, true])
    expect(await what('7002')).toEqual([false, false, false, false])
    await bench.client.call('users.resume', { EmployeeCode: '7002' })
    expect(await ask(controller, '7002')).toMatch(/^AUTH=SUCCESS\r\n/)
  })

  it('is not let through a door that was locked, and is again once that has ended', async () => {
    const controller = await bench.started('BARRED2')
    await letIn('BARRED2', ['7001'])
    await bench.obey(controller)
    const lock = (Mode: 'Lock' | 'Normal') =>
      bench.client.call(
        'doors.lock',
        { DeviceSN: 'BARRED2', DoorNo: 2, Mode, ...(Mode === 'Lock' ? { Until: bench.in(600_000) } : {}) },
        bench.key(),
      )
    await lock('Lock')
    await bench.obey(controller)
    expect(await ask(controller, '7001', 2)).toMatch(/^AUTH=FAILED\r\n.*\r\n\r\nTIPS=Door locked$/s)
    expect(await ask(controller, '7001', 1)).toMatch(/CONTROL DEVICE 01010105$/)
    await lock('Normal')
    await bench.obey(controller)
    expect(await ask(controller, '7001', 2)).toMatch(/CONTROL DEVICE 01020105$/)
  })
})

describe('a door in a lock-down', () => {
  it('lets nobody in through our answer either where its terminal cannot lock it, until that is over', async () => {
    const controller = createFakeController(bench.running.devicesUrl, 'BARRED5', 2)
    await controller.start()
    await letIn('BARRED5', ['7001'])
    const start = (Drill: boolean) =>
      bench.client.call(
        'doors.startEmergency',
        { Kind: 'Lockdown', Door: 'BARRED5/1', Reason: 'Heard shots', Drill },
        bench.key(),
      )
    const drill = (await start(true)).body.Emergency.EmergencyID
    expect(await ask(controller, '7001')).toMatch(/CONTROL DEVICE 01010105$/)
    await bench.client.call('doors.endEmergency', { EmergencyID: drill })
    const { EmergencyID } = (await start(false)).body.Emergency
    expect(await ask(controller, '7001')).toMatch(/^AUTH=FAILED\r\n.*TIPS=Door locked$/s)
    expect(await ask(controller, '7001', 2)).toMatch(/CONTROL DEVICE 01020105$/)
    await bench.client.call('doors.endEmergency', { EmergencyID })
    expect(await ask(controller, '7001')).toMatch(/CONTROL DEVICE 01010105$/)
  })
})

describe('a question of old firmware, with the keypad code in it', () => {
  it('is decided nowhere, and kept nowhere', async () => {
    const controller = await bench.started('BARRED4')
    const reply = await controller.request(
      'POST',
      '/iclock/cdata?SN=BARRED4&AuthType=PWD',
      'PIN=7\tSize=4\tTMP=7391',
    )
    expect(reply.body).toBe('AUTH=TIMEOUT')
    const kept = await bench.running.store.read
      .selectFrom('quarantine')
      .select('id')
      .where('sn', '=', 'BARRED4')
      .execute()
    expect(kept).toEqual([])
  })
})

describe('an attendance terminal, whose people follow groups', () => {
  it('is not said to let in nobody, since only it knows', async () => {
    const device = createFakeDevice(bench.running.devicesUrl, 'BARRED3')
    await device.handshake()
    await device.upload('options', 'LockFunOn=1')
    await bench.client.call('doors.setSchedule', {
      DeviceSN: 'BARRED3',
      ScheduleID: 2,
      Windows: [{ Day: 'Monday', Start: '08:00', End: '18:00' }],
      GroupID: 5,
    })
    const who = await bench.client.call('doors.whoCanOpen', { DeviceSN: 'BARRED3', DoorNo: 1 })
    expect(who.body).toMatchObject({ Decided: false, People: [] })
    const { Undecided } = (await bench.client.call('doors.whatCanOpen', { EmployeeCode: '7001' })).body
    expect(Undecided).toContain('BARRED3')
  })
})
