import type { OperationAnswer } from '#contract/types.ts'

export type RollCall = OperationAnswer<'doors.rollCall'>
export type Person = RollCall['People'][number]
export type MusterState = 'Safe' | 'Missing' | 'Unmarked'

/** A tick as this phone makes it; `sent`: the server has it. */
export interface Tick {
  readonly TickID: string
  readonly EmployeeCode: string
  readonly State: MusterState
  /** ISO 8601, UTC. */
  readonly At: string
  readonly By: string | null
}

/** What this phone keeps, so that the list opens without a network. */
export interface KeptMuster {
  readonly rollCallId: string
  readonly at: string
  readonly by: string
  readonly people: readonly Person[]
  readonly ticks: readonly Tick[]
  /** Ids the server does not have yet. */
  readonly unsent: readonly string[]
  readonly sureness: RollCall['Sureness']
}

/** All ticks of both sides, each once, in the order they were made: merging has no conflict. */
export function mergeTicks(ours: readonly Tick[], theirs: readonly Tick[]): Tick[] {
  const byId = new Map([...ours, ...theirs].map(tick => [tick.TickID, tick]))
  return [...byId.values()].sort((a, b) => a.At.localeCompare(b.At) || a.TickID.localeCompare(b.TickID))
}

/** What the latest tick of each person says. */
export function statesOf(ticks: readonly Tick[]): Map<string, Tick> {
  return new Map(mergeTicks(ticks, []).map(tick => [tick.EmployeeCode, tick]))
}

/** The server's list with what this phone has ticked meanwhile; another roll call starts anew. */
export function takeAnswer(kept: KeptMuster | null, answer: RollCall, by: string): KeptMuster {
  const isSame = kept?.rollCallId === answer.RollCallID
  const known = new Set(answer.Ticks.map(({ TickID }) => TickID))
  const theirs = answer.Ticks.map(({ TickID, EmployeeCode, State, At, By }) => ({
    TickID,
    EmployeeCode,
    State,
    At,
    By,
  }))
  const ours = isSame ? kept.ticks : []
  return {
    rollCallId: answer.RollCallID,
    at: answer.At,
    by,
    people: answer.People,
    ticks: mergeTicks(ours, theirs),
    unsent: (isSame ? kept.unsent : []).filter(id => !known.has(id)),
    sureness: answer.Sureness,
  }
}

/** Those nobody has seen first, then the missing, then the safe; each by name. */
export function byNeed(people: readonly Person[], states: ReadonlyMap<string, Tick>): Person[] {
  const rank = (person: Person) =>
    ({ Missing: 0, Unmarked: 1, Safe: 2 })[states.get(person.EmployeeCode)?.State ?? 'Unmarked']
  return [...people].sort(
    (a, b) => rank(a) - rank(b) || (a.Name ?? a.EmployeeCode).localeCompare(b.Name ?? b.EmployeeCode),
  )
}
