import type { z } from 'zod'
import type { PersonDays } from '#contract/entities/attendance-day.ts'
import type { Reader } from '../store/index.ts'
import { namesOf } from '../store/people-names.ts'
import { dayCell, daySums } from './day-cell.ts'
import { type PeopleRequest, readPeople } from './read-people.ts'
import type { DayResult } from './rules/results.ts'

export type PersonDaysEntity = z.output<typeof PersonDays>

/** Which people are wanted: each has at least one day that fits. */
export interface OutcomeFilter {
  readonly site: string | undefined
  readonly department: string | undefined
  readonly deviceSn: string | undefined
  readonly status: readonly string[] | undefined
  readonly flag: readonly string[] | undefined
  readonly certainty: readonly string[] | undefined
}

/** What is known of somebody beside the days. */
export interface PersonFacts {
  readonly department: string | null
  readonly homeSite: string | null
}

export interface PersonResult {
  readonly employeeCode: string
  readonly days: readonly DayResult[]
  readonly facts: PersonFacts
}

/** People with a day that fits, in order of their codes, as far as the caller reads. */
export async function* fittingPeople(
  reader: Reader,
  request: PeopleRequest,
  filter: OutcomeFilter,
): AsyncGenerator<PersonResult> {
  const fits = fitter(filter)
  for await (const { employeeCode, days } of readPeople(reader, request)) {
    const facts: PersonFacts = { department: null, homeSite: usualSite(days) }
    if (filter.department !== undefined && facts.department !== filter.department) continue
    if (days.some(fits)) yield { employeeCode, days, facts }
  }
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
      Days: days.map(day => dayCell(day, zone)),
      Sums: daySums(employeeCode, days),
    }
  })
}

/** A test whether a day fits all that is asked for. */
function fitter(filter: OutcomeFilter): (day: DayResult) => boolean {
  const { site, deviceSn, status, flag, certainty } = filter
  const flags = flag && new Set(flag)
  const punched = (day: DayResult, fitting: (punch: DayResult['shifts'][0]['punches'][0]) => boolean) =>
    day.shifts.some(shift => shift.punches.some(fitting))
  return day =>
    (status === undefined || status.includes(day.status)) &&
    (certainty === undefined || certainty.includes(day.certainty.state)) &&
    (flags === undefined || day.findings.some(({ kind }) => flags.has(kind))) &&
    (deviceSn === undefined || punched(day, punch => punch.deviceSn === deviceSn)) &&
    (site === undefined || punched(day, punch => punch.site === site))
}

/** Where most of the punches are from. */
function usualSite(days: readonly DayResult[]): string | null {
  return commonest(days.flatMap(day => day.shifts.flatMap(shift => shift.punches.map(({ site }) => site))))
}

function usualZone(days: readonly DayResult[]): string {
  return commonest(days.flatMap(({ zone }) => (zone === null ? [] : [zone]))) ?? 'UTC'
}

function commonest(words: readonly string[]): string | null {
  const times = new Map<string, number>()
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
  let best: string | null = null
  for (const [word, count] of times) if (best === null || count > (times.get(best) ?? 0)) best = word
  return best
}
