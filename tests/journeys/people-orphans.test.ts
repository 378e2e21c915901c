import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { openSimulatorBench } from '../support/simulator-bench.ts'

type Bench = Awaited<ReturnType<typeof openSimulatorBench>>

const day = 86_400_000
const both = ['GATE1', 'DOORS1']
const strangers = ['7001', '7002', '7003', '7004']
let bench: Bench
let gate: ReturnType<Bench['switchOn']>
let doors: ReturnType<Bench['switchControllerOn']>

/** What a terminal holds in its first day is taken as it is; people it tells of later, nobody has ordered. */
beforeAll(async () => {
  bench = await openSimulatorBench()
  const ravi = { EmployeeCode: '2002', FirstName: 'Ravi', LastName: 'Menon', Create: true }
  await bench.client.call('users.save', ravi)
  const switchOn = (more: readonly string[]) => {
    const codes = ['1001', ...more]
    gate = bench.switchOn('GATE1', {
      personalities: [],
      people: codes.map(code => ({ code, firstName: `Person${code}` })),
      knowsBy: 1,
    })
    doors = bench.switchControllerOn('DOORS1', { people: Object.fromEntries(codes.map(code => [code, [1]])) })
  }
  switchOn([])
  await bench.wait('the first day to be taken in', async () => {
    const { States } = (await bench.client.call('users.states', { EmployeeCode: '1001' })).body
    return States.length === 2
  })
  await Promise.all([gate.stop(), doors.stop()])
  bench.clock.advance(2 * day)
  switchOn(strangers)
  await bench.wait('the strangers', async () => {
    const [found, { People }] = [
      await orphans(),
      (await bench.client.call('users.directory', { Search: '700' })).body,
    ]
    return found.length === 8 && People.length === 4 && People.every(({ Fingerprints }) => Fingerprints === 1)
  })
})
afterAll(async () => {
  await Promise.all([gate.stop(), doors.stop()])
  await bench.stop()
})

const orphans = async () => (await bench.client.call('users.orphans', {})).body.Orphans
const leftOf = async (code: string) =>
  (await orphans()).filter(({ EmployeeCode }) => EmployeeCode === code).map(({ DeviceSN }) => DeviceSN)
const stateOf = async (EmployeeCode: string, sn: string) =>
  (await bench.client.call('users.states', { EmployeeCode })).body.States.find(
    ({ DeviceSN }) => DeviceSN === sn,
  )?.State
const heldAt = (code: string) => ({
  GATE1: gate.terminal.users().has(code),
  DOORS1: doors.controller.rows('user').some(row => row.includes(`pin=${code}\t`)),
})
const removed = (id: string | null) =>
  bench.wait('the removal to be proven', async () => {
    const { Deletions } = (await bench.client.call('users.deletions', {})).body
    const deletion = Deletions.find(({ DeletionID }) => DeletionID === id)
    return deletion?.State === 'Done' ? deletion : null
  })

it('lists who turned up on terminals of both flavours, with the name each has there', async () => {
  const found = await orphans()
  expect(found.map(({ DeviceSN, EmployeeCode, KnownAs }) => [DeviceSN, EmployeeCode, KnownAs])).toEqual(
    [...both].sort().flatMap(sn => strangers.map(code => [sn, code, null])),
  )
  expect(found.find(({ DeviceSN }) => DeviceSN === 'GATE1')).toMatchObject({
    Name: 'Person7001',
    Card: '97001',
    UserType: 'User',
  })
  expect(found.find(({ DeviceSN }) => DeviceSN === 'DOORS1')?.Name).toBe('Asha 7001')
  expect((await bench.client.call('users.facets', {})).body.Orphans).toBe(8)
})

