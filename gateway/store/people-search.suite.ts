import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type DatabaseLocation, openDatabase } from '#platform/database/database.ts'
import { migrate } from '#platform/database/migrate.ts'
import { insertDevice, newDevice } from './devices.ts'
import { createStore } from './index.ts'
import { migrations } from './migrations/index.ts'
import { findPeople } from './people.ts'
import type { GatewayTables } from './schema.ts'
import { readSimulatedMemory, saveSimulatedMemory } from './simulated-memory.ts'

const people = 1203

/** What the store promises of finding people, and of what simulated terminals keep; run against both databases. */
export function peopleSearchSuite(locate: () => Promise<Omit<DatabaseLocation, 'schema'>>): void {
  it('finds those an earlier release knew', async () => {
    const location = await locate()
    const older = await openDatabase<GatewayTables>({ ...location, schema: 'gatehouse_gateway' })
    await migrate(older, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0027')))
    await older.write(write =>
      write
        .insertInto('person')
        .values(
          Array.from({ length: people }, (_, at) => ({
            employee_code: String(at).padStart(5, '0'),
            first_name: at === people - 1 ? 'Élodie' : 'Ravi',
            last_name: 'Łuk',
            department: 'Späti',
            privilege: 0,
            card: null,
            updated_at: 1,
          })),
        )
        .execute(),
    )
    await older.close()
    const store = await createStore(location)
    const codesOf = async (search: string) =>
      (await findPeople(store.read, { sns: null, search }, { offSet: undefined, limit: 2 })).paging
        .ActualRowCount
    expect(await codesOf('spati')).toBe(people)
    expect(await codesOf('00500')).toBe(1)
    expect(await codesOf('ELODIE spä')).toBe(1)
    const { rows } = await sql<{ bare: number }>`
      select count(*) as bare from person where search_text = ''`.execute(store.read)
    expect(Number(rows[0]?.bare)).toBe(0)
    await store.close()
  })

  it('takes no privilege of an earlier release for said that nobody has said', async () => {
    const location = await locate()
    const older = await openDatabase<GatewayTables>({ ...location, schema: 'gatehouse_gateway' })
    await migrate(older, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0034')))
    const saidOf = {
      said: '{"name":"Said","privilege":0}',
      unread: '{"name":"Unread"}',
      unknown: null,
      admin: '{"privilege":14}',
      ours: '{}',
    }
    await older.write(async write => {
      for (const [code, said] of Object.entries(saidOf)) {
        const privilege = code === 'admin' ? 14 : 0
        const names = { first_name: '', last_name: '', search_text: code }
        await write
          .insertInto('person')
          .values({
            employee_code: code,
            ...names,
            privilege,
            card: null,
            managed: code === 'ours' ? 1 : 0,
            updated_at: 1,
          })
          .execute()
        await write
          .insertInto('person_device')
          .values({ employee_code: code, sn: 'T1', reported_at: 1, said })
          .execute()
      }
    })
    await older.close()
    const store = await createStore(location)
    const rows = await store.read
      .selectFrom('person')
      .select(['employee_code', 'privilege', 'search_text'])
      .execute()
    expect(Object.fromEntries(rows.map(row => [row.employee_code, row.privilege]))).toEqual({
      said: 0,
      unread: null,
      unknown: 0,
      admin: 14,
      ours: 0,
    })
    expect(rows.every(row => row.search_text === row.employee_code)).toBe(true)
    await store.close()
  })

  it('keeps what a simulated terminal holds sealed, and no longer than the terminal', async () => {
    const store = await createStore(await locate())
    const key = Buffer.alloc(32, 1)
    await store.write(async write => {
      await insertDevice(write, newDevice('SIM1', { state: 'adopted', now: 1, zone: 'UTC', site: '' }))
      await saveSimulatedMemory(write, key, 'SIM1', '{"users":{}}')
      await saveSimulatedMemory(write, key, 'SIM1', '{"users":{"rows":{"7":{"Passwd":"2580"}},"gone":[]}}')
      await saveSimulatedMemory(write, key, 'NOBODY', '{}')
    })
    expect([...(await readSimulatedMemory(store.read, key))]).toEqual([
      ['SIM1', '{"users":{"rows":{"7":{"Passwd":"2580"}},"gone":[]}}'],
    ])
    expect([...(await readSimulatedMemory(store.read, Buffer.alloc(32, 2)))]).toEqual([])
    await store.write(write => write.deleteFrom('device').where('sn', '=', 'SIM1').execute())
    expect([...(await readSimulatedMemory(store.read, key))]).toEqual([])
    await store.close()
  })
}
