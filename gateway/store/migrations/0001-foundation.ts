import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId, bytesType } from '#platform/database/dialect.ts'

/** Terminals, punches, people, doors, commands and tokens. */
export async function foundation(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const id = autoId(dialect)
  const bytes = bytesType(dialect)
  for (const statement of [
    sql`create table device (
      sn text primary key, state text not null, label text not null, site text not null, zone text not null,
      simulated integer not null, has_door integer not null, model text, firmware text, flavour text,
      ack_style text not null, charset text, options text not null, info text not null, stamps text not null,
      first_seen_at bigint not null, adopted_at bigint)`,
    sql`create table device_contact (
      sn text primary key references device(sn) on delete cascade, last_seen_at bigint, address text,
      online integer not null, since bigint not null, clock_skew_ms bigint, poll_interval_ms bigint)`,
    sql`create table held_upload (
      id ${id}, sn text not null, received_at bigint not null, raw_url text not null, body ${bytes} not null, bytes bigint not null)`,
    sql`create index held_upload_sn on held_upload (sn, id)`,
    sql`create table quarantine (
      id ${id}, sn text not null, received_at bigint not null, table_name text not null, line bigint not null,
      reason text not null, raw ${bytes} not null)`,
    sql`create index quarantine_sn on quarantine (sn, id)`,
    sql`create table punch (
      id ${id}, sn text not null, employee_code text not null, local_time text not null, local_day text not null,
      local_minute integer not null, zone text not null, offset_minutes integer not null, instant bigint not null,
      status bigint, verify bigint, direction text not null, modality text not null, side text not null,
      work_code text, temperature double precision, mask integer, flags text not null, clock_skew_ms bigint,
      received_at bigint not null, raw text not null, identity text not null)`,
    sql`create unique index punch_identity on punch (sn, identity)`,
    sql`create index punch_time on punch (local_time, id)`,
    sql`create index punch_device on punch (sn, local_time, id)`,
    sql`create index punch_person on punch (employee_code, local_day, local_time)`,
    sql`create table person (
      employee_code text primary key, first_name text not null, last_name text not null, privilege integer not null,
      card text, updated_at bigint not null)`,
    sql`create table person_device (
      employee_code text not null, sn text not null, reported_at bigint not null, primary key (employee_code, sn))`,
    sql`create index person_device_sn on person_device (sn)`,
    sql`create table door_event (
      id ${id}, sn text not null, door_no integer not null, event text not null, employee_code text,
      local_time text not null, instant bigint not null, received_at bigint not null, command_id bigint, identity text not null)`,
    sql`create unique index door_event_identity on door_event (sn, identity)`,
    sql`create index door_event_time on door_event (local_time, id)`,
    sql`create index door_event_door on door_event (sn, door_no, id)`,
    sql`create table command (
      id ${id}, sn text not null, kind text not null, operation text not null, payload text not null, state text not null,
      idempotency_key text, actor text, created_at bigint not null, expires_at bigint not null, sent_at bigint,
      completed_at bigint, attempts integer not null, return_code bigint, error text)`,
    sql`create unique index command_key on command (idempotency_key) where idempotency_key is not null`,
    sql`create index command_open on command (sn, state, id)`,
    sql`create index command_expiry on command (state, expires_at)`,
    sql`create table token (
      id ${id}, hash text not null unique, label text not null, permissions text, devices text,
      rate_per_minute integer, created_at bigint not null)`,
    sql`create table setting (name text primary key, value text not null)`,
  ]) {
    await statement.execute(db)
  }
}
