import { sql } from 'kysely'
import type { Write } from '../store/index.ts'

export interface StaleDays {
  /** People it is about; `everyone`: all that are known by a punch or a name. */
  readonly employeeCodes: readonly string[] | 'everyone'
  /** First day that may come out differently, `YYYY-MM-DD`. */
  readonly fromDay: string
  /** Last day; null: from there on for good. */
  readonly toDay: string | null
}

const forGood = '9999-12-31'
const codesPerStatement = 300

/**
 * Says, in the transaction of what changed (a plan, a calendar, a correction, a closure, what a terminal states), that
 * days have to be judged again. New and removed punches say so by themselves. Cheap: one row a person.
 */
export async function markDaysStale(
  write: Write,
  { employeeCodes, fromDay, toDay }: StaleDays,
): Promise<void> {
  const known = sql`on conflict (employee_code) do update set
    from_day = case when stale_days.from_day < excluded.from_day then stale_days.from_day else excluded.from_day end,
    to_day = case when stale_days.to_day > excluded.to_day then stale_days.to_day else excluded.to_day end,
    revision = stale_days.revision + 1`
  const until = toDay ?? forGood
  if (employeeCodes === 'everyone') {
    await sql`insert into stale_days (employee_code, from_day, to_day, revision)
      select code, ${sql.lit(fromDay)}, ${sql.lit(until)}, 1 from (
        select employee_code as code from person union select employee_code from person_day) as everyone
      where true ${known}`.execute(write)
    return
  }
  const codes = [...new Set(employeeCodes)].sort()
  for (let from = 0; from < codes.length; from += codesPerStatement) {
    const rows = codes
      .slice(from, from + codesPerStatement)
      .map(code => sql`(${code}, ${fromDay}, ${until}, 1)`)
    await sql`insert into stale_days (employee_code, from_day, to_day, revision) values ${sql.join(rows)} ${known}`.execute(
      write,
    )
  }
}
