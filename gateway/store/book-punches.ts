import { CompiledQuery } from 'kysely'
import type { Store, Write } from './index.ts'

// By their ids alone: the planner would rather read the whole index by person.
const fresh = 'from punch not indexed where id > (select through from punch_booked)'

/**
 * What follows from new punches, in SQLite: counts per terminal and day, who punches where, and a word in the log of
 * days to judge, all from the last booked id on. They run once a transaction, right behind the rows, whose number they
 * hardly depend on; nothing is booked twice, and what somebody inserted without them is booked with the next.
 */
export const bookingStatements: readonly string[] = [
  `insert into device_day select local_day, sn, count(*) ${fresh} group by local_day, sn
    on conflict (local_day, sn) do update set punches = punches + excluded.punches`,
  `insert into stale_days (employee_code, from_day, to_day)
    select distinct employee_code, local_day, local_day ${fresh}`,
  `insert into person_terminal select employee_code, sn, max(local_day) ${fresh} group by employee_code, sn
    on conflict (employee_code, sn) do update set last_day = excluded.last_day where last_day < excluded.last_day`,
  'update punch_booked set through = coalesce((select max(id) from punch), 0)',
]

/** Books what was inserted by another way than `recordPunches`; in PostgreSQL triggers have done it. */
export async function bookPunches(store: Pick<Store, 'dialect'>, write: Write): Promise<void> {
  if (store.dialect !== 'sqlite') return
  for (const statement of bookingStatements) await write.executeQuery(CompiledQuery.raw(statement))
}
