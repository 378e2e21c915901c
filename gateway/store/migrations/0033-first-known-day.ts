import { type Kysely, sql } from 'kysely'

/** From which day on plans were judged; days before anything is known are not, and the first of them can move. */
export async function firstKnownDayStep(db: Kysely<unknown>): Promise<void> {
  await sql`alter table days_state add column since text not null default ''`.execute(db)
}
