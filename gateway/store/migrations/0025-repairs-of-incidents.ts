import { type Kysely, sql } from 'kysely'

/** Incidents show what was repaired of them, and absences whom they belong to: both are looked up from the incident. */
export async function repairsOfIncidents(db: Kysely<unknown>): Promise<void> {
  await sql`create index repair_incident on repair (incident) where incident is not null`.execute(db)
}
