import { localAt, plannedInstant, shiftDay } from '../time/zone.ts'
import { appliedCorrection, applyCorrections, type CorrectedPunches } from './rules/apply-corrections.ts'
import { assignShifts } from './rules/assign-shifts.ts'
import { collapseDoubles } from './rules/collapse-doubles.ts'
import { type DayMaterial, dayResult } from './rules/day-result.ts'
import { differenceBetween } from './rules/difference.ts'
import { type Draft, draftPlanned, draftUnplanned } from './rules/draft-shifts.ts'
import { groupUnplanned } from './rules/group-unplanned.ts'
import { handOver } from './rules/hand-over.ts'
import { createKeyTrust } from './rules/key-trust.ts'
import { createOvertimeBudget } from './rules/overtime.ts'
import { placeShift } from './rules/place-shifts.ts'
import type { AppliedCorrection, DayResult } from './rules/results.ts'
import type {
  CalendarDay,
  Closure,
  Correction,
  DateRange,
  Plan,
  Policy,
  Punch,
  TerminalState,
} from './rules/types.ts'

/**
 * How many days of punches and plan beyond the range a result may depend on, on either side: a shift of 36 hours, the
 * habit with keys around it, and the exit of the shift before. Exact for everybody who rested for 17 hours the day
 * before; of punches around the clock more days can tell more. A weekly cap of overtime needs the days since Monday.
 */
export const contextDays = 3

export interface Evaluation {
  readonly employeeCode: string
  readonly range: DateRange
  /** Of this person, in any order; `contextDays` more on either side than the range. */
  readonly punches: readonly Punch[]
  /** Null where nobody plans. */
  readonly plan: Plan | null
  readonly calendar: readonly CalendarDay[]
  readonly corrections: readonly Correction[]
  /** Every terminal the person can use. */
  readonly terminals: readonly TerminalState[]
  readonly closures: readonly Closure[]
  /** Results as they were when their period was closed. */
  readonly closedResults: readonly DayResult[]
  /** What differences are counted from, where one was carried on; absent: from the closed results. */
  readonly settledResults?: readonly DayResult[]
  /** Epoch ms. */
  readonly nowMs: number
  readonly policy: Policy
}

/**
 * The days of one person: every date of the range that is planned, in the calendar, or has punches. The same input in
 * any order gives the same result, and nothing outside the input is looked at. A day of a closed period comes back as it
 * was closed, with the difference a recalculation would make.
 */
export function evaluate(evaluation: Evaluation): DayResult[] {
  const corrected = applyCorrections(evaluation.punches, evaluation.corrections, evaluation.policy)
  const drafts = draftAll(evaluation, corrected)
  const materials = gather(evaluation, corrected, drafts)
  const { fromDate, toDate } = evaluation.range
  return materials
    .map(dayResult)
    .filter(({ date }) => fromDate <= date && date <= toDate)
    .map(day => keepClosed(day, evaluation))
}

function draftAll(evaluation: Evaluation, { punches }: CorrectedPunches): readonly Draft[] {
  const { plan, calendar, policy, nowMs } = evaluation
  const kept = collapseDoubles(punches, policy.doubleWindowMinutes)
  const trust = createKeyTrust(kept)
  const context = {
    policy,
    trust,
    nowMs,
    lastPunchMs: kept.at(-1)?.punch.instantMs ?? Number.NEGATIVE_INFINITY,
  }
  const placed = (plan?.days ?? [])
    .flatMap(day => day.shifts)
    .map(shift => placeShift(shift, calendar, policy))
    .sort((a, b) => a.fromMs - b.fromMs || (a.planned.id < b.planned.id ? -1 : 1))
  const { ofShift, unplanned } = assignShifts(kept, placed, trust)
  const planned = placed.map((shift, at) => draftPlanned(shift, ofShift[at] ?? [], context))
  const stays = groupUnplanned(unplanned, policy, trust)
    .map(stay => draftUnplanned(stay, context))
    .filter(draft => draft !== null)
  return [...handOver(planned, policy), ...stays]
}

