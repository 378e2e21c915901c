import { setImmediate } from 'node:timers/promises'
import { daysOf, nextJudged } from '../../store/day-results.ts'
import type { Reader } from '../../store/index.ts'
import { type PeopleRequest, peopleOf, readPeople } from '../read-people.ts'
import { type DayFacts, dayFacts } from './day-facts.ts'
import { factsOf } from './kept-day.ts'

export interface PersonDayFacts {
  readonly employeeCode: string
  readonly days: readonly DayFacts[]
}

/**
 * How far what is kept of a range is what a recount would say: of everybody; of all but some, who have to be judged
 * again; or of nobody, because the range is not kept or only some terminals may be seen.
 */
export type Standing =
  | { readonly kind: 'current' }
  /** In order of their codes. */
  | { readonly kind: 'stale'; readonly codes: readonly string[] | 'everybody' }
  | { readonly kind: 'unkept' }

export type JudgePeople = (codes: readonly string[], request: PeopleRequest) => Promise<PersonDayFacts[]>

/** Where days of people come from, wherever they are read. */
export interface DaySource {
  readonly read: Reader
  /** Their days, one person after the other in order of their codes. */
  people(request: PeopleRequest): AsyncGenerator<PersonDayFacts>
}

/** People read at once: a month of them is read in one turn of the event loop. */
const peopleAtOnce = 50
/** People judged at once: what comes back of them is one message between threads. */
const judgedAtOnce = 25

/** Days as they are kept where that is what a recount would say, judged where it is not. */
export async function* peopleFrom(
  reader: Reader,
  standing: Standing,
  judge: JudgePeople,
  request: PeopleRequest,
): AsyncGenerator<PersonDayFacts> {
  if (request.employeeCode !== undefined) {
    const [person] = await judge([request.employeeCode], request)
    if (person !== undefined && person.days.length > 0) yield person
    return
  }
  if (standing.kind === 'unkept') return yield* judgedPeople(reader, judge, request)
  const budget = createBudget(request)
  const stale = standing.kind === 'current' ? [] : standing.codes
  if (stale === 'everybody') return yield* everybodyAnew(reader, judge, request, budget)
  let from = { code: request.fromCode, inclusive: true }
  for (;;) {
    const kept = await nextJudged(reader, from, peopleAtOnce)
    const last = kept.at(-1)
    const isAfter = (code: string) => code > from.code || (from.inclusive && code === from.code)
    const due = stale.filter(code => isAfter(code) && (last === undefined || code <= last))
    yield* mixed(reader, judge, request, budget, [...new Set([...kept, ...due])].sort(byCode), new Set(due))
    if (last === undefined) return
    from = { code: last, inclusive: false }
    await setImmediate()
  }
}

/** Where everybody is due, also those of whom nothing is kept yet. */
async function* everybodyAnew(
  reader: Reader,
  judge: JudgePeople,
  request: PeopleRequest,
  budget: Budget,
): AsyncGenerator<PersonDayFacts> {
  for await (const codes of peopleOf(reader, request))
    for (let at = 0; at < codes.length; at += judgedAtOnce) {
      const some = codes.slice(at, at + judgedAtOnce)
      yield* mixed(reader, judge, request, budget, some, new Set(some))
    }
}

/** Some people in order: those that are due judged anew as far as that goes, the others as they are kept. */
async function* mixed(
  reader: Reader,
  judge: JudgePeople,
  request: PeopleRequest,
  budget: Budget,
  codes: readonly string[],
  due: ReadonlySet<string>,
): AsyncGenerator<PersonDayFacts> {
  const rows = Map.groupBy(await daysOf(reader, codes, request.range), row => row.employee_code)
  const judged = await judgeSome(judge, request, budget, [...due], code => rows.has(code))
  for (const code of codes) {
    const days = judged.get(code) ?? mayChange((rows.get(code) ?? []).map(factsOf), due.has(code))
    if (isWanted(days, request)) yield { employeeCode: code, days }
  }
}

/** Days of people as the rules make them now. */
export async function judgePeople(
  reader: Reader,
  codes: readonly string[],
  request: PeopleRequest,
): Promise<PersonDayFacts[]> {
  const people: PersonDayFacts[] = []
  const { employeeCode: _, ...others } = request
  const named = { ...others, employeeCode: undefined, employeeCodes: codes }
  for await (const { employeeCode, days } of readPeople(reader, named))
    people.push({ employeeCode, days: days.map(dayFacts) })
  return people
}

async function* judgedPeople(
  reader: Reader,
  judge: JudgePeople,
  request: PeopleRequest,
): AsyncGenerator<PersonDayFacts> {
  for await (const codes of peopleOf(reader, request))
    for (let at = 0; at < codes.length; at += judgedAtOnce)
      yield* await judge(codes.slice(at, at + judgedAtOnce), request)
}

interface Budget {
  /** Person-days that may still be judged. */
  left: number
  readonly daysEach: number
}

function createBudget({ judgeDaysMax, range }: PeopleRequest): Budget {
  const daysEach = (Date.parse(range.toDate) - Date.parse(range.fromDate)) / 86_400_000 + 1
  return { left: judgeDaysMax ?? Number.POSITIVE_INFINITY, daysEach }
}

/** Of whom nothing is kept is judged in any case: there is nothing to show instead. */
async function judgeSome(
  judge: JudgePeople,
  request: PeopleRequest,
  budget: Budget,
  due: readonly string[],
  isKept: (code: string) => boolean,
): Promise<ReadonlyMap<string, readonly DayFacts[]>> {
  const taken = due.filter(code => {
    if (budget.left <= 0 && isKept(code)) return false
    budget.left -= budget.daysEach
    return true
  })
  const found = new Map<string, readonly DayFacts[]>()
  for (let at = 0; at < taken.length; at += judgedAtOnce) {
    const codes = taken.slice(at, at + judgedAtOnce)
    const people = new Map(
      (await judge(codes, request)).map(({ employeeCode, days }) => [employeeCode, days]),
    )
    for (const code of codes) found.set(code, people.get(code) ?? [])
  }
  return found
}

/** What has to be judged again and was not is no final number, whatever it said. */
function mayChange(days: readonly DayFacts[], isDue: boolean): readonly DayFacts[] {
  if (!isDue) return days
  return days.map(day =>
    day.certainty.state === 'complete'
      ? {
          ...day,
          certainty: { state: 'provisional', reason: day.certainty.reason },
          cell: { ...day.cell, Certainty: 'provisional' },
        }
      : day,
  )
}

function isWanted(days: readonly DayFacts[], request: PeopleRequest): boolean {
  return days.length > 0 && (request.planned === true || days.some(({ punchCount }) => punchCount > 0))
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : 1
}
