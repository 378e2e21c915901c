import type { Draft } from './draft-shifts.ts'
import { explain, find } from './explain.ts'
import type { DirectedPunch } from './infer-direction.ts'
import { wholeMinutes } from './minutes.ts'
import type { Step } from './pair.ts'
import type { Explanation, Finding, JudgedPunch } from './results.ts'

/** A punch as a result shows it, the original beside what was made of it. */
export function judgedPunch(directed: DirectedPunch, steps: readonly Step[]): JudgedPunch {
  const { kept, role, reason, confidence } = directed
  const { punch } = kept
  const step = steps.find(own => own.directed === directed && !own.shared)
  return {
    punchId: punch.id,
    instantMs: punch.instantMs,
    countedMs: step?.countedMs ?? punch.instantMs,
    localTime: punch.localTime,
    zone: punch.zone,
    offsetMinutes: punch.offsetMinutes,
    deviceSn: punch.deviceSn,
    site: punch.site,
    clockSkewMs: punch.clockSkewMs,
    receivedAtMs: punch.receivedAtMs,
    pressed: punch.direction,
    role,
    reason,
    confidence,
    doubles: kept.doubles,
  }
}

/** What a reviewer should see about single punches. */
export function noteworthy(draft: Draft, homeSite: string | null): Finding[] {
  const shiftId = draft.id
  return draft.punches.flatMap(({ kept, reason }) => {
    const punchIds = [kept.punch.id]
    const doubles = kept.doubles.map(double => double.punchId)
    return [
      ...(doubles.length > 0 ? [find('double_punch', { shiftId, punchIds: [...punchIds, ...doubles] })] : []),
      ...(reason === 'key_contradicts_order' ? [find('guessed_direction', { shiftId, punchIds })] : []),
      ...(homeSite !== null && kept.punch.site !== homeSite
        ? [find('other_site', { shiftId, punchIds })]
        : []),
    ]
  })
}

/** How the punches of a shift came to be its own, and what was made of each. */
export function toldOfPunches(draft: Draft): Explanation[] {
  const shiftId = draft.id
  const { placed, punches, steps } = draft
  return [
    ...(punches.length > 0
      ? [
          explain(placed ? 'assigned' : 'unplanned', {
            shiftId,
            punchIds: punches.map(({ kept }) => kept.punch.id),
            numbers: placed
              ? {
                  plannedFromMs: placed.fromMs,
                  plannedToMs: placed.toMs,
                  windowFromMs: placed.window.fromMs,
                  windowToMs: placed.window.toMs,
                }
              : {},
          }),
        ]
      : []),
    ...punches.flatMap(directed => toldOfPunch(directed, shiftId)),
    ...steps
      .filter(step => !step.shared && step.directed && step.directed.kept.punch.instantMs !== step.countedMs)
      .map(step =>
        explain('rounded', {
          shiftId,
          punchIds: step.directed ? [step.directed.kept.punch.id] : [],
          numbers: {
            fromMs: step.atMs,
            toMs: step.countedMs,
            minutes: wholeMinutes(Math.abs(step.countedMs - step.atMs)),
          },
        }),
      ),
  ]
}

function toldOfPunch({ kept, reason, confidence }: DirectedPunch, shiftId: string): Explanation[] {
  const punchIds = [kept.punch.id]
  const skewMs = kept.punch.clockSkewMs
  return [
    ...kept.doubles.map(({ punchId, secondsAfter }) =>
      explain('double_collapsed', { shiftId, punchIds: [...punchIds, punchId], numbers: { secondsAfter } }),
    ),
    ...(reason === 'key'
      ? []
      : [explain('direction_guessed', { shiftId, punchIds, numbers: { confidence } })]),
    ...(skewMs === null || skewMs === 0
      ? []
      : [explain('clock_error', { shiftId, punchIds, numbers: { clockErrorMs: skewMs } })]),
    ...kept.correctionIds.map(() => explain('corrected', { shiftId, punchIds })),
  ]
}
