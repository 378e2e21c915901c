import { type Kysely, sql } from 'kysely'

/** Which terminal took the place of which, and what the old one was. */
export async function replacements(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`create table device_replacement (
      old_sn text primary key references device(sn) on delete cascade,
      new_sn text not null references device(sn) on delete cascade, at bigint not null, actor text,
      before text not null)`,
    sql`create index device_replacement_new on device_replacement (new_sn)`,
  ]) {
    await statement.execute(db)
  }
}
