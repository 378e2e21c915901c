import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { type ObedientTerminal, obedientTerminal } from '../support/obedient-terminal.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const day = 86_400_000

/** What is promised of the data of one person whatever the store: found, handed out whole, and erased. */
export function peopleDataSuite(locate: () => Promise<string | undefined>): void {
  const clock = createTestClock(Date.parse('2026-03-06T04:00:00Z'))
  let running: TestGateway
  let client: ReturnType<TestGateway['client']>
  let device: FakeDevice
  let terminal: ObedientTerminal

  beforeAll(async () => {
    running = await startGateway({ clock, databaseUrl: await locate(), timeZone: 'Asia/Kolkata' })
    client = running.client()
    device = createFakeDevice(running.devicesUrl, 'PEOPLE2')
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
  const codesOf = async (input: Parameters<typeof client.call<'users.directory'>>[1]) =>
    (await client.call('users.directory', input)).body.People.map(({ EmployeeCode }) => EmployeeCode)

  it('finds letters of every alphabet, with and without accents, and departments of the plan', async () => {
    const name = { EmployeeCode: '0900', FirstName: 'Élodie', LastName: 'ÅNGSTRÖM', Department: 'Zürich' }
    await client.call('users.save', { ...name, Create: true })
    await client.call('users.save', { EmployeeCode: '0901', FirstName: 'Ярослав', Create: true })
    const { Department } = (await client.call('attendance.saveDepartment', { Name: 'Entwicklung Süd' })).body
    const { DepartmentID } = Department
    const move = { DepartmentID, FromDate: '2026-01-01' }
    await client.call('attendance.moveMembers', { ...move, EmployeeCode: ['0900', '0901'] })
    for (const Search of ['élodie', 'ELODIE', 'angstrom elodie', 'zurich', 'Å'])
      expect(await codesOf({ Search })).toContain('0900')
    for (const Search of ['ярослав', 'ЯРО', 'sud', 'ярослав entwicklung']) {
      // What is said of a person goes before the plan.
      expect(await codesOf({ Search })).toEqual(['0901'])
    }
    await client.call('users.save', { EmployeeCode: '0900', FirstName: 'Zoé' })
    expect(await codesOf({ Search: 'elodie' })).toEqual([])
    expect(await codesOf({ Search: 'zoe' })).toEqual(['0900'])
    for (const EmployeeCode of ['0900', '0901'])
      await client.call('users.erase', { EmployeeCode, Confirm: EmployeeCode, Punches: 'Remove' })
    expect(await codesOf({ Search: 'zoe' })).toEqual([])
  })

  /** One of everything that is kept of a person beside the record. */
  const leaveTraces = async (code: string) => {
    await device.punch(code, '2026-04-15 09:00:00')
    await client.call('attendance.saveLeave', {
      EmployeeCode: code,
      FromDate: '2026-04-20',
      ToDate: '2026-04-21',
      Kind: 'sick',
      Note: 'operation on the knee',
    })
    const moment = { sn: 'PEOPLE2', employee_code: code, local_time: '2026-04-15 09:00:00' }
    await running.store.write(async write => {
      await write
        .insertInto('attendance_photo')
        .values({
          ...moment,
          file_name: `${code}.jpg`,
          received_at: clock.now(),
          type: 'jpg',
          bytes: 3,
          content: Buffer.from('abc'),
        })
        .execute()
      await write
        .insertInto('door_event')
        .values({
          ...moment,
          door_no: 1,
          event: 'Opened',
          instant: clock.now(),
          received_at: clock.now(),
          command_id: null,
          identity: `door ${code}`,
          detail: null,
          raw: `pin=${code}\tcardno=500`,
        })
        .execute()
    })
  }

  it('exports all of one person, and erases it down to the code', async () => {
    await client.call('users.add', {
      EmployeeCode: '0100',
      FirstName: 'Asha',
      LastName: 'Rao',
      DeviceSN: ['PEOPLE2'],
    })
    await client.call('users.assignCard', {
      EmployeeCode: '0100',
      DeviceSN: ['PEOPLE2'],
      CardNumber: '500',
    })
    await client.call('users.suspend', { EmployeeCode: '0100', Reason: 'on leave' })
    await client.call('users.resume', { EmployeeCode: '0100' })
    expect(await codesOf({ IdleDays: 30 })).toEqual([])
    clock.advance(40 * day)
    expect(await codesOf({ IdleDays: 30 })).toEqual(['0100'])
    await leaveTraces('0100')
    expect(await codesOf({ IdleDays: 30 })).toEqual([])
    await until('the terminal to be missed', async () => {
      clock.advance(60_000)
      return !(await client.call('users.terminals', {})).body.Terminals[0]?.Online
    })
    const away = await client.call('users.setPassword', {
      EmployeeCode: '0100',
      DeviceSN: ['PEOPLE2'],
      Password: '864207',
    })
    expect([away.status, away.body.Results]).toMatchObject([
      409,
      [{ DeviceSN: 'PEOPLE2', Status: 'queued', Error: expect.stringContaining('the order waits for it') }],
    ])
    const data = (await client.call('users.exportData', { EmployeeCode: '0100' })).body
    expect(data).toMatchObject({
      Person: { EmployeeCode: '0100', FirstName: 'Asha', LastName: 'Rao', Card: '500', HasPassword: true },
      Punches: [{ Time: '2026-04-15 09:00:00', DeviceSN: 'PEOPLE2' }],
      PunchesLeftOut: 0,
      PunchPhotos: [{ Time: '2026-04-15 09:00:00', Size: 3 }],
      DoorEvents: [{ DoorNo: 1, Event: 'Opened' }],
      Leave: [{ Kind: 'sick', Note: 'operation on the knee', TakenBack: false }],
      Terminals: [{ DeviceSN: 'PEOPLE2' }],
    })
    expect(data.Changes.length).toBeGreaterThan(3)
    expect(JSON.stringify(data)).not.toContain('864207')
    await expect(client.call('users.erase', { EmployeeCode: '0100', Confirm: '0101' })).rejects.toMatchObject(
      { code: 'INVALID_INPUT' },
    )
    const { Deletion } = (
      await client.call('users.erase', { EmployeeCode: '0100', Confirm: '0100', Punches: 'Remove' })
    ).body
    const done = await wait('the erasure', async () => {
      const { Deletions } = (await client.call('users.deletions', {})).body
      return Deletions.find(({ DeletionID, State }) => DeletionID === Deletion.DeletionID && State === 'Done')
    })
    expect(done.Terminals).toMatchObject([{ State: 'Confirmed', Proof: 'ReadBack' }])
    expect(terminal.held.has('0100')).toBe(false)
    await expect(client.call('users.record', { EmployeeCode: '0100' })).rejects.toMatchObject({
      code: 'USER_NOT_FOUND',
    })
    const { Certificate } = (await client.call('users.certificate', { DeletionID: Deletion.DeletionID })).body
    expect(Certificate.Removed).toEqual([
      '1 photo of a punch',
      '1 punch',
      '1 leave',
      'who it was in 1 event at doors',
      'the history of changes',
      'name, card and keypad code',
    ])
    expect(Certificate.Kept).toEqual(['the code, in what is kept and in the audit of who did what'])
    expect(JSON.stringify(Certificate)).not.toContain('Asha')
  })

  it('erases who it was and keeps what pay and doors need, which the certificate lists', async () => {
    await client.call('users.save', {
      EmployeeCode: '0102',
      FirstName: 'Noor',
      LastName: 'Haddad',
      Create: true,
    })
    await leaveTraces('0102')
    const { Deletion } = (await client.call('users.erase', { EmployeeCode: '0102', Confirm: '0102' })).body
    expect(Deletion.State).toBe('Done')
    const { Certificate } = (await client.call('users.certificate', { DeletionID: Deletion.DeletionID })).body
    expect(Certificate.Removed).toContain('1 photo of a punch')
    expect(Certificate.Kept).toEqual([
      '1 punch, needed for attendance',
      '1 leave, needed for attendance',
      '1 event at a door, needed for the log of doors',
      'the code, in what is kept and in the audit of who did what',
    ])
    const { read } = running.store
    const kept = [
      await read.selectFrom('punch').selectAll().where('employee_code', '=', '0102').execute(),
      await read.selectFrom('door_event').selectAll().where('employee_code', '=', '0102').execute(),
      await read.selectFrom('person_leave').selectAll().where('employee_code', '=', '0102').execute(),
      await read.selectFrom('outbox').selectAll().where('employee_code', '=', '0102').execute(),
    ]
    expect(kept.map(({ length }) => length > 0)).toEqual([true, true, true, false])
    expect(JSON.stringify(kept)).not.toMatch(/Noor|Haddad|cardno|knee/)
  })
}
