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
export async function countKept(reader: Reader, { what, ...range }: CountRange): Promise<KeptCounts> {
  return what === 'people'
    ? { people: await countPeople(reader, range), punchedDays: 0 }
    : { people: 0, punchedDays: await countPunched(reader, range) }
}

/** From person to person in the key, each asked for one day: all days of all of them would be thirty times as many. */
async function countPeople(reader: Reader, { fromDate, toDate }: Omit<CountRange, 'what'>): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    with recursive known(code) as (
      select (select min(employee_code) from day_result)
      union all
      select (select min(later.employee_code) from day_result as later where later.employee_code > known.code)
      from known where known.code is not null
    )
    select count(*) as people from known where code is not null and exists (
      select 1 from day_result as own
      where own.employee_code = known.code and own.date >= ${fromDate} and own.date <= ${toDate})`.execute(
    reader,
  )
  return rows[0]?.people ?? 0
}

async function countPunched(reader: Reader, { fromDate, toDate }: Omit<CountRange, 'what'>): Promise<number> {
  const row = await reader
    .selectFrom('day_result')
    .select(sql<number>`count(*)`.as('found'))
    .where('date', '>=', fromDate)
    .where('date', '<=', toDate)
    .where('punches', '>', sql.lit(0))
    .executeTakeFirst()
  return row?.found ?? 0
}
