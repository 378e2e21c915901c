import { countsAs } from '#contract/arrival-counts.ts'
import { type ArrivalCount, arrivalCounts } from '#contract/day-states.ts'
import type { DayFacts } from '../days/day-facts.ts'

/** People of a day, counted. */
export type ArrivalCounts = Record<ArrivalCount, number>

/** Nobody. */
export function noArrivals(): ArrivalCounts {
  return {
    Expected: 0,
    Due: 0,
    Arrived: 0,
    Unplanned: 0,
    Late: 0,
    NotArrived: 0,
    Absent: 0,
    NotKnownYet: 0,
    MissingIn: 0,
    MissingOut: 0,
    Away: 0,
  }
}

/** Adds what one person's day counts as. */
export function addDay(counts: ArrivalCounts, { cell }: Pick<DayFacts, 'cell'>): void {
  for (const name of countsAs(cell)) counts[name] += 1
}

/** Adds other counts. */
export function addCounts(counts: ArrivalCounts, more: ArrivalCounts): void {
  for (const name of arrivalCounts) counts[name] += more[name]
}
