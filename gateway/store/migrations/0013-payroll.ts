import { type Kysely, sql } from 'kysely'

/** Forms of payroll files. */
export async function payroll(db: Kysely<unknown>): Promise<void> {
  await sql`create table payroll_template (
    template_id text primary key, name text not null, definition text not null, saved_at bigint not null,
    saved_by text)`.execute(db)
}
