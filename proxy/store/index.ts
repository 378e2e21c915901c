import { type Database, type DatabaseLocation, openDatabase } from '#platform/database/database.ts'
import { migrate } from '#platform/database/migrate.ts'
import { migrations } from './migrations/index.ts'
import type { ProxyTables } from './schema.ts'

export type ProxyStore = Database<ProxyTables>

/** Opens the proxy's store and brings it to the newest step. Runs nothing else by itself. */
export async function createProxyStore(location: Omit<DatabaseLocation, 'schema'>): Promise<ProxyStore> {
  const store = await openDatabase<ProxyTables>({ ...location, schema: 'gatehouse_proxy' })
  try {
    await migrate(store, migrations)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}
