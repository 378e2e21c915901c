import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'

// Counters, ids and milliseconds stay below 2^53, so int8 may come back as a number, as SQLite gives it.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** PostgreSQL by node-pg, with one pool for reads and writes; everything lives in `schema`. */
export async function openPostgres<T>(url: string, schema: string): Promise<Database<T>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    options: `-c search_path=${schema}`,
    connectionTimeoutMillis: 5000,
    application_name: 'gatehouse',
  })
  // An idle connection that breaks is replaced on next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<T>({ dialect: new PostgresDialect({ pool }) })
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db).catch(async error => {
    await db.destroy()
    throw error
  })
  return {
    dialect: 'postgres',
    schema,
    read: db,
    writer: db,
    write: work => db.transaction().execute(work),
    close: () => db.destroy(),
  }
}
