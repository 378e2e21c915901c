import { sql } from 'kysely'
import type { Reader } from '../../store/index.ts'

export interface SumsRequest {
  readonly fromDate: string
  readonly toDate: string
  /** Those in order of their codes. */
  readonly codes: readonly string[]
}

/** Sums of the kept days of one person; durations in whole minutes. */
export interface PersonSums {
  readonly code: string
  readonly present: number
  readonly halfDays: number
  readonly absent: number
  readonly notKnownYet: number
  readonly leave: number
  readonly holidays: number
  readonly provisional: number
  readonly worked: number
  readonly expected: number
  readonly overtime: number
  readonly overtimeWeighted: number
  readonly late: number
  readonly lateTimes: number
  readonly earlyLeave: number
  readonly earlyLeaveTimes: number
  readonly missing: number
  readonly differences: number
}

const days = (condition: string) => sql<number>`sum(case when ${sql.raw(condition)} then 1 else 0 end)`
const whole = (column: string) => sql<number>`cast(sum(${sql.ref(column)}) as bigint)`

/** One row per person: the store adds up, row by row, what is kept of their days. */
export function sumDays(reader: Reader, { fromDate, toDate, codes }: SumsRequest): Promise<PersonSums[]> {
  return reader
    .selectFrom('day_result')
    .select([
      'employee_code as code',
      days(`status in ('present', 'half_day')`).as('present'),
      days(`status = 'half_day'`).as('halfDays'),
      days(`status = 'absent'`).as('absent'),
      days(`status = 'not_known_yet'`).as('notKnownYet'),
      days(`status = 'leave'`).as('leave'),
      days(`status = 'holiday'`).as('holidays'),
      days(`certainty in ('provisional', 'reopened')`).as('provisional'),
      whole('worked').as('worked'),
      whole('expected').as('expected'),
      whole('overtime').as('overtime'),
      sql<number>`sum(overtime_weighted)`.as('overtimeWeighted'),
      whole('late').as('late'),
      days('late > 0').as('lateTimes'),
      whole('early_leave').as('earlyLeave'),
      days('early_leave > 0').as('earlyLeaveTimes'),
      whole('missing').as('missing'),
      days('difference = 1').as('differences'),
    ])
    .where('employee_code', 'in', codes.length > 0 ? [...codes] : [''])
    .where('date', '>=', fromDate)
    .where('date', '<=', toDate)
    .groupBy('employee_code')
    .orderBy('employee_code')
    .execute()
}

export type CountRange = Pick<SumsRequest, 'fromDate' | 'toDate'> & {
  /** Which of the two somebody wants to know; the other is 0. */
  readonly what: keyof KeptCounts
}

export interface KeptCounts {
  /** People with a kept day in the range. */
  readonly people: number
  /** Days with punches. */
  readonly punchedDays: number
}

/** Counts what is kept in a range: a walk over an index, long enough to be made beside the main thread. */
export async function countKept(reader: Reader, { fromDate, toDate, what }: CountRange): Promise<KeptCounts> {
  const row = await reader
    .selectFrom('day_result')
    .select(
      (what === 'people' ? sql<number>`count(distinct employee_code)` : sql<number>`count(*)`).as('found'),
    )
    .where('date', '>=', fromDate)
    .where('date', '<=', toDate)
    .$if(what === 'punchedDays', query => query.where('punches', '>', sql.lit(0)))
    .executeTakeFirst()
  return { people: 0, punchedDays: 0, [what]: row?.found ?? 0 }
}
