import { type Kysely, sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'

/**
 * A privilege nobody has said, or that could not be read, is none and not that of a plain user. Of those kept so far as
 * plain users, they are the ones no record decides about and no terminal has said a privilege of.
 */
export async function privilegeNobodySaid(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  // SQLite takes no constraint off a column.
  const loosened =
    dialect === 'postgres'
      ? [sql`alter table person alter column privilege drop not null`]
      : [
          sql`alter table person add column said_privilege integer`,
          sql`update person set said_privilege = privilege`,
          sql`alter table person drop column privilege`,
          sql`alter table person rename column said_privilege to privilege`,
        ]
  const unsaid = sql`update person set privilege = null
    where managed = 0 and privilege = 0 and not exists (
      select 1 from person_device where person_device.employee_code = person.employee_code
        and (said is null or said like '%"privilege":%'))`
  for (const statement of [...loosened, unsaid]) await statement.execute(db)
}
