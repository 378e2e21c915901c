import type { z } from 'zod'
import type { PersonDays } from '#contract/entities/attendance-day.ts'
import type { Reader } from '../store/index.ts'
import { namesOf } from '../store/people-names.ts'
import { departmentSites, membersOf } from '../store/plans.ts'
import { daySums } from './day-cell.ts'
import type { DayFacts } from './days/day-facts.ts'
import { type DaysDeps, type PersonDayFacts, readDays } from './days/read-days.ts'
import type { PeopleRequest } from './read-people.ts'

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
  readonly weekday: number | undefined
  readonly hour: number | undefined
}

/** What is known of somebody beside the days. */
export interface PersonFacts {
  /** Name of the department on the last day of the range. */
  readonly department: string | null
  readonly homeSite: string | null
}

export interface PersonResult {
  readonly employeeCode: string
  readonly days: readonly DayFacts[]
  readonly facts: PersonFacts
}

/** People looked up at a time. */
const batchSize = 25

/** People with a day that fits, in order of their codes, as far as the caller reads. */
export async function* fittingPeople(
  deps: DaysDeps,
  request: PeopleRequest,
  filter: OutcomeFilter,
): AsyncGenerator<PersonResult> {
  const fits = fitter(filter)
  const departments = await openDepartments(deps.store.read, request.range.toDate)
  for await (const batch of batches(readDays(deps, request), person => person.days.some(fits))) {
    const departmentOf = await departments(batch.map(({ employeeCode }) => employeeCode))
    for (const { employeeCode, days } of batch) {
      const department = departmentOf.get(employeeCode)
      if (filter.department !== undefined && department?.name !== filter.department) continue
      const homeSite = department?.site ?? usualSite(days)
      if (
        filter.site !== undefined &&
        homeSite !== filter.site &&
        !days.some(day => hasSite(day, filter.site))
      )
        continue
      yield { employeeCode, days, facts: { department: department?.name ?? null, homeSite } }
    }
  }
}

/** The same in small batches as the contract shows them, for files. */
export async function* peoplePages(
  deps: DaysDeps,
  request: PeopleRequest,
  filter: OutcomeFilter,
): AsyncGenerator<PersonDaysEntity[]> {
  for await (const people of batches(fittingPeople(deps, request, filter), () => true))
    yield await showPeople(deps.store.read, people)
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

async function* batches<T>(people: AsyncGenerator<T>, isWanted: (person: T) => boolean): AsyncGenerator<T[]> {
  let held: T[] = []
  for await (const person of people) {
    if (!isWanted(person)) continue
    held.push(person)
    if (held.length < batchSize) continue
    yield held
    held = []
  }
  if (held.length > 0) yield held
}

/** Where people belong on a day. */
async function openDepartments(
  reader: Reader,
  day: string,
): Promise<
  (codes: readonly string[]) => Promise<ReadonlyMap<string, { name: string; site: string | null }>>
> {
  const departments = new Map((await departmentSites(reader)).map(row => [row.department_id, row]))
  return async codes => {
    if (departments.size === 0) return new Map()
    const rows = (await membersOf(reader, codes)).filter(row => row.from_date <= day)
    // Oldest first: what comes later stands.
    return new Map(
      rows.flatMap(row => {
        const department = departments.get(row.department_id ?? '')
        return department ? [[row.employee_code, department] as const] : []
      }),
    )
  }
}

/** A test whether a day fits all that is asked for; the site is one of the person as well. */
function fitter(filter: OutcomeFilter): (day: DayFacts) => boolean {
  const { deviceSn, status, flag, certainty, weekday, hour } = filter
  const flags = flag && new Set(flag)
  const isPresent = (day: DayFacts) =>
    day.presence.some(
      present =>
        (weekday === undefined || present.weekday === weekday) &&
        (hour === undefined || present.hour === hour),
    )
  return day =>
    (status === undefined || status.includes(day.status)) &&
    (certainty === undefined || certainty.includes(day.certainty.state)) &&
    (flags === undefined || day.findings.some(({ kind }) => flags.has(kind))) &&
    (deviceSn === undefined || day.deviceSns.includes(deviceSn)) &&
    ((weekday === undefined && hour === undefined) || isPresent(day))
}

function hasSite(day: DayFacts, site: string | undefined): boolean {
  return site !== undefined && day.sites[site] !== undefined
}

/** Where most of the punches are from. */
function usualSite(days: PersonDayFacts['days']): string | null {
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
