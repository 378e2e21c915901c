import type { Store } from '../../store/index.ts'
import type { PeopleRequest } from '../read-people.ts'
import { type DaySource, judgePeople, type PersonDayFacts, peopleFrom, type Standing } from './day-source.ts'
import type { DayKeeper } from './keeper.ts'
import type { KeptCounts } from './sum-days.ts'

export interface DaysDeps {
  readonly store: Pick<Store, 'read'>
  readonly days: Pick<DayKeeper, 'standing' | 'judge' | 'count'>
}

export interface OpenedDays {
  readonly people: AsyncGenerator<PersonDayFacts>
  /** Counts without judging anybody; null where that cannot be. */
  readonly count: ((what: keyof KeptCounts) => Promise<number>) | null
}

/**
 * The days of people, one after the other in order of their codes: as they are kept where that is what a recount would
 * say, judged on the other thread where it is not and for callers who may see only some terminals. One person alone is
 * judged at once.
 */
export async function openDays({ store, days }: DaysDeps, request: PeopleRequest): Promise<OpenedDays> {
  const { employeeCode, range } = request
  const isOne = employeeCode !== undefined
  const standing = await standingOf(days, request)
  const judge = isOne ? (codes: readonly string[]) => judgePeople(store.read, codes, request) : days.judge
  return {
    people: peopleFrom(store.read, standing, judge, request),
    count: standing.kind === 'current' ? async what => (await days.count({ ...range, what }))[what] : null,
  }
}

/** The same where only the people are wanted. */
export async function* readDays(deps: DaysDeps, request: PeopleRequest): AsyncGenerator<PersonDayFacts> {
  yield* (await openDays(deps, request)).people
}

/** The same as others hand it on. */
export function daySource(deps: DaysDeps): DaySource {
  return { read: deps.store.read, people: request => readDays(deps, request) }
}

/**
 * How far kept days serve a request: a token of some terminals sees other days than are kept, and one person alone is
 * judged sooner than it is found out.
 */
export async function standingOf(
  days: Pick<DayKeeper, 'standing'>,
  { devices, employeeCode, range }: Pick<PeopleRequest, 'devices' | 'employeeCode' | 'range'>,
): Promise<Standing> {
  return devices === null && employeeCode === undefined ? days.standing(range) : { kind: 'unkept' }
}
