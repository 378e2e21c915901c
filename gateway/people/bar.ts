import type { Reader } from '../store/index.ts'
import { firstSecond, isSuspendedAt, lastSecond, type PersonRow } from './wanted.ts'

export type Bar = 'gone' | 'suspended' | 'not-yet' | 'expired'
export type Barrable = Pick<PersonRow, 'status' | 'suspended' | 'valid_from' | 'valid_to'>

/** Why somebody is let in nowhere on a site at a wall clock of it, whatever their windows say; null: nothing bars them. */
export function barOf(person: Barrable, { site, local }: { site: string; local: string }): Bar | null {
  if (person.status !== 'active') return 'gone'
  if (isSuspendedAt(person, site)) return 'suspended'
  const from = firstSecond(person.valid_from)
  const to = lastSecond(person.valid_to)
  if (from !== null && local < from) return 'not-yet'
  return to !== null && local > to ? 'expired' : null
}

/** What may bar somebody; undefined of whom we have no record: they are barred by nothing of ours. */
export function findBarrable(reader: Reader, code: string): Promise<Barrable | undefined> {
  return reader
    .selectFrom('person')
    .select(['status', 'suspended', 'valid_from', 'valid_to'])
    .where('employee_code', '=', code)
    .executeTakeFirst()
}
