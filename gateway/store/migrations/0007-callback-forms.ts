import { type Kysely, sql } from 'kysely'

/** Subscriptions may have their bodies encrypted: the key, sealed, and how blocks are filled up. */
export async function callbackForms(db: Kysely<unknown>): Promise<void> {
  await sql`alter table subscription add column body_key text`.execute(db)
  await sql`alter table subscription add column body_padding text`.execute(db)
}
