import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** What terminals state of their own log, corrections as facts, and what a second person decided about them. */
export async function corrections(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of [
    sql`create table terminal_statement (
      sn text primary key references device(sn) on delete cascade, at bigint not null, logs bigint not null,
      judged integer not null, base_at bigint, base_logs bigint, held bigint not null)`,
    sql`create table correction (
      id ${autoId(dialect)}, employee_code text not null, day text not null, kind text not null, punch_ref text,
      target_id bigint, instant bigint, local_time text, zone text, offset_minutes integer, sn text, before text,
      after text, estimated integer not null, repair_id bigint, reason text not null, actor text not null,
      at bigint not null, needs_approval integer not null)`,
    sql`create index correction_person on correction (employee_code, day, id)`,
    sql`create index correction_day on correction (day, id)`,
    sql`create index correction_target on correction (target_id) where target_id is not null`,
    // What takes effect at once is taken back once, whoever comes first.
    sql`create unique index correction_withdrawn on correction (target_id) where target_id is not null and needs_approval = 0`,
    sql`create index correction_estimate on correction (id) where estimated = 1`,
    sql`create index correction_repair on correction (repair_id, id) where repair_id is not null`,
    sql`create table correction_decision (
      correction_id bigint primary key, decision text not null, actor text not null, reason text not null,
      at bigint not null)`,
  ]) {
    await statement.execute(db)
  }
}
