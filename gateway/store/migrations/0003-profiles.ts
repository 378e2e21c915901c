import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId } from '#platform/database/dialect.ts'

/**
 * How each terminal speaks with the evidence for it, the stamps it posted, incidents, and what is still missing of
 * its punches after a gap.
 */
export async function profiles(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of [
    sql`create table device_profile (
      sn text not null references device(sn) on delete cascade, name text not null, value text not null,
      source text not null, evidence text not null, at bigint not null, primary key (sn, name))`,
    sql`create table device_stamp (
      sn text not null references device(sn) on delete cascade, table_name text not null, stamp text not null,
      at bigint not null, primary key (sn, table_name))`,
    sql`create table incident (
      id ${autoId(dialect)}, sn text not null references device(sn) on delete cascade, kind text not null,
      subject text not null, detail text not null, times integer not null, started_at bigint not null,
      last_at bigint not null, ended_at bigint)`,
    sql`create unique index incident_open on incident (sn, kind, subject) where ended_at is null`,
    sql`create index incident_device on incident (sn, id)`,
    sql`create table catch_up (
      sn text primary key references device(sn) on delete cascade, missing_from text, asked_from text, asked_at bigint,
      command_id bigint)`,
    sql`create index quarantine_reason on quarantine (sn, reason, id)`,
    sql`alter table command add column rows_new bigint`,
    sql`alter table command add column rows_repeated bigint`,
    sql`alter table device add column query_id bigint`,
    sql`alter table device add column profile text not null default '{}'`,
  ]) {
    await statement.execute(db)
  }
  await moveWhatIsKnown(db)
  for (const column of ['ack_style', 'charset', 'stamps'])
    await sql`alter table device drop column ${sql.ref(column)}`.execute(db)
}

interface Known {
  sn: string
  flavour: string | null
  ack_style: string
  charset: string | null
  stamps: string
  first_seen_at: number
}

async function moveWhatIsKnown(db: Kysely<unknown>): Promise<void> {
  const { rows } =
    await sql<Known>`select sn, flavour, ack_style, charset, stamps, first_seen_at from device`.execute(db)
  for (const { sn, flavour, ack_style, charset, stamps, first_seen_at: at } of rows) {
    const known = [
      ['Flavour', flavour],
      ['Acknowledgement', ack_style === 'count' ? null : ack_style],
      ['Charset', charset],
    ].flatMap(([name, value]) => (name && value ? [{ name, value }] : []))
    for (const { name, value } of known)
      await sql`insert into device_profile (sn, name, value, source, evidence, at)
        values (${sn}, ${name}, ${value}, 'learned', 'Known before evidence was kept', ${at})`.execute(db)
    const profile = Object.fromEntries(known.map(({ name, value }) => [name, { value, edited: false }]))
    await sql`update device set profile = ${JSON.stringify(profile)} where sn = ${sn}`.execute(db)
    for (const [table, stamp] of Object.entries(JSON.parse(stamps) as Record<string, string>))
      await sql`insert into device_stamp (sn, table_name, stamp, at) values (${sn}, ${table}, ${stamp}, ${at})`.execute(
        db,
      )
  }
}
