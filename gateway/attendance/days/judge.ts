import { type DayKey, type DayResultRow, daysOf } from '../../store/day-results.ts'
import type { Reader } from '../../store/index.ts'
import { shiftDay } from '../../time/zone.ts'
import { contextDays } from '../evaluate.ts'
import { readPeople } from '../read-people.ts'
import { dayFacts } from './day-facts.ts'
import { keptDay } from './kept-day.ts'

/** Days of one person that have to be judged again, both inclusive. */
export interface Work {
  readonly code: string
  readonly fromDay: string
  readonly toDay: string
}

export interface Judged {
  /** New, or not as they are kept. */
  readonly rows: readonly DayResultRow[]
  /** Kept, and no more. */
  readonly gone: readonly DayKey[]
}

/** A reason touches days around it: shifts reach over midnight, and habits are learned from neighbours. */
export function around({ code, fromDay, toDay }: Work, lastDay: string): Work {
  const until = toDay >= lastDay ? lastDay : shiftDay(toDay, contextDays)
  return {
    code,
    fromDay: fromDay <= earliest ? earliest : shiftDay(fromDay, -contextDays),
    toDay: until < lastDay ? until : lastDay,
  }
}

const earliest = '1970-01-01'

/**
 * Judges days of people from the facts and says what differs from what is kept. People whose days begin and end alike
 * are read together.
 */
export async function judge(reader: Reader, work: readonly Work[], nowMs: number): Promise<Judged> {
  const rows: DayResultRow[] = []
  const gone: DayKey[] = []
  for (const group of Map.groupBy(work, ({ fromDay, toDay }) => `${fromDay} ${toDay}`).values()) {
    const [first] = group
    if (!first) continue
    const range = { fromDate: first.fromDay, toDate: first.toDay }
    const codes = group.map(({ code }) => code)
    const kept = await keptOf(reader, codes, range)
    const people = readPeople(reader, {
      range,
      devices: null,
      employeeCode: undefined,
      employeeCodes: codes,
      fromCode: '',
      nowMs,
    })
    for await (const { employeeCode, days } of people)
      for (const day of days) {
        const row = keptDay(employeeCode, dayFacts(day), nowMs)
        const key = keyOf(employeeCode, day.date)
        const known = kept.get(key)
        kept.delete(key)
        if (known === undefined || differs(known, row)) rows.push(row)
      }
    gone.push(...[...kept.values()].map(({ employee_code, date }) => ({ code: employee_code, date })))
  }
  return { rows, gone }
}

async function keptOf(
  reader: Reader,
  codes: readonly string[],
  range: { fromDate: string; toDate: string },
): Promise<Map<string, DayResultRow>> {
  const rows = await daysOf(reader, codes, range)
  return new Map(rows.map(row => [keyOf(row.employee_code, row.date), row]))
}

function keyOf(code: string, date: string): string {
  return `${date} ${code}`
}

/** Everything but when it was judged. */
function differs(one: DayResultRow, other: DayResultRow): boolean {
  return (Object.keys(other) as (keyof DayResultRow)[]).some(
    name => name !== 'judged_at' && one[name] !== other[name],
  )
}
