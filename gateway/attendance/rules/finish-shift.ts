import { buildBands, mergeBands, totalMs } from './bands.ts'
import { applyBreaks } from './breaks.ts'
import type { Draft } from './draft-shifts.ts'
import { explain, find } from './explain.ts'
import { judgeLateness, punctual } from './lateness.ts'
import { minuteMs, wholeMinutes } from './minutes.ts'
import { applyOvertime, type DayKind, multiplierOf, type OvertimeBudget } from './overtime.ts'
import { type Paired, pairSteps } from './pair.ts'
import { judgedPunch, noteworthy, toldOfPunches } from './punch-notes.ts'
import type { Band, Finding, ShiftResult, ShiftStatus } from './results.ts'
import type { BreakRule, Policy } from './types.ts'

export interface ShiftContext {
  readonly policy: Policy
  readonly nowMs: number
  readonly dayKind: DayKind
  readonly budget: OvertimeBudget
  /** The date has a plan, so that a stay outside its shifts is not work by itself. */
  readonly dayPlanned: boolean
  readonly homeSite: string | null
  readonly excused: ReadonlySet<'absence' | 'late' | 'early_leave'>
  /** No terminal can still hold a punch of this day. */
  readonly nothingCanArrive: boolean
}

/** Everything about one shift or stay: its timeline, its numbers, what is wrong with it and how that came about. */
export function finishShift(draft: Draft, context: ShiftContext): ShiftResult {
  const { placed, id } = draft
  const { policy, nowMs } = context
  const paired = pairSteps(draft.steps)
  const lateness = placed
    ? judgeLateness(paired.attendances, placed, nowMs, lateExcuses(context))
    : { late: punctual, earlyLeave: punctual, findings: [], explanation: [] }
  const paused = applyBreaks(
    buildBands(paired.stays, {
      placed,
      earlyInCounts: policy.earlyInCounts,
      unplannedAs: context.dayPlanned && context.dayKind === 'ordinary' ? 'after' : 'worked',
    }),
    {
      shiftId: id,
      rules: breakRules(draft, policy),
      fixedBreaks: placed?.fixedBreaks ?? [],
      graceMinutes: placed?.rules.lateGraceMinutes ?? 0,
    },
  )
  const timed = applyOvertime(paused.bands, {
    shiftId: id,
    date: draft.date,
    kind: context.dayKind,
    flexibleMinutes: placed?.planned.shift.kind === 'flexible' ? placed.expectedMinutes : null,
    policy: policy.overtime,
    budget: context.budget,
  })
  const bands = withOpen(mergeBands(timed.bands), paired, draft, nowMs)
  const numbers = totalsOf(bands)
  const overtimeMultiplier = multiplierOf(context.dayKind, policy.overtime)
  const earlyMinutes = wholeMinutes(totalMs(bands, band => band.kind === 'early'))
  const expectedMinutes = placed?.expectedMinutes ?? 0
  return {
    id,
    planned: placed !== null,
    date: draft.date,
    name: placed?.planned.shift.name ?? null,
    zone: draft.zone,
    plannedFromMs: placed?.fromMs ?? null,
    plannedToMs: placed?.toMs ?? null,
    status: statusOf(draft, context),
    punches: draft.punches.map(punch => judgedPunch(punch, draft.steps)),
    sharedPunchIds: draft.steps.flatMap(step =>
      step.shared && step.directed ? [step.directed.kept.punch.id] : [],
    ),
    bands,
    ...numbers,
    expectedMinutes,
    late: lateness.late,
    earlyLeave: lateness.earlyLeave,
    lateMinutes: lateness.late.exceeded ? lateness.late.minutes : 0,
    earlyLeaveMinutes: lateness.earlyLeave.exceeded ? lateness.earlyLeave.minutes : 0,
    overtimeMultiplier,
    overtimeWeightedMinutes: Math.floor(numbers.overtimeMinutes * overtimeMultiplier),
    findings: [
      ...lateness.findings,
      ...missingPunches(paired, draft),
      ...spanFindings(bands, draft, context),
      ...shortHours(draft, context, numbers.workedMinutes),
      ...paused.findings,
      ...noteworthy(draft, context.homeSite),
    ],
    explanation: [
      ...toldOfPunches(draft),
      ...draft.explanation,
      ...lateness.explanation,
      ...paused.explanation,
      ...(earlyMinutes > 0
        ? [explain('early_in_not_counted', { shiftId: id, numbers: { minutes: earlyMinutes } })]
        : []),
      ...timed.explanation,
      ...(draft.steps.length > 0
        ? [
            explain('worked', {
              shiftId: id,
              punchIds: draft.punches.map(({ kept }) => kept.punch.id),
              numbers: { ...numbers, expectedMinutes },
            }),
          ]
        : []),
    ],
  }
}

