import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId, bytesType } from '#platform/database/dialect.ts'

/** What is wanted of people: their record here, sealed credentials, who belongs on which terminal, and proof of it. */
export async function people(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const bytes = bytesType(dialect)
  for (const statement of [
    sql`alter table person add column managed integer not null default 0`,
    sql`alter table person add column department text not null default ''`,
    sql`alter table person add column group_name text not null default ''`,
    sql`alter table person add column valid_from text`,
    sql`alter table person add column valid_to text`,
    sql`alter table person add column suspended text`,
    sql`alter table person add column status text not null default 'active'`,
    sql`alter table person add column password ${bytes}`,
    sql`alter table person add column password_mark text`,
    sql`alter table person add column consent text`,
    sql`alter table person add column retain_until text`,
    sql`alter table person add column version integer not null default 0`,
    sql`alter table person add column created_at bigint`,
    sql`create index person_department on person (department, employee_code)`,
    sql`create index person_name on person (last_name, first_name, employee_code)`,
    sql`create index person_changed on person (updated_at, employee_code)`,
    sql`create index person_card on person (card) where card is not null`,
    sql`create index person_password on person (password_mark) where password_mark is not null`,
    sql`create index person_valid on person (valid_to) where valid_to is not null`,
    sql`create index person_retain on person (retain_until) where retain_until is not null`,
    sql`create table credential (
      id ${autoId(dialect)}, employee_code text not null references person(employee_code) on delete cascade,
      bio_type integer not null, no integer not null, idx integer not null, major text not null, minor text not null,
      format integer not null, duress integer not null, source text not null, bytes integer not null,
      mark text not null, content ${bytes} not null, at bigint not null,
      unique (employee_code, bio_type, no, idx, major))`,
    sql`create table person_photo (
      employee_code text primary key references person(employee_code) on delete cascade, type text not null,
      bytes integer not null, mark text not null, content ${bytes} not null, keep integer not null, at bigint not null)`,
    sql`create table person_wanted (
      employee_code text not null references person(employee_code) on delete cascade,
      sn text not null references device(sn) on delete cascade, origin text not null, wanted integer not null,
      state text not null, reason_code text not null, reason text, since bigint not null, attempts integer not null,
      due_at bigint, synced_version integer, confirmed_at bigint, primary key (employee_code, sn))`,
    sql`create index person_wanted_due on person_wanted (sn, due_at) where due_at is not null`,
    sql`create index person_wanted_sn on person_wanted (sn, employee_code)`,
    sql`create index person_wanted_state on person_wanted (state, employee_code)`,
    sql`create table person_item (
      employee_code text not null references person(employee_code) on delete cascade,
      sn text not null references device(sn) on delete cascade, item text not null, mark text not null,
      proof text not null, reason text, at bigint not null, primary key (employee_code, sn, item))`,
    sql`create index person_item_sn on person_item (sn)`,
    sql`create table person_order (
      command_id bigint primary key, employee_code text not null, sn text not null references device(sn) on delete cascade,
      item text not null, mark text not null)`,
    sql`create index person_order_pair on person_order (sn, employee_code)`,
    sql`create table people_job (
      id text primary key, kind text not null, state text not null, title text not null, total integer not null,
      actor text, started_at bigint not null, ended_at bigint, told integer not null)`,
    sql`create index people_job_order on people_job (started_at, id)`,
    sql`create table people_job_pair (
      job_id text not null references people_job(id) on delete cascade, employee_code text not null, sn text not null,
      outcome text not null, fresh integer not null, primary key (job_id, employee_code, sn))`,
    sql`create index people_job_pair_open on people_job_pair (employee_code, sn) where outcome = 'open'`,
    sql`create table deletion (
      id text primary key, employee_code text not null, scope text not null, state text not null, asked_at bigint not null,
      actor text, done_at bigint, statement text, removed text, kept text, hash text)`,
    sql`create index deletion_order on deletion (asked_at, id)`,
    sql`create index deletion_person on deletion (employee_code)`,
    sql`create table deletion_terminal (
      deletion_id text not null references deletion(id) on delete cascade, sn text not null, label text not null,
      state text not null, proof text not null, at bigint, reason text, primary key (deletion_id, sn))`,
    sql`create index deletion_terminal_open on deletion_terminal (sn) where state = 'Open'`,
    sql`create table person_change (
      id ${autoId(dialect)}, change_id text not null, at bigint not null, employee_code text not null, actor text,
      what text not null, field text, was text, became text)`,
    sql`create index person_change_person on person_change (employee_code, id)`,
    sql`create index person_change_id on person_change (change_id)`,
  ]) {
    await statement.execute(db)
  }
}
