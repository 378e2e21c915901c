import type { CommandStateName } from '../commands/transitions.ts'

/**
 * States of a lasting order. Open: `awaits-second` nothing was sent, a second person has to agree; `ordered` on its
 * way; `in-force` the terminal has said so; `unclear` handed over and never answered; `returning` the return order is
 * on its way; `overdue` it should have ended and has not been seen to. Over: the other four.
 */
export type HoldState =
  | 'awaits-second'
  | 'ordered'
  | 'in-force'
  | 'unclear'
  | 'returning'
  | 'overdue'
  | 'ended'
  | 'refused'
  | 'replaced'
  | 'lapsed'

/** What is known at one moment; instants in epoch milliseconds. */
export interface HoldFacts {
  readonly state: HoldState
  readonly until: number | null
  readonly endsBy: 'terminal' | 'order'
  /** State of the order that began it, and of the newest return order. */
  readonly begun: CommandStateName | null
  readonly returned: CommandStateName | null
  readonly online: boolean
  readonly nextTryAt: number | null
  readonly now: number
}

export interface HoldStep {
  readonly state: HoldState
  /** Send the return order now. */
  readonly sendReturn?: true
  readonly nextTryAt?: number | null
  readonly note?: string
}

/** Between two return orders to a terminal that is there. */
export const returnRetryMs = 10_000

const over: ReadonlySet<HoldState> = new Set(['ended', 'refused', 'replaced', 'lapsed'])

/** True when nothing more will happen to it. */
export function isOver(state: HoldState): boolean {
  return over.has(state)
}

/**
 * Where a lasting order goes from here, or null: it stays. The return is sent at its time and tried again until the
 * terminal says it was carried out; while the terminal is away it is overdue, and never kept in a queue. What the
 * terminal counts itself has ended by then whether it is here or not.
 */
export function nextHold(facts: HoldFacts): HoldStep | null {
  const { state, begun } = facts
  switch (state) {
    case 'awaits-second':
      return facts.nextTryAt !== null && facts.nextTryAt <= facts.now
        ? { state: 'lapsed', note: 'Nobody agreed in time; nothing was sent' }
        : null
    case 'ordered':
      if (begun === 'done') return { state: 'in-force' }
      if (begun === 'unconfirmed') return { state: 'unclear', note: 'No answer came; it may be in force' }
      if (begun === 'failed' || begun === 'expired' || begun === 'cancelled') return { state: 'refused' }
      return null
    case 'unclear':
      if (begun === 'failed') return { state: 'refused' }
      if (begun === 'done') return { state: 'in-force' }
      return due(facts)
    case 'in-force':
      return due(facts)
    case 'returning':
      return afterReturn(facts)
    case 'overdue':
      if (!facts.online || (facts.nextTryAt ?? 0) > facts.now) return null
      return { state: 'returning', sendReturn: true }
    default:
      return null
  }
}

function due({ until, now, endsBy, online }: HoldFacts): HoldStep | null {
  if (until === null || until > now) return null
  if (endsBy === 'terminal') return { state: 'ended', note: 'The terminal counted the time itself' }
  if (online) return { state: 'returning', sendReturn: true }
  return {
    state: 'overdue',
    nextTryAt: null,
    note: 'The terminal was away at the end; the return is sent when it is back',
  }
}

function afterReturn({ returned, until, now }: HoldFacts): HoldStep | null {
  if (returned === 'done') return { state: 'ended', note: 'The terminal says it has returned to normal' }
  if (returned === 'queued' || returned === 'sent') return null
  // Ended early and refused: it is what it was. At its end it goes on until the terminal says yes.
  if (until === null || until > now)
    return { state: 'in-force', note: 'The return was not carried out; it is still in force' }
  return {
    state: 'overdue',
    nextTryAt: now + returnRetryMs,
    note: returned === 'failed' ? 'The terminal refused the return' : 'The return was not confirmed',
  }
}
