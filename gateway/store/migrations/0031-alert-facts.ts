import { type Kysely, sql } from 'kysely'

/** What alerts and incidents say, as a code and its values beside the English words. */
export async function alertFacts(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`alter table alert add column code text`,
    sql`alter table alert add column facts text`,
    sql`alter table incident add column facts text`,
  ]) {
    await statement.execute(db)
  }
}
