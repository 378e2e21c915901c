import { type ArrivalCount, arrivalCounts, type DayFlagName, type DayStatusName } from './day-states.ts'

/** A cell of a day, as far as counting it goes. */
export interface CountedDay {
  readonly Status: DayStatusName
  readonly Shift?: string | undefined
  readonly Punches?: number | undefined
  readonly Flags?: readonly DayFlagName[] | undefined
}

/**
 * Under which names a day is counted. The one definition: the number on the overview and the list that it opens both ask
 * here, so that they cannot disagree.
 */
export function countsAs({ Status, Shift, Punches = 0, Flags = [] }: CountedDay): ReadonlySet<ArrivalCount> {
  const isAway = Status === 'leave' || Status === 'holiday' || Status === 'excused'
  const isExpected = Shift !== undefined && !isAway
  const holds: Readonly<Record<ArrivalCount, boolean>> = {
    Expected: isExpected,
    Due: isExpected && Status !== 'expected',
    Arrived: isExpected && Punches > 0,
    Unplanned: !isExpected && Punches > 0,
    Late: Flags.includes('late'),
    NotArrived: Status === 'not_arrived',
    Absent: Status === 'absent',
    NotKnownYet: Status === 'not_known_yet',
    MissingIn: Flags.includes('missing_in'),
    MissingOut: Flags.includes('missing_out'),
    Away: isAway,
  }
  return new Set(arrivalCounts.filter(name => holds[name]))
}
