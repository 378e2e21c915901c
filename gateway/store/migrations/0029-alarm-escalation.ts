import { type Kysely, sql } from 'kysely'

/** Alarms nobody takes go on to somebody else: when, to whom, and when it happened. */
export async function alarmEscalation(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    sql`alter table door_alarm_rule add column escalate_minutes integer`,
    sql`alter table door_alarm_rule add column escalate_to text`,
    sql`alter table door_alarm add column escalate_at bigint`,
    sql`alter table door_alarm add column escalate_to text`,
    sql`alter table door_alarm add column escalated_at bigint`,
  ]) {
    await statement.execute(db)
  }
}
