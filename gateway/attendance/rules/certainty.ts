import { localAt } from '../../time/zone.ts'
import { minuteMs } from './minutes.ts'
import type { Certainty, WaitingFor } from './results.ts'
import type { Closure, Punch, TerminalState } from './types.ts'

/**
 * The moment up to which everything a terminal recorded is here, in epoch ms; null while it has never said. Its last
 * log against the last we hold: as long as they differ, only what we hold is sure.
 */
export function completeThrough({ statement }: TerminalState): number | null {
  if (statement === null) return null
  const { atMs, lastLogMs, lastReceivedMs } = statement
  if (lastLogMs === null || (lastReceivedMs !== null && lastReceivedMs >= lastLogMs)) return atMs
  return lastReceivedMs
}

/** Terminals that have not yet told everything up to a moment. */
export function waitingFor(terminals: readonly TerminalState[], untilMs: number): WaitingFor[] {
  return terminals.flatMap(terminal => {
    const through = completeThrough(terminal)
    if (through !== null && through >= untilMs) return []
    const { deviceSn, label, zone, offlineSinceMs, statement } = terminal
    const behind = statement !== null && through !== statement.atMs
    const sinceMs = offlineSinceMs ?? through
    return [
      {
        deviceSn,
        label,
        why: offlineSinceMs !== null ? 'offline' : behind ? 'behind' : 'not_stated',
        sinceMs,
        sinceLocal: sinceMs === null ? null : localAt(sinceMs, zone).local,
      } as const,
    ]
  })
}

export interface DayFacts {
  readonly date: string
  /** When nothing more is owed. */
  readonly untilMs: number
  readonly nowMs: number
  readonly stillIn: boolean
  readonly punches: readonly Punch[]
  readonly correctedAtMs: readonly number[]
  readonly terminals: readonly TerminalState[]
  readonly closures: readonly Closure[]
  readonly lateArrivalMinutes: number
}

/**
 * How far a day can be relied on. It stays provisional until it is over and every terminal has told everything up to its
 * end. What comes after a day was closed reopens it; a closed period stays closed, and the caller opens a difference.
 */
export function certaintyOf(facts: DayFacts): Certainty {
  const closure = closureOf(facts)
  const missing = waitingFor(facts.terminals, facts.untilMs)
  const reason = reasonOf(facts, missing)
  const afterClosing = (atMs: number) => closure !== null && atMs > closure.closedAtMs
  const latePunches = facts.punches
    .filter(
      punch =>
        afterClosing(punch.receivedAtMs) ||
        (punch.flags.includes('late_arrival') &&
          punch.receivedAtMs - punch.instantMs > facts.lateArrivalMinutes * minuteMs),
    )
    .map(({ id, receivedAtMs }) => ({ punchId: id, receivedAtMs }))
  const changed =
    facts.punches.some(punch => afterClosing(punch.receivedAtMs)) || facts.correctedAtMs.some(afterClosing)
  const open = reason === null ? 'complete' : 'provisional'
  const closed = changed && closure?.kind === 'day' ? 'reopened' : 'closed'
  return {
    state: closure === null ? open : closed,
    reason,
    waitingFor: missing,
    latePunches,
    closedAtMs: closure?.closedAtMs ?? null,
  }
}

/** Whether it is known that nobody was seen: the day is over and no terminal can still hold a punch of it. */
export function nothingCanArrive(certainty: Certainty): boolean {
  return certainty.reason === null
}

function reasonOf(facts: DayFacts, missing: readonly WaitingFor[]): Certainty['reason'] {
  if (facts.nowMs < facts.untilMs) return 'running'
  if (facts.stillIn) return 'still_in'
  if (facts.terminals.length === 0) return 'no_terminals'
  return missing.length > 0 ? 'waiting_for_terminals' : null
}

/** A period outranks a day; of two of a kind the later one holds. */
function closureOf({ closures, date }: DayFacts): Closure | null {
  const own = closures
    .filter(({ fromDate, toDate }) => fromDate <= date && date <= toDate)
    .sort((a, b) => a.kind.localeCompare(b.kind, 'en') || a.closedAtMs - b.closedAtMs)
  return own.at(-1) ?? null
}
