import type { Kysely, Transaction } from 'kysely'
import type { RowInsert } from './dialect.ts'
import { openPostgres, readPostgres } from './postgres.ts'
import { openSqlite, readSqlite } from './sqlite.ts'

export type DialectName = 'sqlite' | 'postgres'

/**
 * A store with two doors. Reads go through `read`; whatever changes something goes through `write`, one transaction
 * each. On SQLite the writer lives in a worker of its own, so a slow disk never stops the event loop.
 */
export interface Database<T> {
  readonly dialect: DialectName
  /** How another thread of this process opens it (`openReading`); holds the password of a PostgreSQL. */
  readonly location: DatabaseLocation
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
  /**
   * Inserts what is new, durably, as a transaction of its own: cheaper than `write`, because the writer's thread is
   * woken once. Answers like `insertNew` (dialect.ts), or null when `may` says no once everything before it is
   * committed. Absent where nothing is gained by it (PostgreSQL).
   */
  readonly append?: <Row extends object>(
    into: RowInsert<Row>,
    rows: readonly Row[],
    may: () => boolean,
  ) => Promise<(number | null)[] | null>
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
  return location.url === undefined ? openSqlite<T>(location) : openPostgres<T>(location, location.url)
}

/** A store another thread only reads. */
export interface Reading<T> {
  readonly read: Kysely<T>
  close(): Promise<void>
}

/** Opens a store that exists for reading alone: no writer's thread, no tables made. */
export function openReading<T>(location: DatabaseLocation): Reading<T> {
  const read =
    location.url === undefined ? readSqlite<T>(location.file) : readPostgres<T>(location.url, location.schema)
  return { read, close: () => read.destroy() }
}
