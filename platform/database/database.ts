import type { Kysely, Transaction } from 'kysely'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

export type DialectName = 'sqlite' | 'postgres'

/**
 * A store with two doors. Reads go through `read`; whatever changes something goes through `write`, one transaction
 * each. On SQLite the writer lives in a worker of its own, so a slow disk never stops the event loop.
 */
export interface Database<T> {
  readonly dialect: DialectName
  /** Where its tables live; undefined in a database that has no schemas. */
  readonly schema?: string | undefined
  readonly read: Kysely<T>
  /** Plain query builder on the writing side, for libraries that bring their own statements. */
  readonly writer: Kysely<T>
  /** Runs `work` in one transaction; the result is returned only after the commit is durable. */
  write<R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R>
  /**
   * Counts up with every commit that changed the table, so that what was read of it may be kept. Absent where other
   * processes write too (PostgreSQL): there everything is read anew.
   */
  readonly changes?: (table: string) => number
  close(): Promise<void>
}

export interface DatabaseLocation {
  /** `postgres://…`, or absent for the embedded store. */
  readonly url?: string | undefined
  /** File of the embedded store. */
  readonly file: string
  /** PostgreSQL schema, so that gateway and proxy can share one database without sharing tables. */
  readonly schema: string
}

/** Opens the store; creates the file or schema when absent, but no tables (see migrate.ts). */
export async function openDatabase<T>(location: DatabaseLocation): Promise<Database<T>> {
  return location.url === undefined
    ? openSqlite<T>(location.file)
    : openPostgres<T>(location.url, location.schema)
}
