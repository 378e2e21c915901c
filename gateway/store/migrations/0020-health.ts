import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** When terminals were away and when nobody looked, planned work, who sees to an incident, and what terminals hold. */
export async function health(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of [
    sql`alter table incident add column cause text`,
    sql`alter table incident add column shared text`,
    sql`alter table incident add column devices integer not null default 1`,
    sql`alter table incident add column lost_from bigint`,
    sql`alter table incident add column lost_to bigint`,
    sql`alter table incident add column acknowledged_at bigint`,
    sql`alter table incident add column acknowledged_by text`,
    sql`alter table incident add column assignee text`,
    sql`alter table incident add column people integer`,
    sql`alter table incident add column punches_missing integer`,
    sql`alter table incident add column judged_at bigint`,
    sql`create index incident_lost on incident (kind, ended_at, lost_to)`,
    sql`create table outage (
      id ${autoId(dialect)}, sn text not null references device(sn) on delete cascade, started_at bigint not null,
      declared_at bigint not null, ended_at bigint, cause text not null,
      incident_id bigint references incident(id) on delete set null)`,
    sql`create unique index outage_open on outage (sn) where ended_at is null`,
    sql`create index outage_device on outage (sn, started_at)`,
    sql`create index outage_incident on outage (incident_id)`,
    sql`create table unwatched (
      id ${autoId(dialect)}, started_at bigint not null, ended_at bigint not null, why text not null)`,
    sql`create table maintenance (
      id ${autoId(dialect)}, name text not null, sites text, devices text, tags text, starts_at bigint not null,
      ends_at bigint not null, actor text, created_at bigint not null)`,
    sql`create index maintenance_time on maintenance (ends_at, starts_at)`,
    sql`create table incident_comment (
      id ${autoId(dialect)}, incident_id bigint not null references incident(id) on delete cascade, at bigint not null,
      actor text, text text not null)`,
    sql`create index incident_comment_incident on incident_comment (incident_id, id)`,
    sql`create table storage_sample (
      sn text not null references device(sn) on delete cascade, day text not null, users bigint, fingerprints bigint,
      faces bigint, cards bigint, logs bigint, primary key (sn, day))`,
    sql`alter table device_contact add column away_cause text`,
    sql`alter table command add column urgency integer not null default 0`,
    sql`alter table command add column retry_of bigint`,
  ]) {
    await statement.execute(db)
  }
}
