import type { Reader } from '../../store/index.ts'
import { readLookedAt } from '../../store/settled-findings.ts'
import { type DayFacts, sitesOfDay } from '../days/day-facts.ts'
import type { DaySource, PersonDayFacts } from '../days/day-source.ts'
import { type ExceptionKind, exceptionsOf } from '../exceptions.ts'
import { openPlans } from '../plan/read-plans.ts'
import { type PeopleRequest, readPeople } from '../read-people.ts'
import type { DayResult } from '../rules/results.ts'
import { usualSite } from '../usual-site.ts'
import { isInScope, type PeriodScope } from './scope.ts'

export interface PeriodRequest extends PeriodScope {
  readonly from_day: string
  readonly to_day: string
}

/** What is left to look at on a day. */
export interface OpenMatters {
  readonly exceptions: readonly ExceptionKind[]
  /** Corrections that wait for a second person. */
  readonly pending: number
  /** Its numbers may still change by themselves. */
  readonly isOpen: boolean
}

/** A day of a period with it. */
export interface ReviewedDay extends OpenMatters {
  readonly day: DayResult
}

/** The people of a period with their days, one after the other. */
export async function* reviewPeriod(
  reader: Reader,
  period: PeriodRequest,
  nowMs: number,
): AsyncGenerator<{ readonly employeeCode: string; readonly days: readonly ReviewedDay[] }> {
  const { from_day: fromDay, to_day: toDay } = period
  const lookedAt = await readLookedAt(reader, { fromDay, toDay })
  const people = readPeople(reader, {
    range: { fromDate: fromDay, toDate: toDay },
    devices: null,
    employeeCode: undefined,
    fromCode: '',
    nowMs,
    planned: true,
  })
  for await (const person of people) {
    const homeSite = person.homeSite ?? usualSite(person.days.map(day => ({ sites: sitesOfDay(day) })))
    if (!isInScope(period, { homeSite, departmentId: person.departmentId })) continue
    yield {
      employeeCode: person.employeeCode,
      days: person.days.map(day => ({ day, ...review(person.employeeCode, day, lookedAt) })),
    }
  }
}

/** How many matters of a day somebody should see before it is closed. */
export function mattersOf({ exceptions, pending, isOpen }: OpenMatters): number {
  return exceptions.length + pending + (isOpen ? 1 : 0)
}

function review(
  employeeCode: string,
  day: Pick<DayFacts, 'date' | 'certainty' | 'findings'>,
  lookedAt: Awaited<ReturnType<typeof readLookedAt>>,
): OpenMatters {
  const { settled, pending } = lookedAt(employeeCode, day.date)
  return {
    exceptions: exceptionsOf(day, settled),
    pending,
    isOpen: day.certainty.state === 'provisional' || day.certainty.state === 'reopened',
  }
}

/** What a period comes to before it is closed. */
export interface PeriodSums {
  readonly people: number
  readonly days: number
  readonly workedMinutes: number
  readonly overtimeMinutes: number
  readonly openDays: number
  readonly pending: number
  /** All matters somebody should see. */
  readonly total: number
  /** How often each kind was found, most first. */
  readonly exceptions: readonly { readonly kind: ExceptionKind; readonly count: number }[]
}

/** The same as far as sums need it, from the days that are kept, without judging them again. */
export async function sumPeriod(
  source: DaySource,
  period: PeriodRequest,
  request: PeopleRequest,
): Promise<PeriodSums> {
  const { from_day: fromDay, to_day: toDay } = period
  const lookedAt = await readLookedAt(source.read, { fromDay, toDay })
  const sums = { people: 0, days: 0, workedMinutes: 0, overtimeMinutes: 0, openDays: 0, pending: 0, total: 0 }
  const kinds = new Map<ExceptionKind, number>()
  for await (const { employeeCode, days } of inPeriod(source, period, request)) {
    sums.people += 1
    for (const day of days) {
      const reviewed = review(employeeCode, day, lookedAt)
      sums.days += 1
      sums.workedMinutes += day.workedMinutes
      sums.overtimeMinutes += day.overtimeMinutes
      sums.openDays += reviewed.isOpen ? 1 : 0
      sums.pending += reviewed.pending
      sums.total += mattersOf(reviewed)
      for (const kind of reviewed.exceptions) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
  }
  const exceptions = [...kinds].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
  return { ...sums, exceptions }
}

/** Planned at once: where people belong is read with their plans, as closing reads it. */
const plannedAtOnce = 50

async function* inPeriod(
  source: DaySource,
  period: PeriodRequest,
  request: PeopleRequest,
): AsyncGenerator<PersonDayFacts> {
  if (period.scope === 'everyone') return yield* source.people(request)
  const plans = await openPlans(source.read, period.from_day, period.to_day, request.nowMs)
  const belonging = async function* (people: readonly PersonDayFacts[]) {
    const planOf = await plans.of(people.map(({ employeeCode }) => employeeCode))
    for (const person of people) {
      const plan = planOf.get(person.employeeCode)
      const homeSite = plan?.plan?.homeSite ?? usualSite(person.days)
      if (isInScope(period, { homeSite, departmentId: plan?.departmentId ?? null })) yield person
    }
  }
  let held: PersonDayFacts[] = []
  for await (const person of source.people(request)) {
    held.push(person)
    if (held.length < plannedAtOnce) continue
    yield* belonging(held)
    held = []
  }
  yield* belonging(held)
}
