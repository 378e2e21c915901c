import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database, DialectName } from './database.ts'

/** One step; told which database it speaks to, for the few types that differ. */
export type MigrationStep = (db: Kysely<unknown>, dialect: DialectName) => Promise<void>

/**
 * Brings the store to the newest step, each in a transaction, and answers the names of those that ran. Steps are
 * imported by name, never found by scanning. On PostgreSQL two processes starting together wait for each other.
 */
export async function migrate<T>(
  database: Database<T>,
  steps: Readonly<Record<string, MigrationStep>>,
): Promise<string[]> {
  const migrations = Object.fromEntries(
    Object.entries(steps).map(([name, step]): [string, Migration] => [
      name,
      { up: db => step(db, database.dialect) },
    ]),
  )
  const migrator = new Migrator({
    db: database.writer,
    provider: { getMigrations: async () => migrations },
    // Without it the migrator takes another schema's book-keeping in the same database for its own.
    ...(database.schema === undefined ? {} : { migrationTableSchema: database.schema }),
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).filter(result => result.status === 'Success').map(result => result.migrationName)
}
