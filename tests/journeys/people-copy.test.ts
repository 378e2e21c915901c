import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { openSimulatorBench } from '../support/simulator-bench.ts'

type Bench = Awaited<ReturnType<typeof openSimulatorBench>>

const codes = ['1001', '1002', '1003', '1004', '1005', '1006']
const people = codes.map(code => ({ code, firstName: `Asha${code}` }))
let bench: Bench
let asleep = false
const stops: (() => Promise<void>)[] = []
let small: ReturnType<Bench['switchOn']>
let sleeper: ReturnType<Bench['switchOn']>
let doors: ReturnType<Bench['switchControllerOn']>
beforeAll(async () => {
  bench = await openSimulatorBench()
  const source = bench.switchOn('SOURCE1', { personalities: [], people, knowsBy: 1 })
  small = bench.switchOn('SMALL1', { personalities: [], people: [], usersMax: 4 })
  sleeper = bench.switchOn('SLEEPER1', { personalities: [], people: [], asleep: () => asleep })
  doors = bench.switchControllerOn('DOORS1', { people: {} })
  stops.push(source.stop, small.stop, sleeper.stop, doors.stop)
  await bench.wait('the templates of the source', async () => {
    const { People } = (await bench.client.call('users.directory', {})).body
    const { Devices } = (await bench.client.call('devices.list', {})).body
    return (
      Devices.length === 4 && People.length === 6 && People.every(({ Fingerprints }) => Fingerprints === 1)
    )
  })
  await bench.wait('all options', async () => {
    const infos = await Promise.all(['SMALL1', 'SLEEPER1', 'DOORS1'].map(sn => bench.infoOf(sn)))
    return infos.every(({ Options }) => Options.FPVersion !== undefined)
  })
  asleep = true
  await bench.wait('the sleeper to be missed', async () => {
    const { Devices } = (await bench.client.call('devices.list', {})).body
    return Devices.find(({ DeviceSN }) => DeviceSN === 'SLEEPER1')?.Online === false
  })
})
afterAll(async () => {
  await Promise.all(stops.map(stop => stop()))
  await bench.stop()
})

const statesAt = async (DeviceSN: string) =>
  (await bench.client.call('users.states', { DeviceSN })).body.States

it('takes what a terminal holds on its first day as it is, and orders nothing there', async () => {
  const states = await statesAt('SOURCE1')
  expect(states.map(({ EmployeeCode, State }) => [EmployeeCode, State])).toEqual(
    codes.map(code => [code, 'InStep']),
  )
  expect((await bench.client.call('users.orphans', {})).body.Orphans).toEqual([])
})

it('says before a copy what it would come to', async () => {
  const { body } = await bench.client.call('users.forecast', {
    SourceDeviceSN: 'SOURCE1',
    TargetDeviceSN: ['SMALL1', 'SLEEPER1', 'DOORS1'],
  })
  expect(body.People).toBe(6)
  const of = (sn: string) => body.Targets.find(({ DeviceSN }) => DeviceSN === sn)
  expect(of('SMALL1')?.Counts).toContainEqual({ What: 'Users', Now: 0, After: 6, Max: 3000 })
  expect(of('SLEEPER1')?.Warnings).toEqual(['It is offline; the push waits for it'])
  expect(of('DOORS1')?.Fits).toBe(true)
})

