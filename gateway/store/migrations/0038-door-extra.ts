import { type Kysely, sql } from 'kysely'

/** What a terminal says of its doors in fields no document explains, as sent. */
export async function doorExtra(db: Kysely<unknown>): Promise<void> {
  await sql`alter table door_state add column extra text`.execute(db)
}
