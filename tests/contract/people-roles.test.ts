import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { type SignedIn, signIn, startAll, type TestSystem } from '../support/start-all.ts'

const names = ['hr', 'security', 'it', 'viewer', 'admin'] as const
const secrets = { card: '4711', template: 'QUJDRA==', code: '2580' }

let system: TestSystem
const people = new Map<string, SignedIn>()
beforeAll(async () => {
  system = await startAll({ accounts: Object.fromEntries(names.map(name => [name, [name]])) })
  const device = createFakeDevice(system.gateway.devicesUrl, 'ROLES1')
  await device.handshake()
  await device.upload(
    'OPERLOG',
    `USER PIN=7\tName=Asha Rao\tCard=${secrets.card}\nFP PIN=7\tFID=6\tSize=8\tValid=1\tTMP=${secrets.template}\n`,
  )
  await device.punch('7', '2026-03-02 08:00:00')
  // On its first day a terminal is taken as it is; somebody it tells of later is known to nobody.
  await system.gateway.store.write(write =>
    write.updateTable('device').set({ adopted_at: 0 }).where('sn', '=', 'ROLES1').execute(),
  )
  await device.upload('OPERLOG', `USER PIN=8\tName=Asha Stranger\tPri=14\tCard=${secrets.card}0\n`)
  await system.gateway
    .client()
    .call('users.setPassword', { EmployeeCode: '7', DeviceSN: ['ROLES1'], Password: secrets.code })
  const other = createFakeDevice(system.gateway.devicesUrl, 'ROLES2')
  await other.handshake()
  await other.upload('OPERLOG', 'USER PIN=7\tName=Vikram Shah\n')
  for (const name of names) people.set(name, await signIn(system, name))
})
afterAll(() => system.stop())

const asked = [
  ['GetUser', '/api/v3/GetUser?EmployeeCode=7&IncludeCredentials=true'],
  ['GetPersonRecord', '/api/v3/GetPersonRecord?EmployeeCode=7'],
  ['ListDirectory', '/api/v3/ListDirectory'],
  ['ListUserStates', '/api/v3/ListUserStates?EmployeeCode=7'],
  ['ListUserChanges', '/api/v3/ListUserChanges?EmployeeCode=7'],
  ['ExportPersonData', '/api/v3/ExportPersonData?EmployeeCode=7'],
  ['GetUserPhoto', '/api/v3/GetUserPhoto?EmployeeCode=7'],
  ['ListUnknownCards', '/api/v3/ListUnknownCards'],
  ['ListUsers', '/api/v3/ListUsers'],
  ['ListOrphans', '/api/v3/ListOrphans'],
  ['ListCollisions', '/api/v3/ListCollisions'],
  ['ListDeviceAdministrators', '/api/v3/ListDeviceAdministrators'],
  ['ListDeletions', '/api/v3/ListDeletions'],
  ['ListUserDoorEvents', '/api/v3/ListUserDoorEvents?EmployeeCode=7&FromDate=2026-01-01&ToDate=2026-12-31'],
  [
    'GetAttendanceByDevice',
    '/api/v3/GetAttendanceByDevice?DeviceSN=ROLES1&FromDate=2026-01-01&ToDate=2026-12-31',
  ],
] as const

/** Which fields that matter a role sees, of each operation; a status where it gets no answer. */
async function seenBy(name: string): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {}
  for (const [operation, path] of asked) {
    const reply = await people.get(name)?.get(path)
    const text = JSON.stringify(reply?.body)
    seen[operation] =
      reply?.status !== 200
        ? reply?.status
        : {
            name: text.includes('Asha'),
            card: text.includes(secrets.card),
            template: text.includes(secrets.template),
            code: text.includes(secrets.code),
          }
  }
  return seen
}

const nothing = Object.fromEntries(asked.map(([operation]) => [operation, 403]))
const fields = (...shown: string[]) =>
  Object.fromEntries(['name', 'card', 'template', 'code'].map(field => [field, shown.includes(field)]))
const all = {
  GetUser: fields('name', 'card', 'template'),
  GetPersonRecord: fields('name', 'card'),
  ListDirectory: fields('name'),
  ListUserStates: fields('name'),
  ListUserChanges: fields(),
  ExportPersonData: fields('name', 'card', 'template'),
  GetUserPhoto: 404,
  ListUnknownCards: fields(),
  ListUsers: fields('name', 'card'),
  ListOrphans: fields('name', 'card'),
  ListCollisions: fields('name'),
  ListDeviceAdministrators: fields('name'),
  ListDeletions: fields(),
  ListUserDoorEvents: fields(),
  GetAttendanceByDevice: fields('name'),
}

/** What each role sees of a person; a right that is widened shows up as a changed line. */
const table: Readonly<Record<(typeof names)[number], object>> = {
  hr: { ...all, GetUser: fields('name', 'card'), ExportPersonData: fields('name', 'card') },
  // Who went through a door is theirs to know, and nothing else of a person.
  security: { ...nothing, ListUserDoorEvents: fields() },
  it: nothing,
  // Counts punches, and sees whose they are as dots.
  viewer: { ...nothing, GetAttendanceByDevice: fields() },
  admin: all,
}

it.each(names)('shows %s of a person what the role is for, and a keypad code to nobody', async name => {
  expect(await seenBy(name)).toEqual(table[name])
})

it('writes down who took the data of a person', async () => {
  const reply = await people.get('admin')?.get('/api/audit?Action=users.exportData')
  const entries = reply?.body.Entries as Record<string, unknown>[]
  expect(entries.map(({ Actor, Subject, Outcome }) => [Actor, Subject, Outcome])).toContainEqual([
    'hr',
    '7',
    'done',
  ])
})
