import type { ExcludedPunch, Excuse } from './apply-corrections.ts'
import { certaintyOf, nothingCanArrive } from './certainty.ts'
import type { Draft } from './draft-shifts.ts'
import { explain, find } from './explain.ts'
import { finishShift } from './finish-shift.ts'
import { minuteMs } from './minutes.ts'
import type { DayKind, OvertimeBudget } from './overtime.ts'
import { pairSteps } from './pair.ts'
import type {
  AppliedCorrection,
  Certainty,
  DayResult,
  DayStatus,
  Explanation,
  Finding,
  JudgedPunch,
  ShiftResult,
  Totals,
} from './results.ts'
import type { CalendarDay, Closure, PlannedDay, Policy, TerminalState } from './types.ts'

/** All that is known of one person's day. */
export interface DayMaterial {
  readonly employeeCode: string
  readonly date: string
  readonly zone: string | null
  /** Null: nobody has planned this day. */
  readonly plan: PlannedDay | null
  readonly homeSite: string | null
  readonly calendar: readonly CalendarDay[]
  readonly drafts: readonly Draft[]
  readonly excluded: readonly ExcludedPunch[]
  readonly excuses: readonly Excuse[]
  readonly corrections: readonly AppliedCorrection[]
  readonly terminals: readonly TerminalState[]
  readonly closures: readonly Closure[]
  /** Local midnight that ends the date, epoch ms. */
  readonly dateEndMs: number
  readonly nowMs: number
  readonly policy: Policy
  readonly budget: OvertimeBudget
}

/** The result of one day: the shifts that start on it, their sums, and how far all that can be relied on. */
export function dayResult(material: DayMaterial): DayResult {
  const certainty = judgeCertainty(material)
  const dayKind = kindOf(material)
  const shifts = material.drafts.map(draft =>
    finishShift(draft, {
      policy: material.policy,
      nowMs: material.nowMs,
      dayKind,
      budget: material.budget,
      dayPlanned: material.plan !== null,
      homeSite: material.homeSite,
      excused: new Set(material.excuses.map(({ what }) => what)),
      nothingCanArrive: nothingCanArrive(certainty),
    }),
  )
  const punches = shifts.flatMap(shift => shift.punches)
  const totals = sum(shifts)
  const status = statusOf(material, shifts, totals, certainty)
  const errors = punches.flatMap(({ clockSkewMs }) => (clockSkewMs === null ? [] : [Math.abs(clockSkewMs)]))
  return {
    employeeCode: material.employeeCode,
    date: material.date,
    zone: material.zone,
    status,
    certainty,
    shifts,
    firstIn: earliest(punches.filter(({ role }) => role === 'in')),
    lastOut: latest(punches.filter(({ role }) => role === 'out')),
    punchCount: punches.length,
    calendar: material.calendar,
    ...totals,
    clockErrorMs: errors.length === 0 ? null : Math.max(...errors),
    confidence: punches.reduce((lowest, { confidence }) => Math.min(lowest, confidence), 1),
    corrections: material.corrections,
    findings: [
      ...shifts.flatMap(shift => shift.findings),
      ...dayFindings(material, shifts, certainty, status),
    ],
    explanation: [...shifts.flatMap(shift => shift.explanation), ...dayExplanation(material, status, totals)],
    difference: null,
  }
}

function judgeCertainty(material: DayMaterial): Certainty {
  const planned = material.drafts.flatMap(({ placed }) => (placed ? [placed.toMs] : []))
  const steps = material.drafts.flatMap(draft => draft.steps)
  return certaintyOf({
    date: material.date,
    untilMs: Math.max(
      planned.length > 0 ? Math.max(...planned) : material.dateEndMs,
      ...steps.map(step => step.atMs),
    ),
    nowMs: material.nowMs,
    stillIn: material.drafts.some(draft => draft.mayBeOpen && pairSteps(draft.steps).open !== null),
    punches: material.drafts.flatMap(draft => draft.punches.map(({ kept }) => kept.punch)),
    correctedAtMs: material.corrections.map(({ atMs }) => atMs),
    terminals: material.terminals,
    closures: material.closures,
    lateArrivalMinutes: material.policy.lateArrivalMinutes,
  })
}

/** A holiday outranks a day off: its work is dearer. */
function kindOf({ calendar, plan }: DayMaterial): DayKind {
  if (calendar.some(day => day.kind === 'holiday' && day.portion === 'full')) return 'holiday'
  return plan !== null && plan.shifts.length === 0 ? 'day_off' : 'ordinary'
}

function sum(shifts: readonly ShiftResult[]): Totals {
  const total = (field: keyof Totals) => shifts.reduce((before, shift) => before + shift[field], 0)
  return {
    workedMinutes: total('workedMinutes'),
    breakMinutes: total('breakMinutes'),
    expectedMinutes: total('expectedMinutes'),
    lateMinutes: total('lateMinutes'),
    earlyLeaveMinutes: total('earlyLeaveMinutes'),
    overtimeMinutes: total('overtimeMinutes'),
    overtimeWeightedMinutes: total('overtimeWeightedMinutes'),
  }
}

