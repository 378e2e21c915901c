import type { Change, DayResult, Difference } from './results.ts'

/**
 * What a recalculation would change on a day that was closed; null where every number stays. The closed result is never
 * touched: somebody accepts the difference or carries it to the next period.
 */
export function differenceBetween(closed: DayResult, recalculated: DayResult): Difference | null {
  const before = shown(closed)
  const after = shown(recalculated)
  const changes: Change[] = Object.entries(after).flatMap(([field, value]) => {
    const was = before[field] ?? null
    return was === value ? [] : [{ field, before: was, after: value }]
  })
  if (changes.length === 0) return null
  const known = punchIds(closed)
  const now = punchIds(recalculated)
  const corrected = new Set(closed.corrections.map(({ correctionId }) => correctionId))
  return {
    date: closed.date,
    changes,
    workedDeltaMinutes: recalculated.workedMinutes - closed.workedMinutes,
    overtimeDeltaMinutes: recalculated.overtimeMinutes - closed.overtimeMinutes,
    causes: [
      ...[...now].filter(id => !known.has(id)).map(id => ({ kind: 'punch_added' as const, id })),
      ...[...known].filter(id => !now.has(id)).map(id => ({ kind: 'punch_gone' as const, id })),
      ...recalculated.corrections
        .filter(({ correctionId }) => !corrected.has(correctionId))
        .map(({ correctionId }) => ({ kind: 'correction' as const, id: correctionId })),
    ],
    recalculated,
  }
}

export interface SettledDifference {
  /** What the day says from now on. */
  readonly result: DayResult
  /** Minutes that the next period gets or gives; 0 where the day itself took them. */
  readonly carriedWorkedMinutes: number
  readonly carriedOvertimeMinutes: number
}

/** What becomes of a difference: accepted it changes the day, carried it leaves the day and moves the minutes. */
export function settleDifference(
  closed: DayResult,
  difference: Difference,
  decision: 'accept' | 'carry',
): SettledDifference {
  if (decision === 'accept')
    return {
      result: { ...difference.recalculated, difference: null },
      carriedWorkedMinutes: 0,
      carriedOvertimeMinutes: 0,
    }
  return {
    result: { ...closed, difference: null },
    carriedWorkedMinutes: difference.workedDeltaMinutes,
    carriedOvertimeMinutes: difference.overtimeDeltaMinutes,
  }
}

/** The numbers somebody signed when the period was closed. */
function shown(day: DayResult): Record<string, number | string | null> {
  return {
    status: day.status,
    firstIn: day.firstIn?.localTime ?? null,
    lastOut: day.lastOut?.localTime ?? null,
    workedMinutes: day.workedMinutes,
    breakMinutes: day.breakMinutes,
    expectedMinutes: day.expectedMinutes,
    lateMinutes: day.lateMinutes,
    earlyLeaveMinutes: day.earlyLeaveMinutes,
    overtimeMinutes: day.overtimeMinutes,
    overtimeWeightedMinutes: day.overtimeWeightedMinutes,
  }
}

function punchIds(day: DayResult): Set<string> {
  return new Set(day.shifts.flatMap(shift => shift.punches.map(({ punchId }) => punchId)))
}
