import type { Reader } from '../../store/index.ts'
import { namesOf } from '../../store/people-names.ts'
import { type ArrivalReading, type CountedArrivals, countArrivals } from '../arrivals/count-people.ts'
import { daySums } from '../day-cell.ts'
import { fittingPeople, type OutcomeFilter, type PersonDaysEntity } from '../list-days.ts'
import { type ExceptionReading, type ListedExceptions, listExceptions } from '../list-exceptions.ts'
import { type PeriodRequest, type PeriodSums, sumPeriod } from '../periods/review.ts'
import type { PeopleRequest } from '../read-people.ts'
import { type DaySource, judgePeople, peopleFrom, type Standing } from './day-source.ts'

/** One person without the days, as payroll needs it. */
export type PersonSumsRow = Pick<
  PersonDaysEntity,
  'EmployeeCode' | 'EmployeeName' | 'Department' | 'Site' | 'Sums'
>

/** Hours of presence of everybody together. */
export interface PresenceSums {
  /** Twenty-four times the weekday (1 for Monday) and the hour, with the minutes of all people. */
  readonly minutes: readonly (readonly [at: number, minutes: number])[]
  readonly people: number
  readonly isProvisional: boolean
}

interface Narrowed {
  readonly request: PeopleRequest
  readonly filter: OutcomeFilter
}

/** What is made of the days of thousands at once: each is added up where the days are read, beside the main thread. */
export type Reading =
  | ({ readonly what: 'presence' } & Narrowed)
  | ({ readonly what: 'sums' } & Narrowed)
  | ({ readonly what: 'arrivals' } & ArrivalReading)
  | ({ readonly what: 'exceptions' } & ExceptionReading)
  | { readonly what: 'period'; readonly request: PeopleRequest; readonly period: PeriodRequest }

/** What comes of each. */
export interface Readings {
  readonly presence: PresenceSums
  readonly sums: readonly PersonSumsRow[]
  readonly arrivals: CountedArrivals
  readonly exceptions: ListedExceptions
  readonly period: PeriodSums
}

/** Reads and adds up. */
export function takeReading(
  reader: Reader,
  standing: Standing,
  reading: Reading,
): Promise<Readings[keyof Readings]> {
  const source: DaySource = {
    read: reader,
    people: request =>
      peopleFrom(reader, standing, (codes, asked) => judgePeople(reader, codes, asked), request),
  }
  switch (reading.what) {
    case 'presence':
      return sumPresence(source, reading)
    case 'sums':
      return sumPeople(source, reading)
    case 'arrivals':
      return countArrivals(source, reading)
    case 'exceptions':
      return listExceptions(source, reading)
    case 'period':
      return sumPeriod(source, reading.period, reading.request)
  }
}

async function sumPresence(source: DaySource, { request, filter }: Narrowed): Promise<PresenceSums> {
  const minutes = new Map<number, number>()
  let people = 0
  let isProvisional = false
  for await (const person of fittingPeople(source, request, filter)) {
    people += 1
    for (const day of person.days) {
      if (day.certainty.state === 'provisional') isProvisional = true
      for (const { weekday, hour, minutes: there } of day.presence) {
        const at = weekday * 24 + hour
        minutes.set(at, (minutes.get(at) ?? 0) + there)
      }
    }
  }
  return { minutes: [...minutes].sort(([a], [b]) => a - b), people, isProvisional }
}

async function sumPeople(source: DaySource, { request, filter }: Narrowed): Promise<PersonSumsRow[]> {
  const people: PersonSumsRow[] = []
  for await (const { employeeCode, days, facts } of fittingPeople(source, request, filter))
    people.push({
      EmployeeCode: employeeCode,
      EmployeeName: null,
      Department: facts.department,
      Site: facts.homeSite,
      Sums: daySums(employeeCode, days),
    })
  const names = await namesOf(
    source.read,
    people.map(({ EmployeeCode }) => EmployeeCode),
  )
  return people.map(person => ({ ...person, EmployeeName: names.get(person.EmployeeCode) ?? null }))
}
