import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import {
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database, DatabaseLocation } from './database.ts'
import { insertForEach, setReadingSide, toNewIds } from './dialect.ts'
import { endProcess } from './end-process.ts'
import { SqliteWorkerDriver } from './sqlite-worker-driver.ts'

/**
 * The embedded store: WAL with synchronous FULL, one writer in a worker, a checkpointer in another, and a read-only
 * connection on the main thread for short pages (dependencies.md 3c measured this split best).
 */
export async function openSqlite<T>(location: DatabaseLocation): Promise<Database<T>> {
  const { file } = location
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const driver = await SqliteWorkerDriver.open(file)
  const writer = new Kysely<T>({
    dialect: {
      createAdapter: () => new TransactionalSqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: db => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  const checkpointer = new Worker(new URL('./sqlite-checkpoint.worker.ts', import.meta.url), {
    workerData: { file },
  })
  checkpointer.unref()
  checkpointer.on('error', endProcess)
  const read = readSqlite<T>(file)
  setReadingSide(writer, read)
  return {
    dialect: 'sqlite',
    location,
    read,
    writer,
    write: work => writer.transaction().execute(work),
    changes: table => driver.changes(table),
    async append(into, rows, may) {
      const { text, lists } = insertForEach(into, rows)
      const ids = await driver.append(text, lists, into.follow ?? [], may)
      return ids === null ? null : toNewIds(ids)
    },
    async close() {
      await read.destroy()
      await checkpointer.terminate()
      await writer.destroy()
    },
  }
}

/** A connection that only reads, on the thread that asks; the file has to be there. */
export function readSqlite<T>(file: string): Kysely<T> {
  const connection = new BetterSqlite(file, { readonly: true })
  connection.pragma('busy_timeout = 5000')
  connection.pragma('cache_size = -65536')
  // The built-in one knows ASCII only, and people are called Émile and Иван.
  connection.function('lower', { deterministic: true }, text =>
    typeof text === 'string' ? text.toLowerCase() : text,
  )
  return new Kysely<T>({ dialect: new SqliteDialect({ database: rememberingStatements(connection) }) })
}

const statementsKept = 300

/** Kysely prepares anew for each query; preparing costs more than a page does. */
function rememberingStatements(connection: BetterSqlite.Database): SqliteDatabase {
  const statements = new Map<string, BetterSqlite.Statement>()
  return {
    prepare(text) {
      const known = statements.get(text)
      if (known) return known
      const statement = connection.prepare(text)
      if (statements.size >= statementsKept) statements.clear()
      statements.set(text, statement)
      return statement
    },
    close: () => void connection.close(),
  }
}

/** SQLite can undo schema changes; Kysely's adapter does not say so, and a step cut in the middle would block every later start. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
