import { EVENT_TABLE } from './event-table.ts'

/** By the vendor's ranges; 'unknown' is for numbers outside them. */
export type EventClass = 'normal' | 'error' | 'alarm' | 'unknown'

/**
 * What an event is about. 'pass': somebody was let in; 'denied': somebody or something was refused; 'door': a door, its
 * lock or its schedule; 'alarm'; 'device': the terminal, its power, lines and readers; 'other'.
 */
export type EventKind = 'pass' | 'denied' | 'door' | 'alarm' | 'device' | 'other'

/** What an event says about a door; independent of its kind, since a forced door is an alarm too. */
export type DoorOutcome =
  | 'opened'
  | 'closed'
  | 'forced'
  | 'held-open'
  | 'exit-button'
  /** The exit button was pressed and did nothing. */
  | 'exit-refused'
  | 'remote-open'
  | 'remote-close'
  | 'tamper'
  | 'duress'
  | 'alarm-cancelled'
  | 'normal-open-started'
  | 'normal-open-ended'
  | 'locked'
  | 'unlocked'
  | 'fire-open'
  | 'fire-ended'
  | 'emergency-open'
  | 'emergency-closed'

export type EventMeaning = {
  readonly code: number
  /** English; `event n` for a number in no document. */
  readonly name: string
  readonly class: EventClass
  readonly kind: EventKind
  readonly outcome: DoorOutcome | null
}

/**
 * What an event number means. Numbers that SimpleEventType merges are named by what they say themselves: a terminal
 * that sends 30 does not merge, so it means a wrong password and not merely "not registered".
 * iclock-push 11.4 [SEC29], extended numbers and unmerged names [SEC-ZH]; vectors A06 to A11.
 */
export function eventMeaning(code: number): EventMeaning {
  const known = MEANINGS.get(code)
  if (known !== undefined) return known
  return { code, name: `event ${code}`, class: eventClass(code), kind: 'other', outcome: null }
}

/**
 * Whether an event is a person going through, fit for attendance: there is a person, and the number is one of those
 * that let somebody in. Not 0 alone: a BioFace A1 reports every ordinary face pass as 3, "multi-person open". Opening
 * under duress counts, since the person did come. An unknown number never does; its event is kept all the same.
 * iclock-push 10.1 [BIOFACE]; vector A06.
 */
export function isPass(event: { readonly event: number; readonly pin: string | null }): boolean {
  if (event.pin === null) return false
  return MEANINGS.get(event.event)?.kind === 'pass' || LET_IN_BESIDE.has(event.event)
}

/** iclock-push 11.4 [SEC29]. */
export function eventClass(code: number): EventClass {
  return CLASSES.find(([from, to]) => code >= from && code <= to)?.[2] ?? 'unknown'
}

const CLASSES: ReadonlyArray<readonly [from: number, to: number, name: EventClass]> = [
  [0, 19, 'normal'],
  [20, 99, 'error'],
  [100, 199, 'alarm'],
  [200, 253, 'normal'],
  [4000, 4999, 'normal'],
  [5000, 5999, 'error'],
  [6000, 6999, 'alarm'],
]

/** Door events and alarms that with a person mean that this person was let in: 5 normal-open, 101 and 103 duress. */
const LET_IN_BESIDE: ReadonlySet<number> = new Set([5, 101, 103])

const MEANINGS: ReadonlyMap<number, EventMeaning> = new Map(
  EVENT_TABLE.map(([code, name, kind, outcome]) => [
    code,
    { code, name, class: eventClass(code), kind, outcome: outcome ?? null },
  ]),
)
