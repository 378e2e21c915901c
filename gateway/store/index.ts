import { type Database, type DatabaseLocation, openDatabase } from '#platform/database/database.ts'
import { migrate } from '#platform/database/migrate.ts'
import { migrations } from './migrations/index.ts'
import type { GatewayTables } from './schema.ts'

export type Store = Database<GatewayTables>
/** A transaction of the gateway's store. */
export type Write = Parameters<Parameters<Store['write']>[0]>[0]
/** Anything queries can run on: the reading side or a transaction. */
export type Reader = Store['read'] | Write

/** Opens the gateway's store and brings it to the newest step. Runs nothing else by itself. */
export async function createStore(location: Omit<DatabaseLocation, 'schema'>): Promise<Store> {
  const store = await openDatabase<GatewayTables>({ ...location, schema: 'gatehouse_gateway' })
  try {
    await migrate(store, migrations)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}