function lateExcuses({ excused }: ShiftContext): ReadonlySet<'late' | 'early_leave'> {
  return new Set([...excused].filter(what => what !== 'absence'))
}

function breakRules({ placed }: Draft, policy: Policy): readonly BreakRule[] {
  const own = placed?.planned.shift.breaks ?? []
  if (own.length > 0 || policy.automaticBreak.lengthMinutes <= 0) return own
  return [{ kind: 'automatic', ...policy.automaticBreak, paid: false }]
}

/** A stay that lasts is shown up to now, and counts when it ends. */
function withOpen(bands: readonly Band[], paired: Paired, draft: Draft, nowMs: number): readonly Band[] {
  const { open } = paired
  if (!open || !draft.mayBeOpen || nowMs <= open.countedMs) return bands
  return [...bands, { kind: 'open', fromMs: open.countedMs, toMs: nowMs, paid: false }]
}

function totalsOf(bands: readonly Band[]): {
  workedMinutes: number
  breakMinutes: number
  overtimeMinutes: number
} {
  const overtimeMs = totalMs(bands, band => band.kind === 'overtime')
  const workedMs = totalMs(bands, band => band.kind === 'worked' || (band.kind === 'break' && band.paid))
  return {
    workedMinutes: wholeMinutes(workedMs + overtimeMs),
    breakMinutes: wholeMinutes(totalMs(bands, band => band.kind === 'break')),
    overtimeMinutes: wholeMinutes(overtimeMs),
  }
}

function statusOf({ placed, steps }: Draft, context: ShiftContext): ShiftStatus {
  if (steps.length > 0 || !placed) return 'attended'
  if (placed.owed.length === 0 || context.excused.has('absence')) return 'excused'
  if (context.nowMs < placed.fromMs) return 'expected'
  if (context.nowMs < placed.toMs) return 'not_arrived'
  return context.nothingCanArrive ? 'absent' : 'not_known_yet'
}

function missingPunches(paired: Paired, draft: Draft): Finding[] {
  const about = (step: Paired['open']) => ({
    shiftId: draft.id,
    punchIds: step?.directed ? [step.directed.kept.punch.id] : [],
  })
  return [
    ...paired.missingIn.map(step => find('missing_in', about(step))),
    ...paired.missingOut.map(step => find('missing_out', about(step))),
    ...(paired.open ? [find(draft.mayBeOpen ? 'still_in' : 'missing_out', about(paired.open))] : []),
  ]
}

function spanFindings(bands: readonly Band[], draft: Draft, { policy }: ShiftContext): Finding[] {
  const shiftId = draft.id
  const plannedMs = draft.placed ? draft.placed.toMs - draft.placed.fromMs : 0
  const limitMs = Math.max(
    policy.impossibleSpanMinutes * minuteMs,
    plannedMs + policy.windowBeforeMinutes * minuteMs,
  )
  const spanMs = (draft.steps.at(-1)?.atMs ?? 0) - (draft.steps[0]?.atMs ?? 0)
  // Away when a period begins is late, and when it ends is gone early.
  const atEdge = ({ fromMs, toMs }: Band) =>
    draft.placed?.owed.some(period => period.fromMs === fromMs || period.toMs === toMs) ?? true
  const gaps = bands
    // Behind a break it is a late return, which is said already.
    .filter((band, at) => band.kind === 'gap' && !atEdge(band) && bands[at - 1]?.kind !== 'break')
    .map(band => wholeMinutes(band.toMs - band.fromMs))
    .filter(minutes => minutes >= policy.gapFromMinutes)
  return [
    ...(spanMs > limitMs ? [find('impossible_span', { shiftId, minutes: wholeMinutes(spanMs) })] : []),
    ...gaps.map(minutes => find('gap', { shiftId, minutes })),
  ]
}

/** Only flexible hours can be short without somebody being late or gone. */
function shortHours({ placed, id, steps }: Draft, context: ShiftContext, workedMinutes: number): Finding[] {
  if (placed?.planned.shift.kind !== 'flexible' || steps.length === 0 || context.nowMs < placed.toMs)
    return []
  const minutes = placed.expectedMinutes - workedMinutes
  return minutes > 0 ? [find('short_hours', { shiftId: id, minutes })] : []
}