it('copies to three terminals of which one is full and one asleep, and says so of each', async () => {
  const answer = await bench.client.call('users.copy', {
    SourceDeviceSN: 'SOURCE1',
    TargetDeviceSN: ['SMALL1', 'SLEEPER1', 'DOORS1'],
  })
  expect(answer.status).toBe(200)
  const jobOf = async () => (await bench.client.call('users.job', { JobID: answer.body.JobID })).body.Job
  const job = await bench.wait('two of the three', async () => {
    const now = await jobOf()
    return now.InStep === 10 && now.Troubles === 2 ? now : null
  })
  expect([job.State, job.Total, job.Waiting, job.Progress]).toEqual(['Running', 18, 6, 66])
  const at = (sn: string) => job.Terminals.find(({ DeviceSN }) => DeviceSN === sn)
  expect(at('SMALL1')).toMatchObject({ InStep: 4, Troubles: 2 })
  expect(at('SMALL1')?.Reason).toBe('Terminal full: User: capacity reached (-1001)')
  expect(at('SLEEPER1')?.Reason).toMatch(/^Offline since /)
  expect(at('DOORS1')).toMatchObject({ InStep: 6, Troubles: 0 })
  expect(doors.controller.rows('templatev10')).toHaveLength(6)
  expect(small.terminal.users().size).toBe(4)
  expect(small.terminal.templates()).toBe(4)

  asleep = false
  const done = await bench.wait('the sleeper', async () => {
    const now = await jobOf()
    return now.State === 'Running' ? null : now
  })
  expect([done.State, done.InStep, done.Troubles]).toEqual(['DoneWithTroubles', 16, 2])
  expect(sleeper.terminal.users().size).toBe(6)
  expect(sleeper.terminal.templates()).toBe(6)
})

it('finds who turned up later, and imports or removes them', async () => {
  const late = bench.running.gateway.deps.clock.now() - 48 * 3_600_000
  await bench.running.store.write(write =>
    write.updateTable('device').set({ adopted_at: late }).where('sn', '=', 'SOURCE1').execute(),
  )
  const device = createFakeDevice(bench.running.devicesUrl, 'SOURCE1')
  await device.upload(
    'OPERLOG',
    'USER PIN=77\tName=Ghost\tPri=14\tCard=\nUSER PIN=78\tName=Temp\tPri=0\tCard=\n',
  )
  const { Orphans } = (await bench.client.call('users.orphans', { DeviceSN: 'SOURCE1' })).body
  expect(Orphans.map(({ EmployeeCode, Name, UserType }) => [EmployeeCode, Name, UserType])).toEqual([
    ['77', 'Ghost', 'Admin'],
    ['78', 'Temp', 'User'],
  ])
  const { Administrators } = (await bench.client.call('users.admins', { DeviceSN: 'SOURCE1' })).body
  expect(Administrators).toMatchObject([{ EmployeeCode: '77', Privilege: 'SuperAdmin', Wanted: false }])
  await bench.client.call('users.resolveOrphan', {
    DeviceSN: 'SOURCE1',
    EmployeeCode: ['78'],
    Action: 'Import',
  })
  const removed = await bench.client.call('users.resolveOrphan', {
    DeviceSN: 'SOURCE1',
    EmployeeCode: ['77'],
    Action: 'Remove',
  })
  expect((await bench.client.call('users.orphans', { DeviceSN: 'SOURCE1' })).body.Orphans).toEqual([])
  await bench.wait('the removal', async () => {
    const { Deletions } = (await bench.client.call('users.deletions', { EmployeeCode: '77' })).body
    return Deletions[0]?.DeletionID === removed.body.DeletionID && Deletions[0]?.State === 'Done'
  })
  await bench.wait('the import', async () =>
    (await statesAt('SOURCE1')).some(
      ({ EmployeeCode, State }) => EmployeeCode === '78' && State === 'InStep',
    ),
  )
})

it('finds the same PIN for two people at two terminals', async () => {
  for (const [sn, name] of [
    ['SMALL1', 'Vikram Rao'],
    ['SLEEPER1', 'Leena Shah'],
  ] as const)
    await createFakeDevice(bench.running.devicesUrl, sn).upload(
      'OPERLOG',
      `USER PIN=900\tName=${name}\tPri=0\n`,
    )
  const { Collisions } = (await bench.client.call('users.collisions', {})).body
  expect(Collisions).toMatchObject([{ Kind: 'Pin', Value: '900' }])
  expect(Collisions[0]?.Holders.map(({ Name }) => Name).sort()).toEqual(['Leena Shah', 'Vikram Rao'])
})
