import type { KeptPunch } from './collapse-doubles.ts'
import { type KeyTrust, sideOf } from './key-trust.ts'
import { minuteMs } from './minutes.ts'
import type { PlacedShift, Span } from './place-shifts.ts'

export interface Assignment {
  /** Punches of each shift, in order of the shifts given. */
  readonly ofShift: readonly (readonly KeptPunch[])[]
  /** Punches that no planned shift claims. */
  readonly unplanned: readonly KeptPunch[]
}

/** What leaving a shift with an odd number of punches costs, in minutes of distance: a missing exit is the likelier error. */
const oddCostMinutes = 30
/** A punch so long after somebody has left is not the exit again. */
const returnMinutes = 120

/**
 * Which punch belongs to which shift, by the windows around the shifts, never by the date. Where windows of neighbours
 * overlap, the punches within are divided in time order at the place that costs least: entries belong near starts,
 * exits near ends, and a shift wants an even number. `shifts` and `punches` in order of time.
 */
export function assignShifts(
  punches: readonly KeptPunch[],
  shifts: readonly PlacedShift[],
  trust: KeyTrust,
): Assignment {
  const forced = new Map<string, KeptPunch[]>()
  let pool: KeptPunch[] = []
  for (const punch of punches) {
    const id = punch.plannedShiftId
    if (id !== null && shifts.some(shift => shift.planned.id === id))
      forced.set(id, [...(forced.get(id) ?? []), punch])
    else pool.push(punch)
  }
  const unplanned: KeptPunch[] = []
  const ofShift = shifts.map((shift, index) => {
    const next = shifts[index + 1]
    const own = pool.filter(punch => isWithin(punch, shift.window))
    const split = next === undefined ? own.length : divide(own, shift, next, trust)
    const { stays, strays } = releaseStrays(own.slice(0, split), shift, trust)
    const taken = new Set(stays)
    unplanned.push(...strays.filter(punch => next === undefined || !isWithin(punch, next.window)))
    const gone = new Set(unplanned)
    pool = pool.filter(punch => !taken.has(punch) && !gone.has(punch))
    return [...stays, ...(forced.get(shift.planned.id) ?? [])].sort(byTime)
  })
  return { ofShift, unplanned: [...unplanned, ...pool].sort(byTime) }
}

/** How many of the punches in the window of `shift` are its own; the rest goes to the next. */
function divide(own: readonly KeptPunch[], shift: PlacedShift, next: PlacedShift, trust: KeyTrust): number {
  const sure = own.findIndex(punch => isWithin(punch, next.window))
  if (sure === -1) return own.length
  const believed = trust(shift.fromMs, next.toMs)
  const distances = own.slice(sure).map(punch => ({
    here: distanceMs(punch, shift, believed) / minuteMs,
    there: distanceMs(punch, next, believed) / minuteMs,
  }))
  let distance = distances.reduce((sum, { there }) => sum + there, 0)
  const best = { split: sure, cost: distance + (sure % 2) * oddCostMinutes }
  for (const [at, { here, there }] of distances.entries()) {
    distance += here - there
    const split = sure + at + 1
    const cost = distance + (split % 2) * oddCostMinutes
    if (cost < best.cost) Object.assign(best, { split, cost })
  }
  return best.split
}

function distanceMs(punch: KeptPunch, shift: PlacedShift, believed: boolean): number {
  const at = punch.punch.instantMs
  const side = believed && !punch.key.startsWith('Break') ? sideOf(punch.key) : null
  if (side !== null)
    return Math.min(
      ...shift.periods.map(({ fromMs, toMs }) => Math.abs(at - (side === 'in' ? fromMs : toMs))),
    )
  return Math.max(0, shift.fromMs - at, at - shift.toMs)
}

/** Somebody who has left and comes again after the end of the shift is there for something else, unless the key says overtime. */
function releaseStrays(
  punches: readonly KeptPunch[],
  shift: PlacedShift,
  trust: KeyTrust,
): { stays: readonly KeptPunch[]; strays: readonly KeptPunch[] } {
  const believed = trust(shift.fromMs, shift.toMs)
  const at = punches.findIndex((punch, index) => {
    const before = punches[index - 1]
    if (!before || punch.punch.instantMs <= shift.toMs) return false
    const apart = punch.punch.instantMs - before.punch.instantMs
    if (believed)
      return sideOf(punch.key) === 'in' && punch.key !== 'OverTimeIn' && sideOf(before.key) === 'out'
    return (
      index % 2 === 0 &&
      apart > returnMinutes * minuteMs &&
      before.punch.instantMs >= shift.toMs - returnMinutes * minuteMs
    )
  })
  return at === -1
    ? { stays: punches, strays: [] }
    : { stays: punches.slice(0, at), strays: punches.slice(at) }
}

function isWithin(punch: KeptPunch, window: Span): boolean {
  return punch.punch.instantMs >= window.fromMs && punch.punch.instantMs <= window.toMs
}

function byTime(a: KeptPunch, b: KeptPunch): number {
  return a.punch.instantMs - b.punch.instantMs || (a.punch.id < b.punch.id ? -1 : 1)
}
