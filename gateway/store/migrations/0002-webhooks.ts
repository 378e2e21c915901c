import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/** Subscriptions, the outbox, the lanes it goes out on, and what became of each delivery. */
export async function webhooks(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const id = autoId(dialect)
  for (const statement of [
    sql`create table subscription (
      id text primary key, url text not null, events text not null, devices text, format text not null, ack text not null,
      max_age_ms bigint, secret text not null, callback_token text, local_allowed integer not null, state text not null,
      token_id bigint not null, created_at bigint not null, delivered bigint not null, failures bigint not null,
      failing_since bigint, last_success_at bigint, last_error_at bigint, last_error text)`,
    sql`create unique index subscription_url on subscription (token_id, url)`,
    sql`create table outbox (
      id ${id}, event text not null, operation_id text not null, sn text, body text not null, occurred_at bigint not null)`,
    sql`create table lane (
      subscription_id text not null references subscription(id) on delete cascade, lane text not null, due_at bigint,
      claim text, generation bigint not null, failures bigint not null, primary key (subscription_id, lane))`,
    sql`create index lane_due on lane (subscription_id, due_at) where due_at is not null`,
    sql`create table delivery (
      id ${id}, outbox_id bigint not null references outbox(id) on delete cascade,
      subscription_id text not null references subscription(id) on delete cascade,
      lane text not null, state text not null, attempts integer not null, created_at bigint not null, settled_at bigint)`,
    sql`create index delivery_outbox on delivery (outbox_id)`,
    sql`create index delivery_lane on delivery (subscription_id, lane, id) where state = 'pending'`,
    sql`create index delivery_parked on delivery (subscription_id, id) where state = 'parked'`,
    sql`create table attempt (
      id ${id}, delivery_id bigint not null references delivery(id) on delete cascade, number integer not null, started_at bigint not null,
      duration_ms bigint not null, status integer, outcome text not null, error text, response text)`,
    sql`create index attempt_delivery on attempt (delivery_id, number)`,
  ]) {
    await statement.execute(db)
  }
}
