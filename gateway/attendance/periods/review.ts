import type { Reader } from '../../store/index.ts'
import { readLookedAt } from '../../store/settled-findings.ts'
import type { DayFacts } from '../days/day-facts.ts'
import { type DaysDeps, readDays } from '../days/read-days.ts'
import { type ExceptionKind, exceptionsOf } from '../exceptions.ts'
import { readPeople } from '../read-people.ts'
import type { DayResult } from '../rules/results.ts'
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
export interface ReviewedDay<Day = DayResult> extends OpenMatters {
  readonly day: Day
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
    if (!isInScope(period, person)) continue
    yield {
      employeeCode: person.employeeCode,
      days: person.days.map(day => review(person.employeeCode, day, lookedAt)),
    }
  }
}

/** How many matters of a day somebody should see before it is closed. */
export function mattersOf({ exceptions, pending, isOpen }: OpenMatters): number {
  return exceptions.length + pending + (isOpen ? 1 : 0)
}

function review<Day extends Pick<DayFacts, 'date' | 'certainty' | 'findings'>>(
  employeeCode: string,
  day: Day,
  lookedAt: Awaited<ReturnType<typeof readLookedAt>>,
): ReviewedDay<Day> {
  const { settled, pending } = lookedAt(employeeCode, day.date)
  return {
    day,
    exceptions: exceptionsOf(day, settled),
    pending,
    isOpen: day.certainty.state === 'provisional' || day.certainty.state === 'reopened',
  }
}

/** The same as far as sums need it: of everybody from the days that are kept, without judging them again. */
export async function* previewPeriod(
  deps: DaysDeps,
  period: PeriodRequest,
  nowMs: number,
): AsyncGenerator<{
  readonly days: readonly ReviewedDay<Pick<DayFacts, 'workedMinutes' | 'overtimeMinutes'>>[]
}> {
  if (period.scope !== 'everyone') return yield* reviewPeriod(deps.store.read, period, nowMs)
  const { from_day: fromDay, to_day: toDay } = period
  const lookedAt = await readLookedAt(deps.store.read, { fromDay, toDay })
  const people = readDays(deps, {
    range: { fromDate: fromDay, toDate: toDay },
    devices: null,
    employeeCode: undefined,
    fromCode: '',
    nowMs,
    planned: true,
  })
  for await (const { employeeCode, days } of people)
    yield { days: days.map(day => review(employeeCode, day, lookedAt)) }
}
