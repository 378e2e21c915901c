import { type Kysely, sql } from 'kysely'

/** Access controllers: their registration, the state of each door, and what door events say in words. */
export async function access(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`create table access_registration (
      sn text primary key references device(sn) on delete cascade, code text not null, at bigint not null)`,
    sql`create table door_state (
      sn text not null references device(sn) on delete cascade, door_no integer not null, sensor text not null,
      relay text not null, alarms text, since bigint not null, seen_at bigint not null, local_time text not null,
      primary key (sn, door_no))`,
    sql`alter table door_event add column detail text`,
  ]) {
    await statement.execute(db)
  }
}
