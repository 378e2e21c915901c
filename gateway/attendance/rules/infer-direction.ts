import type { KeptPunch } from './collapse-doubles.ts'
import { sideOf } from './key-trust.ts'
import { mostLikelyRoles } from './likely-roles.ts'
import { minuteMs } from './minutes.ts'
import type { Span } from './place-shifts.ts'
import type { Role, RoleReason } from './results.ts'
import type { Policy } from './types.ts'

export interface DirectedPunch {
  readonly kept: KeptPunch
  readonly role: Role
  readonly reason: RoleReason
  /** 0 to 1, two decimals. */
  readonly confidence: number
}

export interface Surroundings {
  /** Periods of the shift; empty where nothing is planned. */
  readonly periods: readonly Span[]
  /** Whether keys pressed around here mean anything. */
  readonly keysBelieved: boolean
  /** Somebody who has come may still be there. */
  readonly mayBeOpen: boolean
}

/**
 * What each punch of one shift or stay is taken for. Keys count where they make sense together; a key that does not is
 * outvoted by the order of the others and by the nearness to a planned start or end, and the confidence says how
 * clearly. `punches` in order of time.
 */
export function inferDirections(
  punches: readonly KeptPunch[],
  surroundings: Surroundings,
  policy: Pick<Policy, 'direction' | 'withoutKeys'>,
): DirectedPunch[] {
  const mode =
    policy.direction === 'keys' && !surroundings.keysBelieved ? policy.withoutKeys : policy.direction
  if (mode === 'keys' || punches.some(punch => punch.keyCorrected))
    return fromKeys(punches, surroundings, policy.withoutKeys === 'first_last')
  return mode === 'toggle' ? toggled(punches) : firstAndLast(punches, surroundings.periods)
}

/** Further from a planned start and end than this, neither says anything about a punch. */
const edgeMs = 120 * minuteMs

/** Positive where an instant is near a planned start, negative where it is near a planned end, 0 elsewhere; in ms. */
function leaning(atMs: number, periods: readonly Span[]): number {
  if (periods.length === 0) return 0
  const toStart = Math.min(...periods.map(({ fromMs }) => Math.abs(atMs - fromMs)))
  const toEnd = Math.min(...periods.map(({ toMs }) => Math.abs(atMs - toMs)))
  return Math.min(toStart, toEnd) > edgeMs ? 0 : toEnd - toStart
}

/**
 * Where somebody presses keys, readers without keys that were passed meanwhile say nothing: a door inside the building
 * is no exit. In a planned shift such a reader stands for a key only where one is missing: between two keys, or near the
 * planned start or end. Where nothing is planned it takes keys that say everything by themselves.
 */
function fromKeys(
  punches: readonly KeptPunch[],
  surroundings: Surroundings,
  mayPass: boolean,
): DirectedPunch[] {
  const telling = punches.filter(({ key }) => key !== 'None')
  const maySkip =
    mayPass && surroundings.keysBelieved && telling.length > 0 && telling.length < punches.length
  if (!maySkip) return byLikelihood(punches, surroundings, false)
  if (surroundings.periods.length > 0) return byLikelihood(punches, surroundings, true)
  if (!likelyRoles(telling, surroundings, false).flawless) return byLikelihood(punches, surroundings, false)
  const roles = new Map(byLikelihood(telling, surroundings, false).map(directed => [directed.kept, directed]))
  return punches.map(kept => roles.get(kept) ?? { kept, role: 'between', reason: 'no_key', confidence: 1 })
}

function likelyRoles(punches: readonly KeptPunch[], surroundings: Surroundings, maySkip: boolean) {
  const first = punches.findIndex(({ key }) => key !== 'None')
  const last = punches.findLastIndex(({ key }) => key !== 'None')
  return mostLikelyRoles(
    punches.map((punch, at) => ({
      key: surroundings.keysBelieved || punch.keyCorrected ? punch.key : 'None',
      certain: punch.keyCorrected,
      leaning: leaning(punch.punch.instantMs, surroundings.periods),
      passing: !maySkip || punch.key !== 'None' ? 'no' : at > first && at < last ? 'inside' : 'edge',
    })),
    surroundings.mayBeOpen,
  )
}

function byLikelihood(
  punches: readonly KeptPunch[],
  surroundings: Surroundings,
  maySkip: boolean,
): DirectedPunch[] {
  const likely = likelyRoles(punches, surroundings, maySkip)
  return punches.flatMap((kept, at): DirectedPunch[] => {
    const found = likely.roles[at]
    if (!found) return []
    const { role, margin } = found
    if (kept.keyCorrected) return [{ kept, role, reason: 'corrected', confidence: 1 }]
    const asPressed = role === 'between' || (surroundings.keysBelieved && isAsPressed(kept.key, role))
    const reason = kept.key === 'None' ? 'no_key' : asPressed ? 'key' : 'key_contradicts_order'
    const confidence = asPressed && likely.flawless ? 1 : twoDecimals(1 - 0.5 * Math.exp(-1.5 * margin))
    return [{ kept, role, reason, confidence }]
  })
}

/** The first is the arrival and the last the exit. What lies between is kept and means nothing here. */
function firstAndLast(punches: readonly KeptPunch[], periods: readonly Span[]): DirectedPunch[] {
  const lone = punches.length === 1
  return punches.map((kept, at) => {
    // Nobody leaves a terminal at `CheckOut` by chance; `CheckIn` is what it says by itself.
    const leaves = sideOf(kept.key) === 'out' || leaning(kept.punch.instantMs, periods) < 0
    const atEnd = lone ? leaves : at === punches.length - 1
    const role = atEnd ? 'out' : at === 0 ? 'in' : 'between'
    return {
      kept,
      role,
      reason: 'first_last',
      confidence: lone ? 0.5 : isAsPressed(kept.key, role) ? 0.95 : 0.8,
    }
  })
}

function toggled(punches: readonly KeptPunch[]): DirectedPunch[] {
  const confidence = punches.length % 2 === 0 ? 0.8 : 0.6
  return punches.map((kept, at) => ({
    kept,
    role: at % 2 === 0 ? 'in' : 'out',
    reason: 'toggle',
    confidence,
  }))
}

/** Overtime keys name the same two sides of the door as the plain ones. */
function isAsPressed(key: KeptPunch['key'], role: Role): boolean {
  if (key === 'BreakOut') return role === 'break_start'
  if (key === 'BreakIn') return role === 'break_end'
  return role === sideOf(key)
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100
}