function statusOf(
  material: DayMaterial,
  shifts: readonly ShiftResult[],
  totals: Totals,
  certainty: Certainty,
): DayStatus {
  if (shifts.some(({ status }) => status === 'attended'))
    return underThreshold(material, shifts, totals, certainty) ?? 'present'
  const full = material.calendar.filter(({ portion }) => portion === 'full')
  if (full.some(({ kind }) => kind === 'leave')) return 'leave'
  if (full.some(({ kind }) => kind === 'holiday')) return 'holiday'
  if (material.plan === null) return 'nothing_planned'
  if (shifts.length === 0) return 'day_off'
  const order = ['not_known_yet', 'not_arrived', 'expected', 'absent', 'excused'] as const
  return order.find(status => shifts.some(shift => shift.status === status)) ?? 'excused'
}

/** Half a day or an absence by too few hours: only of a whole, finished day that misses no punch. */
function underThreshold(
  { drafts, calendar, excuses }: DayMaterial,
  shifts: readonly ShiftResult[],
  { workedMinutes }: Totals,
  certainty: Certainty,
): 'half_day' | 'absent' | null {
  const rules = drafts.find(({ placed }) => placed !== null)?.placed?.rules
  const missing = shifts.some(({ findings }) =>
    findings.some(({ kind }) => kind === 'missing_in' || kind === 'missing_out'),
  )
  if (!rules || missing || !nothingCanArrive(certainty) || calendar.length > 0) return null
  const below = (limit: number | null) => limit !== null && workedMinutes < limit
  if (below(rules.absentBelowMinutes) && !excuses.some(({ what }) => what === 'absence')) return 'absent'
  return below(rules.halfDayBelowMinutes) ? 'half_day' : null
}

function dayFindings(
  material: DayMaterial,
  shifts: readonly ShiftResult[],
  certainty: Certainty,
  status: DayStatus,
): Finding[] {
  const punchIds = shifts.flatMap(shift => shift.punches.map(({ punchId }) => punchId))
  const unplannedIds = shifts
    .filter(({ planned }) => !planned)
    .flatMap(shift => shift.punches.map(({ punchId }) => punchId))
  const whole = (kind: CalendarDay['kind']) =>
    punchIds.length > 0 && material.calendar.some(day => day.kind === kind && day.portion === 'full')
  const off = material.plan !== null && material.plan.shifts.length === 0
  const implausible = material.excluded.filter(({ why }) => why === 'implausible_time')
  const absentShifts = shifts.filter(shift => shift.status === 'absent')
  return [
    ...(whole('holiday') ? [find('punch_on_holiday', { punchIds })] : []),
    ...(whole('leave') ? [find('punch_on_leave', { punchIds })] : []),
    ...(off && punchIds.length > 0 ? [find('punch_on_day_off', { punchIds })] : []),
    ...(material.plan !== null && !off && unplannedIds.length > 0
      ? [find('outside_shift', { punchIds: unplannedIds })]
      : []),
    ...implausible.map(({ punch }) => find('implausible_punch', { punchIds: [punch.id] })),
    ...certainty.latePunches.map(({ punchId, receivedAtMs }) => {
      const made = shifts.flatMap(shift => shift.punches).find(own => own.punchId === punchId)?.instantMs
      const minutes = Math.round((receivedAtMs - (made ?? receivedAtMs)) / minuteMs)
      return find('late_punch', { punchIds: [punchId], minutes })
    }),
    ...absentShifts.map(({ id, expectedMinutes }) =>
      find('absent', { shiftId: id, minutes: expectedMinutes }),
    ),
    ...(status === 'absent' && absentShifts.length === 0 ? [find('absent', {})] : []),
  ]
}

function dayExplanation(
  { calendar, excluded, policy, drafts }: DayMaterial,
  status: DayStatus,
  { workedMinutes }: Totals,
): Explanation[] {
  const rules = drafts.find(({ placed }) => placed !== null)?.placed?.rules ?? policy
  const absence = status === 'absent' || status === 'not_known_yet'
  return [
    ...calendar.map(({ portion }) =>
      explain('calendar', { numbers: { share: portion === 'full' ? 1 : 0.5 } }),
    ),
    ...excluded.map(({ punch, why }) => ({
      ...explain('punch_excluded', { punchIds: [punch.id] }),
      words: `attendance.explain.punch_excluded.${why}`,
    })),
    ...(status === 'half_day' || (status === 'absent' && workedMinutes > 0)
      ? [
          explain('threshold', {
            numbers: {
              workedMinutes,
              halfDayBelowMinutes: rules.halfDayBelowMinutes ?? 0,
              absentBelowMinutes: rules.absentBelowMinutes ?? 0,
            },
          }),
        ]
      : []),
    ...(absence ? [explain('absence', { numbers: { known: status === 'absent' ? 1 : 0 } })] : []),
  ]
}

function earliest(punches: readonly JudgedPunch[]): JudgedPunch | null {
  return punches.reduce<JudgedPunch | null>(
    (first, punch) => (first === null || punch.instantMs < first.instantMs ? punch : first),
    null,
  )
}

function latest(punches: readonly JudgedPunch[]): JudgedPunch | null {
  return punches.reduce<JudgedPunch | null>(
    (last, punch) => (last === null || punch.instantMs >= last.instantMs ? punch : last),
    null,
  )
}
