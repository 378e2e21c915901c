import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/**
 * Who is expected when: shifts, rotations and the policy in versions from a date on, departments, assignments,
 * calendars and leave. Nothing in here is deleted: what was taken back says when and by whom.
 */
export async function plans(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const saved = sql.raw('saved_at bigint not null, saved_by text')
  const removed = sql.raw('removed_at bigint, removed_by text')
  for (const statement of [
    sql`create table plan_version (
      kind text not null, id text not null, from_date text not null, name text not null, definition text, ${saved},
      primary key (kind, id, from_date))`,
    sql`create table department (
      department_id text primary key, name text not null, site text, ${saved}, ${removed})`,
    sql`create table department_member (
      employee_code text not null, from_date text not null, department_id text, ${saved},
      primary key (employee_code, from_date))`,
    sql`create index department_member_department on department_member (department_id)`,
    sql`create table plan_assignment (
      id ${autoId(dialect)}, employee_code text, department_id text, shift_id text, rotation_id text,
      weekdays text not null, offset_days integer not null, from_date text not null, to_date text, site text,
      works_holidays integer not null, ${saved}, ${removed})`,
    sql`create index plan_assignment_person on plan_assignment (employee_code, from_date)`,
    sql`create index plan_assignment_department on plan_assignment (department_id, from_date)`,
    sql`create table calendar (
      calendar_id text primary key, name text not null, sites text not null, ${saved}, ${removed})`,
    sql`create table calendar_day (
      calendar_id text not null references calendar(calendar_id) on delete cascade, date text not null,
      name text not null, portion text not null, ${saved}, ${removed}, primary key (calendar_id, date))`,
    sql`create index calendar_day_date on calendar_day (date)`,
    sql`create table person_leave (
      id ${autoId(dialect)}, employee_code text not null, from_date text not null, to_date text not null,
      kind text not null, portion text not null, note text not null, ${saved}, ${removed})`,
    sql`create index person_leave_person on person_leave (employee_code, to_date)`,
    sql`create index person_leave_date on person_leave (to_date)`,
  ]) {
    await statement.execute(db)
  }
}
