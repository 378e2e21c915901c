import { sql } from 'kysely'
import type { Write } from './index.ts'

const ofPeople = ['correction', 'closed_day', 'difference', 'period_person', 'closed_check'] as const

/**
 * What was corrected and closed of people who are gone for good, without a name and without a punch, and repairs of
 * terminals that are removed. A period of which no day is left goes as well.
 */
export async function forgetCorrections(write: Write, sns: readonly string[]): Promise<void> {
  for (const table of ofPeople)
    await sql`delete from ${sql.table(table)} where employee_code <> ''
      and not exists (select 1 from person where person.employee_code = ${sql.table(table)}.employee_code)
      and not exists (select 1 from punch where punch.employee_code = ${sql.table(table)}.employee_code)`.execute(
      write,
    )
  await sql`delete from correction_decision where not exists
    (select 1 from correction where correction.id = correction_decision.correction_id)`.execute(write)
  await sql`delete from period where state <> 'closing' and not exists
    (select 1 from closed_day where closed_day.period_id = period.id)`.execute(write)
  if (sns.length > 0)
    await write
      .deleteFrom('repair')
      .where('sn', 'in', [...sns])
      .execute()
}
