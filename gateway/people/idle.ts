import { type RawBuilder, sql } from 'kysely'
import { shiftDay } from '../time/zone.ts'
import { clearedPassword } from './record.ts'

const dayMs = 86_400_000

/**
 * True of somebody who may go in and has something to go in with, and has punched nowhere for so many days. Whoever
 * was made here since then has had no time to.
 */
export function idleFor(days: number, today: string, now: number): RawBuilder<boolean> {
  const since = shiftDay(today, -days)
  return sql<boolean>`(person.status = 'active' and person.suspended is null
    and (person.created_at is null or person.created_at < ${now - days * dayMs})
    and (coalesce(person.card, '') <> '' or coalesce(person.password_mark, ${clearedPassword}) <> ${clearedPassword}
      or exists (select 1 from credential where credential.employee_code = person.employee_code))
    and not exists (select 1 from person_terminal
      where person_terminal.employee_code = person.employee_code and person_terminal.last_day >= ${since}))`
}
