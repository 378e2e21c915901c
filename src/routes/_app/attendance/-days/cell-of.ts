import type { DayCell, PersonDays } from './search.ts'

const cells = new WeakMap<PersonDays, ReadonlyMap<string, DayCell>>()

/** The day of a person, found at once; the map of a person is made when first asked for. */
export function cellOn(person: PersonDays, day: string): DayCell | undefined {
  let own = cells.get(person)
  if (!own) {
    own = new Map(person.Days.map(cell => [cell.Date, cell]))
    cells.set(person, own)
  }
  return own.get(day)
}