/** What belongs to each date, in order of the dates: overtime is counted against weeks as they pass. */
function gather(
  evaluation: Evaluation,
  corrected: CorrectedPunches,
  drafts: readonly Draft[],
): DayMaterial[] {
  const { plan, calendar, policy } = evaluation
  const budget = createOvertimeBudget(policy.overtime)
  const draftsOf = Map.groupBy(drafts, ({ date }) => date)
  const planOf = new Map((plan?.days ?? []).map(day => [day.date, day]))
  const calendarOf = Map.groupBy(calendar, ({ date }) => date)
  const excludedOf = Map.groupBy(corrected.excluded, ({ punch, why }) => {
    // The day of an impossible time is not to be believed either.
    const shown = why === 'implausible_time' ? localAt(punch.receivedAtMs, punch.zone).local : punch.localTime
    return shown.slice(0, 10)
  })
  const excusesOf = Map.groupBy(corrected.excuses, ({ date }) => date)
  const dates = new Set([
    ...draftsOf.keys(),
    ...planOf.keys(),
    ...calendarOf.keys(),
    ...excludedOf.keys(),
    ...excusesOf.keys(),
  ])
  return [...dates].sort().map(date => {
    const own = draftsOf.get(date) ?? []
    const excluded = excludedOf.get(date) ?? []
    const zone = plan?.zone ?? own[0]?.zone ?? excluded[0]?.punch.zone ?? null
    return {
      employeeCode: evaluation.employeeCode,
      date,
      zone,
      plan: planOf.get(date) ?? null,
      homeSite: plan?.homeSite ?? null,
      calendar: calendarOf.get(date) ?? [],
      drafts: own,
      excluded,
      excuses: excusesOf.get(date) ?? [],
      corrections: correctionsOf(date, own, excluded, corrected),
      terminals: evaluation.terminals,
      closures: evaluation.closures,
      dateEndMs: plannedInstant(`${shiftDay(date, 1)} 00:00:00`, zone ?? 'UTC'),
      nowMs: evaluation.nowMs,
      policy,
      budget,
    }
  })
}

function correctionsOf(
  date: string,
  drafts: DayMaterial['drafts'],
  excluded: DayMaterial['excluded'],
  { inForce }: CorrectedPunches,
): AppliedCorrection[] {
  const punchIdsOf = new Map<string, string[]>()
  const note = (correctionIds: readonly string[], punchId: string) => {
    for (const id of correctionIds) punchIdsOf.set(id, [...(punchIdsOf.get(id) ?? []), punchId])
  }
  for (const { punches } of drafts) for (const { kept } of punches) note(kept.correctionIds, kept.punch.id)
  for (const { correctionIds, punch } of excluded) note(correctionIds, punch.id)
  return [...inForce.values()].flatMap(fact => {
    const punchIds = punchIdsOf.get(fact.id) ?? []
    const excuses = fact.kind === 'excuse' && fact.date === date
    return punchIds.length > 0 || excuses ? [appliedCorrection(fact, punchIds)] : []
  })
}

/** A closed period keeps its numbers; a day on which nothing was known when it was closed keeps that nothing. */
function keepClosed(day: DayResult, { closedResults, settledResults = [], closures }: Evaluation): DayResult {
  if (day.certainty.state !== 'closed') return day
  const isPeriod = closures.some(
    ({ kind, fromDate, toDate }) => kind === 'period' && fromDate <= day.date && day.date <= toDate,
  )
  const sameDate = ({ date }: DayResult) => date === day.date
  const closed = closedResults.find(sameDate) ?? (isPeriod ? unknownDay(day) : undefined)
  if (!closed) return day
  const difference = differenceBetween(settledResults.find(sameDate) ?? closed, day)
  return { ...closed, certainty: day.certainty, difference }
}

function unknownDay(day: DayResult): DayResult {
  return {
    ...day,
    status: 'nothing_planned',
    shifts: [],
    firstIn: null,
    lastOut: null,
    punchCount: 0,
    calendar: [],
    workedMinutes: 0,
    breakMinutes: 0,
    expectedMinutes: 0,
    lateMinutes: 0,
    earlyLeaveMinutes: 0,
    overtimeMinutes: 0,
    overtimeWeightedMinutes: 0,
    clockErrorMs: null,
    confidence: 1,
    corrections: [],
    findings: [],
    explanation: [],
  }
}
