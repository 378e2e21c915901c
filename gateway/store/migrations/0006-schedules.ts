import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** When whom the doors of a terminal let in, as wanted; what reading an order back has shown; what terminals log. */
export async function schedules(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of [
    sql`create table access_schedule (
      sn text not null references device(sn) on delete cascade, schedule_id integer not null, name text,
      windows text not null, updated_at bigint not null, primary key (sn, schedule_id))`,
    sql`create table access_right (
      sn text not null, employee_code text not null, schedule_id integer not null,
      primary key (sn, employee_code, schedule_id),
      foreign key (sn, schedule_id) references access_schedule(sn, schedule_id) on delete cascade)`,
    sql`create table terminal_log (
      id ${autoId(dialect)}, sn text not null references device(sn) on delete cascade, kind text not null,
      code text not null, operator text, about text not null, local_time text, received_at bigint not null,
      identity text not null, unique (sn, identity))`,
    sql`create index terminal_log_order on terminal_log (sn, id)`,
    sql`create index terminal_log_age on terminal_log (received_at)`,
    sql`create index held_upload_due on held_upload (sn, id) where reason is null`,
    sql`alter table door_event add column raw text`,
    sql`alter table person_device add column said text`,
    sql`alter table door_state add column relay_bit integer`,
    sql`alter table command add column read_back text`,
  ]) {
    await statement.execute(db)
  }
}
