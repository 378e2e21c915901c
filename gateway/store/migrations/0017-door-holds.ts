import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** Orders that last with their end, when a door moved after an order, and what single doors demand. */
export async function doorHolds(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of [
    sql`create table door_hold (
      id ${autoId(dialect)}, sn text not null references device(sn) on delete cascade, door_no integer not null,
      mode text not null, state text not null, until bigint, ends_by text not null, reason text, actor text,
      second_actor text, emergency_id bigint, started_at bigint not null, ended_at bigint, command_id bigint,
      return_id bigint, next_try_at bigint, note text)`,
    sql`create index door_hold_open on door_hold (sn, door_no) where ended_at is null`,
    sql`create index door_hold_order on door_hold (sn, id)`,
    sql`create index door_hold_emergency on door_hold (emergency_id) where emergency_id is not null`,
    sql`create table door_proof (
      command_id bigint primary key, sn text not null references device(sn) on delete cascade,
      moved_at bigint not null, said_by text not null)`,
    sql`create table door_setting (
      sn text not null references device(sn) on delete cascade, door_no integer not null, name text,
      reason_required integer not null, second_person integer not null, primary key (sn, door_no))`,
    sql`create table access_holiday (
      sn text not null references device(sn) on delete cascade, holiday_id integer not null, name text not null,
      day text not null, yearly integer not null, kind integer not null, schedule_id integer, updated_at bigint not null,
      primary key (sn, holiday_id))`,
    sql`create index command_operation on command (operation, id)`,
  ]) {
    await statement.execute(db)
  }
}
