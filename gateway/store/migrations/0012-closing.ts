import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** Closed periods with their days as they were, what came after, and repairs of outages. */
export async function closing(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const id = autoId(dialect)
  for (const statement of [
    sql`create table period (
      id ${id}, scope text not null, scope_value text not null, from_day text not null, to_day text not null,
      state text not null, seen integer not null, note text not null, asked_at bigint not null, closed_at bigint,
      closed_by text not null, people integer not null, days integer not null, exceptions integer not null,
      reopened_at bigint, reopened_by text, reopen_reason text)`,
    sql`create index period_state on period (state, to_day)`,
    sql`create table period_person (
      period_id bigint not null, employee_code text not null, primary key (period_id, employee_code))`,
    sql`create index period_person_code on period_person (employee_code)`,
    sql`create table closed_day (
      id ${id}, period_id bigint not null, employee_code text not null, day text not null, origin text not null,
      at bigint not null, result text not null)`,
    sql`create index closed_day_person on closed_day (employee_code, day, id)`,
    sql`create index closed_day_period on closed_day (period_id, id)`,
    sql`create table difference (
      id ${id}, period_id bigint not null, employee_code text not null, day text not null, state text not null,
      worked_delta integer not null, overtime_delta integer not null, changes text not null, causes text not null,
      recalculated text not null, opened_at bigint not null, updated_at bigint not null, decided_at bigint,
      decided_by text, reason text, carry_day text)`,
    sql`create unique index difference_open on difference (period_id, employee_code, day) where state = 'open'`,
    sql`create index difference_state on difference (state, day, id)`,
    sql`create index difference_person on difference (employee_code, state, carry_day)`,
    sql`create table closed_check (
      id ${id}, employee_code text not null, from_day text not null, to_day text not null)`,
    sql`create table repair (
      id ${id}, sn text not null, from_time text not null, to_time text not null, incident text, reason text not null,
      actor text not null, at bigint not null)`,
  ]) {
    await statement.execute(db)
  }
}
