import { type Kysely, sql } from 'kysely'

/** Forms of payroll files; and deliveries found by what they carry, to tell what was sent of a punch. */
export async function payroll(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`create table payroll_template (
      template_id text primary key, name text not null, definition text not null, saved_at bigint not null,
      saved_by text)`,
    sql`create index outbox_operation on outbox (operation_id)`,
  ]) {
    await statement.execute(db)
  }
}
