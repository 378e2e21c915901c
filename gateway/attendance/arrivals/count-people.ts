import { shiftDay } from '../../time/zone.ts'
import type { DaySource } from '../days/day-source.ts'
import { fittingPeople, type PersonFacts } from '../list-days.ts'
import type { PeopleRequest } from '../read-people.ts'
import { type ArrivalCounts, addCounts, addDay, noArrivals } from './count-arrivals.ts'

export interface ArrivalReading {
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly site: string | undefined
  /** Whose days; its range is that of the question. */
  readonly request: Omit<PeopleRequest, 'range'>
}

export interface CountedArrivals {
  readonly total: ArrivalCounts
  /** Came on this day or the one before and have not left. */
  readonly stillIn: number
  readonly groups: readonly (PersonFacts & { readonly counts: ArrivalCounts })[]
}

/** The days among which somebody may still be in: a night runs into the morning, and east of us it is tomorrow. */
export function stillInRange(date: string): { fromDate: string; toDate: string } {
  return { fromDate: shiftDay(date, -1), toDate: shiftDay(date, 1) }
}

/** Counts the people of a day by where they belong, from the same lists that each number opens. */
export async function countArrivals(
  source: DaySource,
  { date, site, request }: ArrivalReading,
): Promise<CountedArrivals> {
  const total = noArrivals()
  const groups = new Map<string, PersonFacts & { readonly counts: ArrivalCounts }>()
  const ofDay = { ...request, range: { fromDate: date, toDate: date } }
  for await (const { facts, days } of fittingPeople(source, ofDay, { site })) {
    const key = JSON.stringify([facts.homeSite, facts.department])
    const group = groups.get(key) ?? { ...facts, counts: noArrivals() }
    groups.set(key, group)
    const own = noArrivals()
    for (const day of days) addDay(own, day)
    addCounts(group.counts, own)
    addCounts(total, own)
  }
  let stillIn = 0
  const lately = { ...request, range: stillInRange(date) }
  for await (const _ of fittingPeople(source, lately, { site, flag: ['still_in'] })) stillIn += 1
  return { total, stillIn, groups: [...groups.values()] }
}
