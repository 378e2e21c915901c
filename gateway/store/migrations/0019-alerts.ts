import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** Tags of terminals; alerts, who is told of them, and every message with what became of it. */
export async function alerts(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of [
    sql`create table device_tag (
      sn text not null references device(sn) on delete cascade, tag text not null, primary key (sn, tag))`,
    sql`create index device_tag_tag on device_tag (tag, sn)`,
    sql`create table alert (
      id ${autoId(dialect)}, kind text not null, severity text not null, subject text not null,
      sn text references device(sn) on delete cascade, site text, door text, title text not null, detail text not null,
      dedupe_key text not null, times integer not null, started_at bigint not null, last_at bigint not null,
      cleared_at bigint, acknowledged_at bigint, acknowledged_by text)`,
    sql`create unique index alert_open on alert (dedupe_key) where cleared_at is null`,
    sql`create index alert_device on alert (sn, id)`,
    sql`create table alert_rule (
      id ${autoId(dialect)}, name text not null, enabled integer not null, kinds text, severity_min text not null,
      sites text, devices text, tags text, channels text not null, schedule text, delay_ms bigint not null,
      repeat_ms bigint not null, tell_cleared integer not null, created_at bigint not null, updated_at bigint not null)`,
    sql`create table alert_channel (
      id ${autoId(dialect)}, name text not null, kind text not null, settings text not null, secret text,
      local_allowed integer not null, created_at bigint not null, last_at bigint, last_ok integer, last_answer text)`,
    sql`create table alert_notice (
      id ${autoId(dialect)}, alert_id bigint not null references alert(id) on delete cascade, rule_id bigint not null,
      channel_id bigint not null, about text not null, state text not null, due_at bigint not null,
      attempts integer not null, sent_at bigint, answer text, dedupe_key text not null)`,
    sql`create index alert_notice_due on alert_notice (due_at) where state = 'pending'`,
    sql`create index alert_notice_alert on alert_notice (alert_id)`,
    sql`create index alert_notice_told on alert_notice (rule_id, channel_id, dedupe_key, sent_at)`,
    sql`create table push_subscription (
      id ${autoId(dialect)}, endpoint_hash text not null unique, sealed text not null, actor text, label text not null,
      created_at bigint not null)`,
  ]) {
    await statement.execute(db)
  }
}
