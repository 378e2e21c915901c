import { type Kysely, sql } from 'kysely'

/** Lanes that were left with more than one run could take are told apart, so that live events need not wait for them. */
export async function lanesWithABacklog(db: Kysely<unknown>): Promise<void> {
  await sql`alter table lane add column long bigint not null default 0`.execute(db)
  await sql`drop index lane_due`.execute(db)
  await sql`create index lane_due on lane (subscription_id, long, due_at) where due_at is not null`.execute(
    db,
  )
}
