import { setImmediate } from 'node:timers/promises'
import { daysOf, nextJudged } from '../../store/day-results.ts'
import type { Reader, Store } from '../../store/index.ts'
import { type PeopleRequest, readPeople } from '../read-people.ts'
import { type DayFacts, dayFacts } from './day-facts.ts'
import type { DayKeeper } from './keeper.ts'
import { factsOf } from './kept-day.ts'
import type { KeptCounts } from './sum-days.ts'

export interface PersonDayFacts {
  readonly employeeCode: string
  readonly days: readonly DayFacts[]
}

export interface DaysDeps {
  readonly store: Pick<Store, 'read'>
  readonly days: Pick<DayKeeper, 'isCurrent' | 'count'>
}

/** People read at once: a month of them is read in one turn of the event loop. */
const peopleAtOnce = 50

export interface OpenedDays {
  readonly people: AsyncGenerator<PersonDayFacts>
  /** Counts without judging anybody; null where that cannot be. */
  readonly count: ((what: keyof KeptCounts) => Promise<number>) | null
}

/**
 * The days of people, one after the other in order of their codes: as they are kept where that is what a recount would
 * say, judged on the spot where it is not, for one person, and for callers who may see only some terminals.
 */
export async function openDays({ store, days }: DaysDeps, request: PeopleRequest): Promise<OpenedDays> {
  const { devices, employeeCode, range } = request
  if (devices === null && employeeCode === undefined && (await days.isCurrent(range.toDate)))
    return {
      people: keptPeople(store.read, request),
      count: async what => (await days.count({ ...range, what }))[what],
    }
  return { people: judgedPeople(store.read, request), count: null }
}

/** The same where only the people are wanted. */
export async function* readDays(deps: DaysDeps, request: PeopleRequest): AsyncGenerator<PersonDayFacts> {
  yield* (await openDays(deps, request)).people
}

async function* judgedPeople(reader: Reader, request: PeopleRequest): AsyncGenerator<PersonDayFacts> {
  for await (const { employeeCode, days } of readPeople(reader, request))
    yield { employeeCode, days: days.map(dayFacts) }
}

async function* keptPeople(reader: Reader, request: PeopleRequest): AsyncGenerator<PersonDayFacts> {
  let from = { code: request.fromCode, inclusive: true }
  for (;;) {
    const codes = await nextJudged(reader, from, peopleAtOnce)
    const last = codes.at(-1)
    if (last === undefined) return
    const rows = Map.groupBy(await daysOf(reader, codes, request.range), row => row.employee_code)
    for (const code of codes) {
      const own = rows.get(code) ?? []
      const isWanted = own.length > 0 && (request.planned === true || own.some(({ punches }) => punches > 0))
      if (isWanted) yield { employeeCode: code, days: own.map(factsOf) }
    }
    from = { code: last, inclusive: false }
    await setImmediate()
  }
}
