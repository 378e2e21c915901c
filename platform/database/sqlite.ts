import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteDialect, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Database } from './database.ts'
import { SqliteWorkerDriver } from './sqlite-worker-driver.ts'

/**
 * The embedded store: WAL with synchronous FULL, one writer in a worker, a checkpointer in another, and a read-only
 * connection on the main thread for short pages (dependencies.md 3c measured this split best).
 */
export async function openSqlite<T>(file: string): Promise<Database<T>> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const driver = await SqliteWorkerDriver.open(file)
  const writer = new Kysely<T>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: db => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  const checkpointer = new Worker(new URL('./sqlite-checkpoint.worker.ts', import.meta.url), {
    workerData: { file },
  })
  checkpointer.unref()
  const connection = new BetterSqlite(file, { readonly: true })
  connection.pragma('busy_timeout = 5000')
  connection.pragma('cache_size = -65536')
  const read = new Kysely<T>({ dialect: new SqliteDialect({ database: connection }) })
  return {
    dialect: 'sqlite',
    read,
    writer,
    write: work => writer.transaction().execute(work),
    async close() {
      await read.destroy()
      await checkpointer.terminate()
      await writer.destroy()
    },
  }
}
