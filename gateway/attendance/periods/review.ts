import type { Reader } from '../../store/index.ts'
import { readLookedAt } from '../../store/settled-findings.ts'
import { type ExceptionKind, exceptionsOf } from '../exceptions.ts'
import { type PersonDays, readPeople } from '../read-people.ts'
import type { DayResult } from '../rules/results.ts'
import { isInScope, type PeriodScope } from './scope.ts'

export interface PeriodRequest extends PeriodScope {
  readonly from_day: string
  readonly to_day: string
}

/** A day of a period with what is left to look at. */
export interface ReviewedDay {
  readonly day: DayResult
  readonly exceptions: readonly ExceptionKind[]
  /** Corrections that wait for a second person. */
  readonly pending: number
  /** Its numbers may still change by themselves. */
  readonly isOpen: boolean
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
    yield { employeeCode: person.employeeCode, days: person.days.map(day => review(person, day, lookedAt)) }
  }
}

/** How many matters of a day somebody should see before it is closed. */
export function mattersOf({ exceptions, pending, isOpen }: ReviewedDay): number {
  return exceptions.length + pending + (isOpen ? 1 : 0)
}

function review(
  { employeeCode }: PersonDays,
  day: DayResult,
  lookedAt: Awaited<ReturnType<typeof readLookedAt>>,
): ReviewedDay {
  const { settled, pending } = lookedAt(employeeCode, day.date)
  return {
    day,
    exceptions: exceptionsOf(day, settled),
    pending,
    isOpen: day.certainty.state === 'provisional' || day.certainty.state === 'reopened',
  }
}
