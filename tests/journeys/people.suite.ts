import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { type ObedientTerminal, obedientTerminal } from '../support/obedient-terminal.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const day = 86_400_000

/** What is promised of people whatever the store; `locate` answers the address of a database, or undefined for SQLite. */
export function peopleSuite(locate: () => Promise<string | undefined>): void {
  const clock = createTestClock(Date.parse('2026-03-02T04:00:00Z'))
  let running: TestGateway
  let client: ReturnType<TestGateway['client']>
  let device: FakeDevice
  let terminal: ObedientTerminal

  beforeAll(async () => {
    running = await startGateway({ clock, databaseUrl: await locate(), timeZone: 'Asia/Kolkata' })
    client = running.client()
    device = createFakeDevice(running.devicesUrl, 'PEOPLE1')
    terminal = obedientTerminal(device)
    await device.handshake()
    await device.upload('options', 'FingerFunOn=1,FPVersion=10,~MaxUserCount=30,UserCount=2')
    await device.poll()
  })
  afterAll(() => running.stop())

  const wait = <T>(what: string, condition: () => Promise<T>) =>
    until(
      what,
      async () => {
        clock.advance(500)
        await terminal.work()
        return condition()
      },
      20_000,
    )
  const stateOf = async (EmployeeCode: string) =>
    (await client.call('users.states', { EmployeeCode })).body.States[0]
  const reaches = (code: string, state: string) =>
    wait(`${code} to be ${state}`, async () => (await stateOf(code))?.State === state)
  const codesOf = async (input: Parameters<typeof client.call<'users.directory'>>[1]) =>
    (await client.call('users.directory', input)).body.People.map(({ EmployeeCode }) => EmployeeCode)

  it('imports people: a dry run writes nothing and says of each row what it would do', async () => {
    const Rows = [
      { EmployeeCode: '0100', Name: 'Asha Rao', Department: 'Sales', Card: '500', ValidTo: '2026-03-05' },
      { EmployeeCode: '0101', FirstName: 'Ravi', Department: 'Plant', UserType: 'admin' },
      { EmployeeCode: '0102', FirstName: 'Zoya', Card: '500' },
      { EmployeeCode: '0100', FirstName: 'Twice' },
      { EmployeeCode: 'x=1', FirstName: 'No', ValidFrom: '2026-02-30' },
    ]
    const dry = (await client.call('users.import', { Rows })).body
    expect(dry).toMatchObject({ Creates: 2, Bad: 3, Written: false, ChangeID: null })
    expect(dry.Rows.map(({ Errors }) => Errors.map(({ Field }) => Field))).toEqual([
      [],
      [],
      ['Card'],
      ['EmployeeCode'],
      ['ValidFrom'],
    ])
    expect(await codesOf({})).toEqual([])
    expect((await client.call('users.import', { Rows, DryRun: false })).body.Written).toBe(false)
    const done = (
      await client.call('users.import', { Rows, DryRun: false, SkipBad: true, DeviceSN: ['PEOPLE1'] })
    ).body
    expect(done).toMatchObject({ Creates: 2, Bad: 3, Written: true, JobID: expect.any(String) })
    expect(await codesOf({})).toEqual(['0100', '0101'])
    await reaches('0100', 'InStep')
    await reaches('0101', 'InStep')
    expect(terminal.held.get('0101')).toContain('Pri=14')
  })

  it('finds people by what is said of them, in every order, page by page', async () => {
    for (const Search of ['rao', 'RAO asha', '0100 rao', 'sal asha'])
      expect(await codesOf({ Search })).toEqual(['0100'])
    for (const Search of ['rao plant', '%', '_', 'asha_rao']) expect(await codesOf({ Search })).toEqual([])
    expect(await codesOf({ Department: 'Plant' })).toEqual(['0101'])
    expect(await codesOf({ ExpiresWithinDays: 7 })).toEqual(['0100'])
    expect(await codesOf({ Status: ['Active'] })).toEqual(['0100', '0101'])
    for (const Status of ['NotYet', 'Expired', 'Suspended', 'Leaving', 'Left'] as const)
      expect(await codesOf({ Status: [Status] })).toEqual([])
    for (const Without of [
      'Card',
      'Fingerprint',
      'Face',
      'Photo',
      'Password',
      'Credential',
      'Terminal',
    ] as const)
      expect(await codesOf({ Without })).toEqual(
        Without === 'Terminal'
          ? []
          : Without === 'Card' || Without === 'Credential'
            ? ['0101']
            : ['0100', '0101'],
      )
    expect(await codesOf({ DeviceSN: 'PEOPLE1', Trouble: true })).toEqual([])
    expect(await codesOf({ IdleDays: 30 })).toEqual([])
    for (const Sort of ['Code', 'Name', 'Department', 'LastChanged'] as const)
      for (const Order of ['asc', 'desc'] as const) {
        const whole = await codesOf({ Sort, Order })
        const first = (await client.call('users.directory', { Sort, Order, Limit: 1 })).body
        const rest = await codesOf({ Sort, Order, Limit: 1, OffSet: first.OffSet })
        expect([...first.People.map(({ EmployeeCode }) => EmployeeCode), ...rest]).toEqual(whole)
      }
    expect((await client.call('users.facets', {})).body).toMatchObject({
      Total: 2,
      ExpiresWithin7Days: 1,
      Departments: [
        { Name: 'Plant', Count: 1 },
        { Name: 'Sales', Count: 1 },
      ],
    })
  })

  it('changes many at once and takes it back within ten seconds, and no later', async () => {
    const bulk = (
      await client.call('users.bulk', {
        EmployeeCode: ['0100', '0101'],
        Department: 'Office',
        Group: 'Night',
      })
    ).body
    expect(bulk.Changed).toBe(2)
    await client.call('users.save', { EmployeeCode: '0101', Department: 'Roof' })
    expect((await client.call('users.undo', { ChangeID: bulk.ChangeID })).body).toMatchObject({
      Restored: 1,
      Skipped: ['0101'],
    })
    const { Changes } = (await client.call('users.changes', { EmployeeCode: '0100' })).body
    expect(Changes.slice(0, 2).map(({ Field, From, To }) => [Field, From, To])).toContainEqual([
      'Department',
      'Office',
      'Sales',
    ])
    clock.advance(20_000)
    await expect(client.call('users.undo', { ChangeID: bulk.ChangeID })).rejects.toMatchObject({
      code: 'TOO_LATE',
    })
  })

  it('takes somebody off a terminal that cannot end a validity when the day is over, and back when it is longer', async () => {
    expect(terminal.held.has('0100')).toBe(true)
    clock.advance(4 * day)
    await device.poll()
    await reaches('0100', 'Withheld')
    expect(terminal.held.has('0100')).toBe(false)
    expect((await stateOf('0100'))?.ReasonCode).toBe('Expired')
    expect(await codesOf({ Status: ['Expired'] })).toEqual(['0100'])
    await client.call('users.save', { EmployeeCode: '0100', ValidTo: '' })
    await reaches('0100', 'InStep')
    expect(terminal.held.has('0100')).toBe(true)
  })

  it('keeps what a terminal refuses apart, tries again with patience, and says why', async () => {
    await client.call('users.save', { EmployeeCode: '0101', FirstName: 'Ravindra' })
    await until('the order', async () => {
      clock.advance(500)
      const [command] = (await device.poll()).commands
      return command === undefined ? null : device.result(command.id, -3)
    })
    const state = await stateOf('0101')
    expect([state?.State, state?.Attempts, state?.Reason]).toEqual([
      'Failed',
      1,
      'Refused: User: read or write error (-3)',
    ])
    expect((await client.call('users.retry', { EmployeeCode: '0101' })).body.Retried).toBe(1)
    await reaches('0101', 'InStep')
    expect(terminal.held.get('0101')).toContain('Name=Ravindra')
  })

  it('removes templates when consent is taken back, with a certificate, and keeps the person', async () => {
    await client.call('users.consent', {
      EmployeeCode: '0100',
      Given: true,
      On: '2026-03-01',
      RetainUntil: '2026-04-01',
    })
    await client.call('users.enrollFingerprint', {
      EmployeeCode: '0100',
      DeviceSN: ['PEOPLE1'],
      Template: { Type: 'Fingerprint', Index: 3, Data: 'QUJD' },
    })
    await reaches('0100', 'InStep')
    expect(terminal.said.at(-2)).toContain('DATA UPDATE FINGERTMP PIN=0100\tFID=3')
    // Its last day passes: nobody has to remember it.
    clock.advance(40 * day)
    await device.poll()
    const deletion = await wait('the retention', async () => {
      clock.advance(60_000)
      const { Deletions } = (await client.call('users.deletions', { EmployeeCode: '0100' })).body
      return Deletions[0]?.State === 'Done' ? Deletions[0] : null
    })
    expect([deletion.Scope, deletion.Actor, deletion.Terminals.map(({ State }) => State)]).toEqual([
      'Biometrics',
      'retention',
      ['Confirmed'],
    ])
    expect(terminal.said.join('\n')).toContain('DATA DELETE FINGERTMP PIN=0100\tFID=3')
    const { Certificate } = (await client.call('users.certificate', { DeletionID: deletion.DeletionID })).body
    expect(Certificate.Statement).toContain('Templates and photo')
    const { Person } = (await client.call('users.record', { EmployeeCode: '0100' })).body
    expect([Person.Credentials, Person.RetainUntil, Person.Status]).toEqual([[], null, 'Active'])
  })

  it('answers every list', async () => {
    for (const id of [
      'users.orphans',
      'users.collisions',
      'users.admins',
      'users.jobs',
      'users.unknownCards',
      'users.rules',
    ] as const)
      expect((await client.call(id, {})).status).toBe(200)
    const { Jobs } = (await client.call('users.jobs', { Limit: 1 })).body
    expect(Jobs).toMatchObject([{ Kind: 'Import', State: 'Done', Total: 2, Progress: 100 }])
    const push = (await client.call('users.push', { EmployeeCode: ['0101'], DeviceSN: ['PEOPLE1'] })).body
    expect((await client.call('users.cancelJob', { JobID: push.JobID })).body.Job.State).toBe('Cancelled')
    // Somebody who was there before the job stays there.
    await reaches('0101', 'InStep')
    expect(
      (await client.call('users.forecast', { EmployeeCode: ['0101'], TargetDeviceSN: ['PEOPLE1'] })).body
        .Targets,
    ).toMatchObject([{ Fits: true }])
  })

  it('does not take a privilege that could not be read for that of a plain user, nor write it to the terminal', async () => {
    terminal.held.set('0300', 'PIN=0300\tName=Meera\tPri=fourteen')
    await device.upload('OPERLOG', `USER ${terminal.held.get('0300')}\n`)
    const roleOf = async () =>
      (await client.call('users.record', { EmployeeCode: '0300' })).body.Person.UserType
    expect(await roleOf()).toBeNull()
    expect(await codesOf({ UserType: 'User' })).not.toContain('0300')
    expect(
      (await client.call('users.get', { EmployeeCode: '0300' })).body.User.UserType,
      'published, where there is no third word',
    ).toBe('User')
    await client.call('users.resolveOrphan', {
      DeviceSN: 'PEOPLE1',
      EmployeeCode: ['0300'],
      Action: 'Import',
    })
    await client.call('users.save', { EmployeeCode: '0300', FirstName: 'Meera', LastName: 'Kulkarni' })
    await reaches('0300', 'InStep')
    expect(terminal.held.get('0300')).toContain('Name=Meera Kulkarni')
    expect(terminal.held.get('0300')).not.toContain('Pri=')
    const said = (await client.call('users.save', { EmployeeCode: '0300', UserType: 'User' })).body
    expect(await roleOf()).toBe('User')
    await client.call('users.undo', { ChangeID: said.ChangeID })
    expect(await roleOf(), 'nobody knew it before').toBeNull()
    await client.call('users.save', { EmployeeCode: '0300', UserType: 'User' })
    await reaches('0300', 'InStep')
    expect(terminal.held.get('0300')).toContain('Pri=0')
    expect(await roleOf()).toBe('User')
  })

  it('gives back the very role that was taken, and not a higher one', async () => {
    terminal.held.set('0301', 'PIN=0301\tName=Ravi\tPri=2')
    await device.upload('OPERLOG', `USER ${terminal.held.get('0301')}\n`)
    await client.call('users.resolveOrphan', {
      DeviceSN: 'PEOPLE1',
      EmployeeCode: ['0301'],
      Action: 'Import',
    })
    await client.call('users.save', { EmployeeCode: '0301', FirstName: 'Ravindra' })
    await reaches('0301', 'InStep')
    const { ChangeID } = (await client.call('users.save', { EmployeeCode: '0301', UserType: 'User' })).body
    await reaches('0301', 'InStep')
    expect(terminal.held.get('0301')).toContain('Pri=0')
    expect((await client.call('users.undo', { ChangeID })).body).toMatchObject({ Restored: 1 })
    await reaches('0301', 'InStep')
    expect(terminal.held.get('0301')).toContain('Pri=2')
  })

  it('does not wait for ever for a terminal that was taken down, and says that nothing is proven there', async () => {
    await client.call('users.devices', { EmployeeCode: '0101' })
    const { Deletion } = (await client.call('users.offboard', { EmployeeCode: '0101' })).body
    await running.store.write(async write => {
      await write.deleteFrom('device').where('sn', '=', 'PEOPLE1').execute()
    })
    const done = await until('the removal to end', async () => {
      clock.advance(20_000)
      const { Deletions } = (await client.call('users.deletions', { EmployeeCode: '0101' })).body
      return Deletions[0]?.State === 'Done' ? Deletions[0] : null
    })
    expect(done.Terminals).toMatchObject([{ State: 'Unproven', Proof: 'DeviceRemoved' }])
    const { Certificate } = (await client.call('users.certificate', { DeletionID: Deletion.DeletionID })).body
    expect(Certificate.Statement).toContain('could not be proven')
  })
}