it('does not let a newcomer with a known code rename its holder, and says whose the code is', async () => {
  const { upload } = createFakeDevice(bench.running.devicesUrl, 'OTHER1')
  await createFakeDevice(bench.running.devicesUrl, 'OTHER1').handshake()
  await bench.running.store.write(write =>
    write.updateTable('device').set({ adopted_at: 0 }).where('sn', '=', 'OTHER1').execute(),
  )
  const nameOf = async () => {
    const { Person } = (await bench.client.call('users.record', { EmployeeCode: '1001' })).body
    return `${Person.FirstName} ${Person.LastName}`.trim()
  }
  const name = await nameOf()
  await upload('OPERLOG', 'USER PIN=1001\tName=Somebody Else\tPri=0\n')
  const found = (await orphans()).find(({ DeviceSN }) => DeviceSN === 'OTHER1')
  expect([found?.Name, found?.KnownAs]).toEqual(['Somebody Else', name])
  expect(await nameOf()).toBe(name)
  await bench.client.call('users.resolveOrphan', {
    DeviceSN: 'OTHER1',
    EmployeeCode: ['1001'],
    Action: 'Remove',
  })
})

it.each(both)('imports somebody from %s: they are in the directory and wanted there', async DeviceSN => {
  const { body } = await bench.client.call('users.resolveOrphan', {
    DeviceSN,
    EmployeeCode: ['7001'],
    Action: 'Import',
  })
  expect(body).toMatchObject({ Resolved: 1, DeletionID: null, JobID: expect.any(String) })
  expect(await leftOf('7001')).not.toContain(DeviceSN)
  await bench.wait('7001 to be as wanted', async () => (await stateOf('7001', DeviceSN)) === 'InStep')
  expect(heldAt('7001')).toMatchObject({ [DeviceSN]: true })
  const { Person } = (await bench.client.call('users.record', { EmployeeCode: '7001' })).body
  expect(Person.Managed).toBe(true)
  const { Changes } = (await bench.client.call('users.changes', { EmployeeCode: '7001' })).body
  expect(Changes.map(({ What, To }) => [What, To])).toContainEqual(['Imported', `from ${DeviceSN}`])
})

it.each(both)('maps a PIN at %s to a person: their own code goes there, the PIN goes', async DeviceSN => {
  const { body } = await bench.client.call('users.resolveOrphan', {
    DeviceSN,
    EmployeeCode: ['7002'],
    Action: 'Map',
    MapTo: '2002',
  })
  const deletion = await removed(body.DeletionID)
  expect(deletion.Terminals).toMatchObject([{ DeviceSN, State: 'Confirmed', Proof: 'ReadBack' }])
  await bench.wait('2002 to be as wanted', async () => (await stateOf('2002', DeviceSN)) === 'InStep')
  expect(heldAt('2002')).toMatchObject({ [DeviceSN]: true })
  expect(heldAt('7002')).toMatchObject({ [DeviceSN]: false })
  // What was enrolled under the wrong PIN is that person's.
  const { Person } = (await bench.client.call('users.record', { EmployeeCode: '2002' })).body
  expect(Person.Credentials).toHaveLength(1)
})

it.each(both)('maps a PIN at %s to the same code: nobody is removed', async DeviceSN => {
  const { body } = await bench.client.call('users.resolveOrphan', {
    DeviceSN,
    EmployeeCode: ['7004'],
    Action: 'Map',
    MapTo: '7004',
  })
  expect(body.DeletionID).toBeNull()
  await bench.wait('7004 to be as wanted', async () => (await stateOf('7004', DeviceSN)) === 'InStep')
  expect(heldAt('7004')).toMatchObject({ [DeviceSN]: true })
})

it.each(both)(
  'removes somebody from %s, with a tick once the terminal holds them no more',
  async DeviceSN => {
    const { body } = await bench.client.call('users.resolveOrphan', {
      DeviceSN,
      EmployeeCode: ['7003'],
      Action: 'Remove',
    })
    const deletion = await removed(body.DeletionID)
    expect(deletion.Terminals).toMatchObject([{ DeviceSN, State: 'Confirmed', Proof: 'ReadBack' }])
    expect(heldAt('7003')).toMatchObject({ [DeviceSN]: false })
  },
)

it('has nobody left, and has left alone who was there from the start', async () => {
  expect(await orphans()).toEqual([])
  expect(heldAt('1001')).toEqual({ GATE1: true, DOORS1: true })
  await expect(
    bench.client.call('users.resolveOrphan', {
      DeviceSN: 'GATE1',
      EmployeeCode: ['7001', '7004'],
      Action: 'Map',
      MapTo: '2002',
    }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'MapTo' })
})
