import type { Draft } from './draft-shifts.ts'
import { explain } from './explain.ts'
import { minuteMs } from './minutes.ts'
import type { Step } from './pair.ts'
import type { PlacedShift } from './place-shifts.ts'
import type { Policy } from './types.ts'

/** How far from the seam of two shifts a punch may lie to serve both. */
const seamMs = 60 * minuteMs

interface Planned {
  readonly draft: Draft
  readonly placed: PlacedShift
}

/**
 * Where two planned shifts of a person meet, one punch in between ends the first and begins the second, and no punch at
 * all between an arrival and an exit means that the person stayed. The punch is counted once, in its own shift. `drafts`
 * in order of time.
 */
export function handOver(
  drafts: readonly Draft[],
  policy: Pick<Policy, 'handOverMinutes'>,
): readonly Draft[] {
  const result = [...drafts]
  for (let at = 0; at + 1 < result.length; at += 1) {
    const [first, second] = [planned(result[at]), planned(result[at + 1])]
    if (!first || !second) continue
    const apart = Math.abs(second.placed.fromMs - first.placed.toMs)
    if (apart > policy.handOverMinutes * minuteMs) continue
    const joined = join(first, second)
    if (joined) result.splice(at, 2, ...joined)
  }
  return result
}

function planned(draft: Draft | undefined): Planned | null {
  return draft?.placed ? { draft, placed: draft.placed } : null
}

function join(first: Planned, second: Planned): readonly [Draft, Draft] | null {
  const last = first.draft.steps.filter(({ role }) => role !== 'between').at(-1)
  const next = second.draft.steps.find(({ role }) => role !== 'between')
  if (!last || !next) return null
  const open = last.role !== 'out'
  const headless = next.role === 'out' || next.role === 'break_start'
  if (open && headless) return workedThrough(first, second, last, next)
  if (open && next.role === 'in' && near(next, first.placed.toMs))
    return [withExit(first.draft, { ...next, role: 'out', shared: true }, 'hand_over'), second.draft]
  if (!open && headless && near(last, second.placed.fromMs))
    return [first.draft, withArrival(second.draft, { ...last, role: 'in', shared: true }, 'hand_over')]
  return null
}

function workedThrough(
  first: Planned,
  second: Planned,
  last: Step,
  next: Step,
): readonly [Draft, Draft] | null {
  const { toMs } = first.placed
  const fromMs = second.placed.fromMs
  if (last.atMs > toMs || next.atMs < fromMs) return null
  const without = { directed: null, shared: true } as const
  return [
    withExit(first.draft, { role: 'out', atMs: toMs, countedMs: toMs, ...without }, 'worked_through'),
    withArrival(second.draft, { role: 'in', atMs: fromMs, countedMs: fromMs, ...without }, 'worked_through'),
  ]
}

function near(step: Step, seam: number): boolean {
  return Math.abs(step.atMs - seam) <= seamMs
}

type Why = 'hand_over' | 'worked_through'

function withExit(draft: Draft, step: Step, why: Why): Draft {
  return { ...draft, steps: [...draft.steps, step], mayBeOpen: false, explanation: said(draft, step, why) }
}

function withArrival(draft: Draft, step: Step, why: Why): Draft {
  return { ...draft, steps: [step, ...draft.steps], explanation: said(draft, step, why) }
}

function said(draft: Draft, step: Step, why: Why): Draft['explanation'] {
  const punchIds = step.directed ? [step.directed.kept.punch.id] : []
  return [...draft.explanation, explain(why, { shiftId: draft.id, punchIds, numbers: { atMs: step.atMs } })]
}
