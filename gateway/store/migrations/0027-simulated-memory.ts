import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { bytesType } from '#platform/database/dialect.ts'

/** What simulated terminals keep over a restart, as real ones keep it in their flash: sealed, for it names people. */
export async function simulatedMemory(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await sql`create table simulated_memory (
    sn text primary key references device(sn) on delete cascade, content ${bytesType(dialect)} not null)`.execute(
    db,
  )
}
