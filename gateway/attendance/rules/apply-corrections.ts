import { arrivedEstimates, type Estimate } from './estimates.ts'
import type { AppliedCorrection } from './results.ts'
import type { Correction, Punch, PunchDirection } from './types.ts'

/** A punch with what corrections say about it; the punch itself stays as it is. */
export interface WorkingPunch {
  readonly punch: Punch
  /** As pressed, or as corrected. */
  readonly key: PunchDirection
  readonly keyCorrected: boolean
  readonly plannedShiftId: string | null
  readonly correctionIds: readonly string[]
}

export interface ExcludedPunch {
  readonly punch: Punch
  readonly why: 'implausible_time' | 'ignored' | 'estimate_withdrawn'
  readonly correctionIds: readonly string[]
}

export type Excuse = Extract<Correction, { kind: 'excuse' }>

export interface CorrectedPunches {
  /** In order of time, then id. */
  readonly punches: readonly WorkingPunch[]
  readonly excluded: readonly ExcludedPunch[]
  readonly excuses: readonly Excuse[]
  /** Those in force, by id. */
  readonly inForce: ReadonlyMap<string, Correction>
}

/**
 * Punches as corrections leave them. Corrections act in order of their time, whatever order they come in; one that was
 * withdrawn does nothing. Punches with an impossible time take no part.
 */
export function applyCorrections(
  punches: readonly Punch[],
  corrections: readonly Correction[],
  policy: { readonly estimateWindowMinutes: number },
): CorrectedPunches {
  const ordered = [...corrections].sort((a, b) => a.atMs - b.atMs || compare(a.id, b.id))
  const withdrawn = new Set(ordered.flatMap(fact => (fact.kind === 'withdraw' ? [fact.correctionId] : [])))
  const active = ordered.filter(fact => !withdrawn.has(fact.id))
  const real = distinct(punches)
  const working = new Map(real.map(punch => [punch.id, untouched(punch)]))
  const ignoredBy = new Map<string, string>()
  const excluded: ExcludedPunch[] = []
  const arrived = arrivedEstimates(active.flatMap(estimateOf), real, policy.estimateWindowMinutes)
  for (const fact of active) {
    if (fact.kind === 'add_punch') {
      if (arrived.has(fact.id))
        excluded.push({ punch: fact.punch, why: 'estimate_withdrawn', correctionIds: [fact.id] })
      else working.set(fact.punch.id, { ...untouched(fact.punch), correctionIds: [fact.id] })
    } else if (fact.kind === 'ignore_punch') ignoredBy.set(fact.punchId, fact.id)
    else if (fact.kind === 'set_direction')
      change(working, fact.punchId, fact.id, { key: fact.direction, keyCorrected: true })
    else if (fact.kind === 'assign_shift')
      change(working, fact.punchId, fact.id, { plannedShiftId: fact.plannedShiftId })
  }
  const kept: WorkingPunch[] = []
  for (const entry of working.values()) {
    const ignored = ignoredBy.get(entry.punch.id)
    if (ignored !== undefined)
      excluded.push({ punch: entry.punch, why: 'ignored', correctionIds: [...entry.correctionIds, ignored] })
    else if (entry.punch.flags.includes('implausible_time'))
      excluded.push({ punch: entry.punch, why: 'implausible_time', correctionIds: entry.correctionIds })
    else kept.push(entry)
  }
  return {
    punches: kept.sort((a, b) => byTime(a.punch, b.punch)),
    excluded: excluded.sort((a, b) => byTime(a.punch, b.punch)),
    excuses: active.filter(fact => fact.kind === 'excuse'),
    inForce: new Map(active.map(fact => [fact.id, fact])),
  }
}

/** A correction as a result names it. */
export function appliedCorrection(fact: Correction, punchIds: readonly string[]): AppliedCorrection {
  const { id, kind, by, reason, atMs } = fact
  return { correctionId: id, kind, by, reason, atMs, punchIds }
}

/** By instant, then id, so that the order they came in means nothing. */
function byTime(a: Punch, b: Punch): number {
  return a.instantMs - b.instantMs || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function distinct(punches: readonly Punch[]): Punch[] {
  return [...new Map([...punches].sort(byTime).map(punch => [punch.id, punch])).values()]
}

function untouched(punch: Punch): WorkingPunch {
  return { punch, key: punch.direction, keyCorrected: false, plannedShiftId: null, correctionIds: [] }
}

function change(
  working: Map<string, WorkingPunch>,
  punchId: string,
  correctionId: string,
  to: Partial<WorkingPunch>,
): void {
  const known = working.get(punchId)
  if (known) working.set(punchId, { ...known, ...to, correctionIds: [...known.correctionIds, correctionId] })
}

function estimateOf(fact: Correction): Estimate[] {
  if (fact.kind !== 'add_punch' || !fact.estimated) return []
  return [{ id: fact.id, instantMs: fact.punch.instantMs, guessedAtMs: fact.atMs }]
}
