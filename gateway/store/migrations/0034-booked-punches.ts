import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'

/**
 * In SQLite a trigger for each punch cost more than the punch: what follows from new ones is written once for all of a
 * transaction (store/book-punches.ts), from the last id that has been booked on. PostgreSQL has triggers for a whole
 * statement and keeps them.
 */
export async function bookedPunches(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect !== 'sqlite') return
  for (const statement of [
    sql`create table punch_booked (id integer primary key, through integer not null)`,
    sql`insert into punch_booked select 1, coalesce(max(id), 0) from punch`,
    sql`drop trigger punch_counted`,
    sql`drop trigger punch_uncounted`,
    // One that has not been booked has not been counted.
    sql`create trigger punch_uncounted after delete on punch
      when old.id <= (select through from punch_booked) begin
        update device_day set punches = punches - 1 where local_day = old.local_day and sn = old.sn;
        delete from device_day where local_day = old.local_day and sn = old.sn and punches = 0;
        insert into stale_days (employee_code, from_day, to_day) values (old.employee_code, old.local_day, old.local_day);
      end`,
  ]) {
    await statement.execute(db)
  }
}
