import type { DayFacts } from '../days/day-facts.ts'

/** People of a day, counted. */
export interface ArrivalCounts {
  readonly Expected: number
  readonly Due: number
  readonly Arrived: number
  readonly Late: number
  readonly NotArrived: number
  readonly Absent: number
  readonly NotKnownYet: number
  readonly MissingIn: number
  readonly MissingOut: number
  readonly Away: number
}

/** What one person's day adds to the counts. */
export function countDay({ status, cell, punchCount }: DayFacts): ArrivalCounts {
  const flags = new Set(cell.Flags ?? [])
  const isAway = status === 'leave' || status === 'holiday' || status === 'excused'
  const isExpected = cell.Shift !== undefined && !isAway
  const one = (holds: boolean) => (holds ? 1 : 0)
  return {
    Expected: one(isExpected),
    Due: one(isExpected && status !== 'expected'),
    Arrived: one(isExpected && punchCount > 0),
    Late: one(flags.has('late')),
    NotArrived: one(status === 'not_arrived'),
    Absent: one(status === 'absent'),
    NotKnownYet: one(status === 'not_known_yet'),
    MissingIn: one(flags.has('missing_in')),
    MissingOut: one(flags.has('missing_out')),
    Away: one(isAway),
  }
}

const names = [
  'Expected',
  'Due',
  'Arrived',
  'Late',
  'NotArrived',
  'Absent',
  'NotKnownYet',
  'MissingIn',
  'MissingOut',
  'Away',
] as const satisfies readonly (keyof ArrivalCounts)[]

/** Sums of several counts. */
export function sumCounts(all: readonly ArrivalCounts[]): ArrivalCounts {
  const sum = { ...none }
  for (const counts of all) for (const name of names) sum[name] += counts[name]
  return sum
}

const none = {
  Expected: 0,
  Due: 0,
  Arrived: 0,
  Late: 0,
  NotArrived: 0,
  Absent: 0,
  NotKnownYet: 0,
  MissingIn: 0,
  MissingOut: 0,
  Away: 0,
}
