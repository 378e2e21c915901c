import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { autoId, bytesType } from '#platform/database/dialect.ts'

/** Photos taken at terminals, sealed; what a terminal has sent of late is summed from the second index alone. */
export async function photos(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of [
    sql`create table attendance_photo (
      id ${autoId(dialect)}, sn text not null references device(sn) on delete cascade, file_name text not null,
      employee_code text, local_time text not null, received_at bigint not null, type text not null,
      bytes integer not null, content ${bytesType(dialect)} not null, unique (sn, file_name))`,
    sql`create index attendance_photo_punch on attendance_photo (sn, local_time, employee_code)`,
    sql`create index attendance_photo_received on attendance_photo (sn, received_at, bytes)`,
    sql`create index attendance_photo_time on attendance_photo (local_time, id)`,
    sql`create index attendance_photo_age on attendance_photo (received_at)`,
  ]) {
    await statement.execute(db)
  }
}
