import { sql } from 'kysely'
import type { Write } from '../store/index.ts'
import { markClosedDays } from '../store/periods.ts'

export interface StaleDays {
  /** People it is about; `everyone`: all that are known by a punch or a name. */
  readonly employeeCodes: readonly string[] | 'everyone'
  /** First day that may come out differently, `YYYY-MM-DD`. */
  readonly fromDay: string
  /** Last day; null: from there on for good. */
  readonly toDay: string | null
}

/** In the log: everybody. No terminal can send it as a code, which has no blanks. */
export const everyoneMark = ' everyone'
const forGood = '9999-12-31'
const codesPerStatement = 300

/**
 * Says, in the transaction of what changed (a plan, a calendar, a correction, a closure, what a terminal states), that
 * days have to be judged again. New and removed punches say so by themselves. Cheap: a row a person, one for everyone.
 */
export async function markDaysStale(
  write: Write,
  { employeeCodes, fromDay, toDay }: StaleDays,
): Promise<void> {
  const until = toDay ?? forGood
  const codes = employeeCodes === 'everyone' ? [everyoneMark] : [...new Set(employeeCodes)].sort()
  for (let from = 0; from < codes.length; from += codesPerStatement) {
    const rows = codes.slice(from, from + codesPerStatement).map(code => sql`(${code}, ${fromDay}, ${until})`)
    await sql`insert into stale_days (employee_code, from_day, to_day) values ${sql.join(rows)}`.execute(
      write,
    )
  }
  await markClosedDays(write, { employeeCodes, fromDay, toDay })
}
