import type { z } from 'zod'
import { countsAs } from '#contract/arrival-counts.ts'
import type { ArrivalCount } from '#contract/day-states.ts'
import type { PersonDays } from '#contract/entities/attendance-day.ts'
import type { Reader } from '../store/index.ts'
import { namesOf } from '../store/people-names.ts'
import { daySums } from './day-cell.ts'
import type { DayFacts } from './days/day-facts.ts'
import type { DaySource } from './days/day-source.ts'
import { readPlaces } from './plan/read-places.ts'
import type { PeopleRequest } from './read-people.ts'
import { commonest, usualSite } from './usual-site.ts'

/** People of a file at a time. */
const batchSize = 25

export type PersonDaysEntity = z.output<typeof PersonDays>

/** Which people are wanted: each has at least one day that fits. */
export interface OutcomeFilter {
  /** Home site, or a punch there. */
  readonly site?: string | undefined
  /** Home site; empty: people of none. */
  readonly homeSite?: string | undefined
  /** Empty: people of none. */
  readonly department?: string | undefined
  readonly deviceSn?: string | undefined
  readonly status?: readonly string[] | undefined
  readonly flag?: readonly string[] | undefined
  readonly certainty?: readonly string[] | undefined
  /** As arrivals count it. */
  readonly counted?: ArrivalCount | undefined
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
  source: DaySource,
  request: PeopleRequest,
  filter: OutcomeFilter,
): AsyncGenerator<PersonResult> {
  const fits = fitter(filter)
  const places = await readPlaces(source.read, request.range.toDate)
  for await (const { employeeCode, days } of source.people(request)) {
    const place = places.get(employeeCode)
    const facts: PersonFacts = {
      department: place?.department ?? null,
      homeSite: place?.site ?? usualSite(days),
    }
    if (!isOf(filter.department, facts.department) || !isOf(filter.homeSite, facts.homeSite)) continue
    if (days.some(day => fits(day, facts))) yield { employeeCode, days, facts }
  }
}

/** Empty asks for those who have none. */
export function isOf(asked: string | undefined, own: string | null): boolean {
  return asked === undefined || (own ?? '') === asked
}

/** The same in small batches as the contract shows them, for files. */
export async function* peoplePages(
  source: DaySource,
  request: PeopleRequest,
  filter: OutcomeFilter,
): AsyncGenerator<PersonDaysEntity[]> {
  let held: PersonResult[] = []
  for await (const person of fittingPeople(source, request, filter)) {
    held.push(person)
    if (held.length < batchSize) continue
    yield await showPeople(source.read, held)
    held = []
  }
  if (held.length > 0) yield await showPeople(source.read, held)
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
  const { site, deviceSn, status, flag, certainty, counted, weekday, hour } = filter
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
    (counted === undefined || countsAs(day.cell).has(counted)) &&
    (flags === undefined || day.findings.some(({ kind }) => flags.has(kind))) &&
    (deviceSn === undefined || day.deviceSns.includes(deviceSn)) &&
    (site === undefined || homeSite === site || day.sites[site] !== undefined) &&
    (isAnyHour || isPresent(day))
}

function usualZone(days: readonly DayFacts[]): string {
  return commonest(days.flatMap(({ zone }) => (zone === null ? [] : [[zone, 1] as const]))) ?? 'UTC'
}

/** A cell names its zone only where it is not the one of the person. */
function cellIn({ TimeZone, ...cell }: DayFacts['cell'], personZone: string): DayFacts['cell'] {
  return TimeZone === undefined || TimeZone === personZone ? cell : { ...cell, TimeZone }
}
