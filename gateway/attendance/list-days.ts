import type { z } from 'zod'
import type { PersonDays } from '#contract/entities/attendance-day.ts'
import type { Reader } from '../store/index.ts'
import { namesOf } from '../store/people-names.ts'
import { daySums } from './day-cell.ts'
import type { DayFacts } from './days/day-facts.ts'
import { type DaysDeps, readDays } from './days/read-days.ts'
import { readPlaces } from './plan/read-places.ts'
import type { PeopleRequest } from './read-people.ts'

/** People of a file at a time. */
const batchSize = 25

export type PersonDaysEntity = z.output<typeof PersonDays>

/** Which people are wanted: each has at least one day that fits. */
export interface OutcomeFilter {
  readonly site: string | undefined
  readonly department: string | undefined
  readonly deviceSn: string | undefined
  readonly status: readonly string[] | undefined
  readonly flag: readonly string[] | undefined
  readonly certainty: readonly string[] | undefined
  /** 1 for Monday. */
  readonly weekday?: number | undefined
  readonly hour?: number | undefined
}

/** What is known of somebody beside the days. */
export interface PersonFacts {
  readonly department: string | null
  readonly homeSite: string | null
}

export interface PersonResult {
  readonly employeeCode: string
  readonly days: readonly DayFacts[]
  readonly facts: PersonFacts
}

/** People with a day that fits, in order of their codes, as far as the caller reads. */
export async function* fittingPeople(
  deps: DaysDeps,
  request: PeopleRequest,
  filter: OutcomeFilter,
): AsyncGenerator<PersonResult> {
  const fits = fitter(filter)
  const places = await readPlaces(deps.store.read, request.range.toDate)
  for await (const { employeeCode, days } of readDays(deps, request)) {
    const place = places.get(employeeCode)
    const facts: PersonFacts = {
      department: place?.department ?? null,
      homeSite: place?.site ?? usualSite(days),
    }
    if (filter.department !== undefined && facts.department !== filter.department) continue
    if (days.some(day => fits(day, facts))) yield { employeeCode, days, facts }
  }
}

/** The same in small batches as the contract shows them, for files. */
export async function* peoplePages(
  deps: DaysDeps,
  request: PeopleRequest,
  filter: OutcomeFilter,
): AsyncGenerator<PersonDaysEntity[]> {
  let held: PersonResult[] = []
  for await (const person of fittingPeople(deps, request, filter)) {
    held.push(person)
    if (held.length < batchSize) continue
    yield await showPeople(deps.store.read, held)
    held = []
  }
  if (held.length > 0) yield await showPeople(deps.store.read, held)
}

/** Some people as the contract shows them, with their names. */
export async function showPeople(
  reader: Reader,
  people: readonly PersonResult[],
): Promise<PersonDaysEntity[]> {
  const names = await namesOf(
    reader,
    people.map(({ employeeCode }) => employeeCode),
  )
  return people.map(({ employeeCode, days, facts }) => {
    const zone = usualZone(days)
    return {
      EmployeeCode: employeeCode,
      EmployeeName: names.get(employeeCode) ?? null,
      Department: facts.department,
      Site: facts.homeSite,
      TimeZone: zone,
      Days: days.map(({ cell }) => cellIn(cell, zone)),
      Sums: daySums(employeeCode, days),
    }
  })
}

/** A test whether a day fits all that is asked for. */
function fitter(filter: OutcomeFilter): (day: DayFacts, facts: PersonFacts) => boolean {
  const { site, deviceSn, status, flag, certainty, weekday, hour } = filter
  const flags = flag && new Set(flag)
  const isAnyHour = weekday === undefined && hour === undefined
  const isPresent = (day: DayFacts) =>
    day.presence.some(
      present =>
        (weekday === undefined || present.weekday === weekday) &&
        (hour === undefined || present.hour === hour),
    )
  return (day, { homeSite }) =>
    (status === undefined || status.includes(day.status)) &&
    (certainty === undefined || certainty.includes(day.certainty.state)) &&
    (flags === undefined || day.findings.some(({ kind }) => flags.has(kind))) &&
    (deviceSn === undefined || day.deviceSns.includes(deviceSn)) &&
    (site === undefined || homeSite === site || day.sites[site] !== undefined) &&
    (isAnyHour || isPresent(day))
}

/** Where most of the punches are from. */
function usualSite(days: readonly DayFacts[]): string | null {
  return commonest(days.flatMap(({ sites }) => Object.entries(sites)))
}

function usualZone(days: readonly DayFacts[]): string {
  return commonest(days.flatMap(({ zone }) => (zone === null ? [] : [[zone, 1] as const]))) ?? 'UTC'
}

/** A cell names its zone only where it is not the one of the person. */
function cellIn({ TimeZone, ...cell }: DayFacts['cell'], personZone: string): DayFacts['cell'] {
  return TimeZone === undefined || TimeZone === personZone ? cell : { ...cell, TimeZone }
}

function commonest(words: readonly (readonly [string, number])[]): string | null {
  const times = new Map<string, number>()
  for (const [word, count] of words) times.set(word, (times.get(word) ?? 0) + count)
  let best: string | null = null
  for (const [word, count] of times) if (best === null || count > (times.get(best) ?? 0)) best = word
  return best
}
