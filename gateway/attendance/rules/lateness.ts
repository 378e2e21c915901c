import { explain, find } from './explain.ts'
import { minuteMs, wholeMinutes } from './minutes.ts'
import type { Attendance, Step } from './pair.ts'
import type { PlacedShift, Span } from './place-shifts.ts'
import type { Explanation, Finding, Verdict } from './results.ts'

export interface Lateness {
  readonly late: Verdict
  readonly earlyLeave: Verdict
  readonly findings: readonly Finding[]
  readonly explanation: readonly Explanation[]
}

interface Judgement {
  readonly kind: 'late' | 'early_leave'
  readonly step: Step
  readonly minutes: number
  readonly exceeded: boolean
  readonly uncertain: boolean
}

export const punctual: Verdict = { minutes: 0, exceeded: false, uncertain: false }

/**
 * Lateness and early leave against what is owed: each period of a fixed shift, the core of a flexible one. Judged on the
 * punches as they were made, before rounding, in whole minutes, and marked uncertain where the clock error of the
 * terminal could turn the verdict. Where a punch is missing nothing is said. `excused` names what somebody has forgiven.
 */
export function judgeLateness(
  attendances: readonly Attendance[],
  placed: PlacedShift,
  nowMs: number,
  excused: ReadonlySet<'late' | 'early_leave'>,
): Lateness {
  const { id, shift } = placed.planned
  const targets = shift.kind === 'flexible' ? (placed.core ? [placed.core] : []) : placed.owed
  const judgements: Judgement[] = []
  const findings: Finding[] = []
  for (const target of targets) {
    const within = attendances.filter((_, at) => touches(attendances, at, target))
    if (within.length === 0 && attendances.length > 0 && nowMs >= target.toMs)
      findings.push(
        find('missed_period', { shiftId: id, minutes: wholeMinutes(target.toMs - target.fromMs) }),
      )
    const arrival = within[0]?.arrival
    const exit = within.at(-1)?.exit
    if (arrival)
      judgements.push(judge('late', arrival, arrival.atMs - target.fromMs, placed.rules.lateGraceMinutes))
    if (exit && nowMs >= target.toMs)
      judgements.push(
        judge('early_leave', exit, target.toMs - exit.atMs, placed.rules.earlyLeaveGraceMinutes),
      )
  }
  for (const { kind, step, minutes, exceeded, uncertain } of judgements)
    if (exceeded && !excused.has(kind))
      findings.push(find(kind, { shiftId: id, punchIds: idsOf(step), minutes, uncertain }))
  return {
    late: verdict(judgements, 'late', excused),
    earlyLeave: verdict(judgements, 'early_leave', excused),
    findings,
    explanation: judgements
      .filter(({ minutes, uncertain }) => minutes > 0 || uncertain)
      .map(({ kind, step, minutes, uncertain }) =>
        explain(kind, {
          shiftId: id,
          punchIds: idsOf(step),
          numbers: {
            minutes,
            graceMinutes:
              kind === 'late' ? placed.rules.lateGraceMinutes : placed.rules.earlyLeaveGraceMinutes,
            clockErrorMs: skewOf(step),
            uncertain: uncertain ? 1 : 0,
            excused: excused.has(kind) ? 1 : 0,
          },
        }),
      ),
  }
}

/** A missing exit reaches to the end of all, unless somebody came again after it. */
function touches(attendances: readonly Attendance[], at: number, target: Span): boolean {
  const attendance = attendances[at]
  if (!attendance) return false
  const { arrival, exit } = attendance
  const again = at + 1 < attendances.length
  const fromMs = arrival?.atMs ?? (at > 0 && exit ? exit.atMs - minuteMs : Number.NEGATIVE_INFINITY)
  const toMs = exit?.atMs ?? (again && arrival ? arrival.atMs + minuteMs : Number.POSITIVE_INFINITY)
  return fromMs < target.toMs && toMs > target.fromMs
}

function judge(kind: Judgement['kind'], step: Step, byMs: number, graceMinutes: number): Judgement {
  const beyond = (ms: number) => wholeMinutes(Math.max(0, ms)) > graceMinutes
  const skewMs = skewOf(step)
  return {
    kind,
    step,
    minutes: wholeMinutes(Math.max(0, byMs)),
    exceeded: beyond(byMs),
    uncertain: beyond(byMs - skewMs) !== beyond(byMs + skewMs),
  }
}

function verdict(
  judgements: readonly Judgement[],
  kind: Judgement['kind'],
  excused: ReadonlySet<string>,
): Verdict {
  const own = judgements.filter(judgement => judgement.kind === kind)
  return {
    minutes: own.reduce((sum, { minutes }) => sum + minutes, 0),
    exceeded: !excused.has(kind) && own.some(({ exceeded }) => exceeded),
    uncertain: own.some(({ uncertain }) => uncertain),
  }
}

function skewOf(step: Step): number {
  return Math.abs(step.directed?.kept.punch.clockSkewMs ?? 0)
}

function idsOf(step: Step): string[] {
  return step.directed ? [step.directed.kept.punch.id] : []
}
