import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** What the webhook console shows and does: numbered deliveries, attempts in detail, breakers, issues, jobs, figures. */
export async function webhookConsole(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const buckets = Array.from({ length: 12 }, (_, index) => `h${index} bigint not null default 0`).join(', ')
  const subscription = [
    'name text',
    'sites text',
    'people text',
    'rate_per_second real',
    'pause_reason text',
    'paused_at bigint',
    'breaker_until bigint',
    'breaker_trips bigint not null default 0',
    'ladder_step bigint not null default 0',
    'secret_before text',
    'secret_before_until bigint',
    'signing_key text',
    'signing_public text',
  ]
  const delivery = [
    'seq bigint',
    "kind text not null default 'live'",
    'job_id bigint',
    'last_status integer',
    'last_outcome text',
    'last_error text',
    'last_ms bigint',
    'last_at bigint',
  ]
  const attempt = ['timing text', 'url text', 'format text', 'headers text']
  for (const statement of [
    ...subscription.map(column => sql.raw(`alter table subscription add column ${column}`)),
    ...delivery.map(column => sql.raw(`alter table delivery add column ${column}`)),
    ...attempt.map(column => sql.raw(`alter table attempt add column ${column}`)),
    sql`alter table outbox add column employee_code text`,
    sql`create index outbox_operation on outbox (operation_id)`,
    sql`create index delivery_newest on delivery (subscription_id, id)`,
    sql`create index delivery_job on delivery (job_id, state) where job_id is not null`,
    sql`create table webhook_sequence (
      subscription_id text primary key references subscription(id) on delete cascade, last bigint not null)`,
    sql.raw(`create table webhook_stat (
      subscription_id text not null references subscription(id) on delete cascade, slot bigint not null,
      attempts bigint not null, failures bigint not null, ${buckets}, primary key (subscription_id, slot))`),
    sql`create table webhook_issue (
      id ${autoId(dialect)}, subscription_id text not null references subscription(id) on delete cascade,
      cause text not null, event text not null, outcome text not null, status integer, state text not null,
      detail text, times bigint not null, first_at bigint not null, last_at bigint not null, snoozed_until bigint,
      settled_at bigint, settled_by text, last_delivery bigint not null, unique (subscription_id, cause))`,
    sql`create table webhook_job (
      id ${autoId(dialect)}, subscription_id text references subscription(id) on delete cascade,
      kind text not null, state text not null, spec text not null, per_second real not null, total bigint not null,
      queued bigint not null, position text not null, started_at bigint not null, ended_at bigint, actor text,
      source_hash text, arrived integer, arrived_hash text, told bigint not null default -1, error text)`,
    sql`create index webhook_job_state on webhook_job (state)`,
  ]) {
    await statement.execute(db)
  }
}
