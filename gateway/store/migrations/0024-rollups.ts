import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'

/**
 * Counts of punches per person and day and per terminal and day, and which days of whom have to be judged again. All
 * three are kept by the database itself with every punch, so no way of writing one can forget them.
 */
export async function rollups(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const keyed = sql.raw(dialect === 'sqlite' ? 'without rowid' : '')
  for (const statement of [
    sql`create table person_day (
      employee_code text not null, local_day text not null, punches integer not null,
      primary key (employee_code, local_day)) ${keyed}`,
    sql`create table device_day (
      local_day text not null, sn text not null, punches integer not null, primary key (local_day, sn)) ${keyed}`,
    sql`create index device_day_sn on device_day (sn, local_day, punches)`,
    sql`create table stale_days (
      employee_code text primary key, from_day text not null, to_day text not null, revision bigint not null) ${keyed}`,
    sql`insert into person_day select employee_code, local_day, count(*) from punch group by employee_code, local_day`,
    sql`insert into device_day select local_day, sn, count(*) from punch group by local_day, sn`,
    sql`insert into stale_days select employee_code, min(local_day), max(local_day), 1 from punch group by employee_code`,
    ...(dialect === 'sqlite' ? sqliteTriggers : postgresTriggers),
  ]) {
    await statement.execute(db)
  }
}

const sqliteTriggers = [
  sql`create trigger punch_counted after insert on punch begin
    insert into person_day (employee_code, local_day, punches) values (new.employee_code, new.local_day, 1)
      on conflict (employee_code, local_day) do update set punches = punches + 1;
    insert into device_day (local_day, sn, punches) values (new.local_day, new.sn, 1)
      on conflict (local_day, sn) do update set punches = punches + 1;
    insert into stale_days (employee_code, from_day, to_day, revision)
      values (new.employee_code, new.local_day, new.local_day, 1)
      on conflict (employee_code) do update set from_day = min(from_day, excluded.from_day),
      to_day = max(to_day, excluded.to_day), revision = revision + 1;
  end`,
  sql`create trigger punch_uncounted after delete on punch begin
    update person_day set punches = punches - 1 where employee_code = old.employee_code and local_day = old.local_day;
    delete from person_day where employee_code = old.employee_code and local_day = old.local_day and punches = 0;
    update device_day set punches = punches - 1 where local_day = old.local_day and sn = old.sn;
    delete from device_day where local_day = old.local_day and sn = old.sn and punches = 0;
    insert into stale_days (employee_code, from_day, to_day, revision)
      values (old.employee_code, old.local_day, old.local_day, 1)
      on conflict (employee_code) do update set from_day = min(from_day, excluded.from_day),
      to_day = max(to_day, excluded.to_day), revision = revision + 1;
  end`,
]

// In order of their keys, so that two transactions that meet wait for each other instead of for ever.
const postgresTriggers = [
  sql`create function count_punches() returns trigger language plpgsql set search_path from current as $$
    begin
      insert into person_day as known (employee_code, local_day, punches)
        select employee_code, local_day, count(*) from changed group by 1, 2 order by 1, 2
        on conflict (employee_code, local_day) do update set punches = known.punches + excluded.punches;
      insert into device_day as known (local_day, sn, punches)
        select local_day, sn, count(*) from changed group by 1, 2 order by 1, 2
        on conflict (local_day, sn) do update set punches = known.punches + excluded.punches;
      insert into stale_days as known (employee_code, from_day, to_day, revision)
        select employee_code, min(local_day), max(local_day), 1 from changed group by 1 order by 1
        on conflict (employee_code) do update set from_day = least(known.from_day, excluded.from_day),
        to_day = greatest(known.to_day, excluded.to_day), revision = known.revision + 1;
      return null;
    end $$`,
  sql`create function uncount_punches() returns trigger language plpgsql set search_path from current as $$
    begin
      update person_day as known set punches = known.punches - gone.punches
        from (select employee_code, local_day, count(*) as punches from changed group by 1, 2) as gone
        where known.employee_code = gone.employee_code and known.local_day = gone.local_day;
      delete from person_day where punches = 0;
      update device_day as known set punches = known.punches - gone.punches
        from (select local_day, sn, count(*) as punches from changed group by 1, 2) as gone
        where known.local_day = gone.local_day and known.sn = gone.sn;
      delete from device_day where punches = 0;
      insert into stale_days as known (employee_code, from_day, to_day, revision)
        select employee_code, min(local_day), max(local_day), 1 from changed group by 1 order by 1
        on conflict (employee_code) do update set from_day = least(known.from_day, excluded.from_day),
        to_day = greatest(known.to_day, excluded.to_day), revision = known.revision + 1;
      return null;
    end $$`,
  sql`create trigger punch_counted after insert on punch referencing new table as changed
    for each statement execute function count_punches()`,
  sql`create trigger punch_uncounted after delete on punch referencing old table as changed
    for each statement execute function uncount_punches()`,
]
