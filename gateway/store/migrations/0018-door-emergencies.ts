import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId, bytesType } from '#platform/database/dialect.ts'

/** Emergencies with their doors and roll calls, zones, alarms with their rules, and floor plans. */
export async function doorEmergencies(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const id = autoId(dialect)
  for (const statement of [
    sql`create table door_zone_member (
      zone text not null, sn text not null references device(sn) on delete cascade, door_no integer not null,
      primary key (zone, sn, door_no))`,
    sql`create table emergency (
      id ${id}, kind text not null, scope text not null, scope_name text not null, drill integer not null,
      moves_relays integer not null, reason text, started_at bigint not null, started_by text, ended_at bigint,
      ended_by text, end_note text, idempotency_key text)`,
    sql`create unique index emergency_key on emergency (idempotency_key) where idempotency_key is not null`,
    sql`create table emergency_door (
      emergency_id bigint not null references emergency(id), sn text not null references device(sn) on delete cascade,
      door_no integer not null, supported integer not null, reachable integer not null, command_id bigint,
      tries integer not null, last_try_at bigint not null, confirmed_at bigint,
      primary key (emergency_id, sn, door_no))`,
    sql`create table muster_tick (
      id text primary key, roll_call text not null, employee_code text not null, state text not null,
      at bigint not null, by_name text, actor text, received_at bigint not null, note text)`,
    sql`create index muster_tick_call on muster_tick (roll_call, at)`,
    sql`create table door_alarm (
      id ${id}, kind text not null, state text not null, sn text not null references device(sn) on delete cascade,
      door_no integer not null, employee_code text, raised_at bigint not null, last_at bigint not null,
      count integer not null, acknowledged_at bigint, assigned_to text, snoozed_until bigint, cleared_at bigint,
      sound integer not null, notify text not null, rule text)`,
    sql`create index door_alarm_open on door_alarm (sn, door_no, kind) where cleared_at is null`,
    sql`create index door_alarm_order on door_alarm (raised_at)`,
    sql`create table door_alarm_step (
      id ${id}, alarm_id bigint not null references door_alarm(id) on delete cascade, at bigint not null, actor text,
      what text not null, text text)`,
    sql`create index door_alarm_step_order on door_alarm_step (alarm_id, id)`,
    sql`create table door_alarm_rule (
      id ${id}, name text not null, kinds text not null, site text, zone text, from_clock text, to_clock text,
      sound integer not null, notify text not null, repeat_minutes integer not null, raises integer not null,
      enabled integer not null)`,
    sql`create table floor_plan (
      id ${id}, name text not null, site text, type text, image ${bytesType(dialect)}, updated_at bigint not null)`,
    sql`create table floor_place (
      plan_id bigint not null references floor_plan(id) on delete cascade,
      sn text not null references device(sn) on delete cascade, door_no integer not null, x double precision not null,
      y double precision not null, primary key (plan_id, sn, door_no))`,
  ]) {
    await statement.execute(db)
  }
}
