import type { KeptPunch } from './collapse-doubles.ts'
import type { UnplannedStay } from './group-unplanned.ts'
import { type DirectedPunch, inferDirections } from './infer-direction.ts'
import type { KeyTrust } from './key-trust.ts'
import { minuteMs } from './minutes.ts'
import type { Step } from './pair.ts'
import type { PlacedShift } from './place-shifts.ts'
import type { Explanation } from './results.ts'
import { roundInstant } from './rounding.ts'
import type { Policy } from './types.ts'

/** A shift or an unplanned stay with its punches in their roles, before anything is counted. */
export interface Draft {
  readonly id: string
  readonly date: string
  readonly zone: string
  readonly placed: PlacedShift | null
  readonly punches: readonly DirectedPunch[]
  readonly steps: readonly Step[]
  /** Somebody who came may still be there: its time is not over and nothing later was punched. */
  readonly mayBeOpen: boolean
  readonly explanation: readonly Explanation[]
}

export interface DraftContext {
  readonly policy: Policy
  readonly trust: KeyTrust
  readonly nowMs: number
  /** Of everything this person punched. */
  readonly lastPunchMs: number
}

/** Gives the punches of a planned shift their roles. */
export function draftPlanned(
  placed: PlacedShift,
  punches: readonly KeptPunch[],
  context: DraftContext,
): Draft {
  return draft(
    { id: placed.planned.id, date: placed.planned.date, zone: placed.planned.zone, placed },
    punches,
    placed.window.toMs,
    context,
  )
}

/** Gives the punches of a stay without a plan their roles; null for a stay without punches. */
export function draftUnplanned(stay: UnplannedStay, context: DraftContext): Draft | null {
  const [first] = stay.punches
  if (!first) return null
  return draft(
    { id: `unplanned:${first.punch.id}`, date: stay.date, zone: first.punch.zone, placed: null },
    stay.punches,
    first.punch.instantMs + context.policy.impossibleSpanMinutes * minuteMs,
    context,
  )
}

function draft(
  about: Pick<Draft, 'id' | 'date' | 'zone' | 'placed'>,
  punches: readonly KeptPunch[],
  openUntilMs: number,
  { policy, trust, nowMs, lastPunchMs }: DraftContext,
): Draft {
  const first = punches[0]?.punch.instantMs ?? 0
  const last = punches.at(-1)?.punch.instantMs ?? 0
  const mayBeOpen = punches.length > 0 && nowMs < openUntilMs && last >= lastPunchMs
  const directed = inferDirections(
    punches,
    { periods: about.placed?.periods ?? [], keysBelieved: trust(first, last), mayBeOpen },
    policy,
  )
  return { ...about, punches: directed, steps: stepsOf(directed, policy), mayBeOpen, explanation: [] }
}

/** Rounded per direction, and never so that an exit would come before its entry. */
function stepsOf(directed: readonly DirectedPunch[], policy: Policy): Step[] {
  let before = Number.NEGATIVE_INFINITY
  return directed.map(punch => {
    const { instantMs, localTime } = punch.kept.punch
    const rule = punch.role === 'in' || punch.role === 'out' ? policy.rounding[punch.role] : null
    const rounded = rule === null ? instantMs : roundInstant(instantMs, localTime, rule)
    before = Math.max(before, rounded)
    return { role: punch.role, atMs: instantMs, countedMs: before, directed: punch, shared: false }
  })
}
