import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Database, DatabaseLocation } from './database.ts'
import { storableText } from './dialect.ts'

// Counters, ids and milliseconds stay below 2^53, so int8 may come back as a number, as SQLite gives it.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** PostgreSQL by node-pg, with one pool for reads and writes; everything lives in `schema`. */
export async function openPostgres<T>(location: DatabaseLocation, url: string): Promise<Database<T>> {
  const { schema } = location
  const db = pooled<T>(url, schema, 10)
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db).catch(async error => {
    await db.destroy()
    throw error
  })
  return {
    dialect: 'postgres',
    location,
    schema,
    read: db,
    writer: db,
    write: work => db.transaction().execute(work),
    close: () => db.destroy(),
  }
}

/** Two connections for another thread that only reads. */
export function readPostgres<T>(url: string, schema: string): Kysely<T> {
  return pooled<T>(url, schema, 2)
}

function pooled<T>(url: string, schema: string, max: number): Kysely<T> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    // A server that stopped answering must become an error, or every retry of a terminal piles up behind it.
    query_timeout: 20_000,
    statement_timeout: 20_000,
    keepAlive: true,
    options: `-c search_path=${schema}`,
    connectionTimeoutMillis: 5000,
    application_name: 'gatehouse',
  })
  // An idle connection that breaks is replaced on next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', sendStorableText)
  return new Kysely<T>({ dialect: new PostgresDialect({ pool }) })
}

function sendStorableText(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (text: string, parameters?: unknown[]) => Promise<pg.QueryResult>
  // The overloads of node-pg cannot be restated here; Kysely uses the one with a text and a list.
  client.query = ((text: string, parameters?: unknown[]) =>
    query(text, parameters?.map(storableText))) as typeof client.query
}
