import type { DirectedPunch } from './infer-direction.ts'

/** A point of the timeline: a punch in its role, or where presence was continued by plan. */
export interface Step extends Pick<DirectedPunch, 'role'> {
  /** As punched, epoch ms. */
  readonly atMs: number
  /** As counted after rounding. */
  readonly countedMs: number
  /** Null where presence went on without a punch. */
  readonly directed: DirectedPunch | null
  /** The punch belongs to a neighbouring shift and is counted there. */
  readonly shared: boolean
}

/** Between two steps that follow each other while somebody was there, or while nobody knows. */
export interface Stay {
  readonly kind: 'present' | 'break' | 'unclear'
  readonly fromMs: number
  readonly toMs: number
}

/** Arrival to exit, breaks within. Null: that punch is missing. */
export interface Attendance {
  readonly arrival: Step | null
  readonly exit: Step | null
}

export interface Paired {
  readonly stays: readonly Stay[]
  readonly attendances: readonly Attendance[]
  readonly missingIn: readonly Step[]
  readonly missingOut: readonly Step[]
  /** Came and has not left. */
  readonly open: Step | null
}

/**
 * Steps joined to stays. An entry after an entry means that an exit is missing: the time between is unclear and counts
 * for nothing, whichever way. `steps` in order of time.
 */
export function pairSteps(steps: readonly Step[]): Paired {
  const stays: Stay[] = []
  const attendances: { arrival: Step | null; exit: Step | null }[] = []
  const missingIn: Step[] = []
  const missingOut: Step[] = []
  let state: 'outside' | 'inside' | 'on_break' = 'outside'
  let last: Step | null = null
  const stay = (kind: Stay['kind'], to: Step) => {
    if (last && to.countedMs > last.countedMs)
      stays.push({ kind, fromMs: last.countedMs, toMs: to.countedMs })
  }
  for (const step of steps) {
    if (step.role === 'between') continue
    const current = attendances.at(-1)
    if (step.role === 'in' || (step.role === 'break_end' && state === 'outside')) {
      if (state !== 'outside') {
        stay('unclear', step)
        missingOut.push(last ?? step)
      }
      if (step.role === 'break_end') missingIn.push(step)
      attendances.push({ arrival: step, exit: null })
      state = 'inside'
    } else if (state === 'outside') {
      if (last) stay('unclear', step)
      missingIn.push(step)
      attendances.push({ arrival: null, exit: step.role === 'out' ? step : null })
      state = step.role === 'out' ? 'outside' : 'on_break'
    } else {
      stay(state === 'inside' ? 'present' : 'break', step)
      if (step.role === 'out' && current) current.exit = step
      state = step.role === 'out' ? 'outside' : step.role === 'break_start' ? 'on_break' : 'inside'
    }
    last = step
  }
  return { stays, attendances, missingIn, missingOut, open: state === 'outside' ? null : last }
}
