import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** How terminals' clocks ran and who changed them; keys that terminals have to show, and why an upload is held. */
export async function clocks(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of [
    sql`create table clock_reading (
      sn text not null references device(sn) on delete cascade, at bigint not null, skew_ms bigint not null,
      source text not null, primary key (sn, at))`,
    sql`create index clock_reading_age on clock_reading (at)`,
    sql`create table clock_change (
      id ${autoId(dialect)}, sn text not null references device(sn) on delete cascade, at bigint not null,
      kind text not null, detail text not null, actor text, command_id bigint, skew_ms bigint)`,
    sql`create index clock_change_device on clock_change (sn, at)`,
    sql`create table device_key (
      sn text primary key references device(sn) on delete cascade, hash text not null, address text, at bigint not null)`,
    sql`alter table device_contact add column told_offset_minutes bigint`,
    sql`alter table held_upload add column reason text`,
  ]) {
    await statement.execute(db)
  }
}
