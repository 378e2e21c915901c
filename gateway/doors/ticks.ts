import type { z } from 'zod'
import type { DoorTick } from '#contract/entities/door.ts'

export type Tick = z.output<typeof DoorTick>

/** What the three ticks are read from; instants in epoch milliseconds. */
export interface OrderFacts {
  readonly kind: string
  readonly state: string
  readonly queuedAt: number
  readonly sentAt: number | null
  readonly completedAt: number | null
  readonly moved: { readonly at: number; readonly by: 'event' | 'state' } | null
  /** What the sensor of the door is known to be. */
  readonly sensor: 'open' | 'closed' | 'none' | 'unknown'
  readonly online: boolean
  readonly now: number
}

/** A movement is waited for so long after the terminal has said yes; then its absence is what is known. */
const movementMs = 10_000

/**
 * Three ticks: handed over, acknowledged, moved. A tick that is missing says why, and whether it may still come; a door
 * without a sensor is never said not to have moved.
 */
export function ticksOf(facts: OrderFacts): Tick[] {
  return [sent(facts), acknowledged(facts), moved(facts)]
}

function sent({ sentAt, state, queuedAt }: OrderFacts): Tick {
  if (sentAt !== null) return known('Sent', sentAt, queuedAt, 'command')
  if (state === 'queued') return open('Sent', 'Waiting', null)
  return open('Sent', 'DidNotHappen', 'not_sent')
}

function acknowledged({ sentAt, state, completedAt, queuedAt }: OrderFacts): Tick {
  if (state === 'done' && completedAt !== null) return known('Acknowledged', completedAt, queuedAt, 'command')
  if (state === 'failed') return open('Acknowledged', 'DidNotHappen', 'refused')
  if (state === 'unconfirmed') return open('Acknowledged', 'NotKnown', 'no_answer')
  if (state === 'queued' || state === 'sent') return open('Acknowledged', 'Waiting', null)
  return open('Acknowledged', 'DidNotHappen', sentAt === null ? 'not_sent' : 'refused')
}

function moved(facts: OrderFacts): Tick {
  const { moved: seen, state, sentAt, sensor, online, queuedAt, completedAt, now } = facts
  if (seen) return known('Moved', seen.at, queuedAt, seen.by)
  if (sentAt === null && state !== 'queued') return open('Moved', 'DidNotHappen', 'not_sent')
  // Locking and unlocking move no leaf; some terminals say in their log that they did it, others nothing.
  if (!opens.has(facts.kind)) return open('Moved', 'NotKnown', 'nothing_moves')
  if (sensor === 'none') return open('Moved', 'NotKnown', 'no_sensor')
  if (!online) return open('Moved', 'NotKnown', 'device_offline')
  if (sensor === 'unknown') return open('Moved', 'NotKnown', 'no_report')
  if (state === 'failed') return open('Moved', 'DidNotHappen', 'refused')
  if (state === 'unconfirmed') return open('Moved', 'NotKnown', 'no_report')
  const isLate = state === 'done' && now - (completedAt ?? now) > movementMs
  return isLate ? open('Moved', 'DidNotHappen', 'no_report') : open('Moved', 'Waiting', null)
}

const opens: ReadonlySet<string> = new Set(['door.open', 'door.hold-open'])

function known(tick: Tick['Tick'], at: number, queuedAt: number, by: Tick['By']): Tick {
  return {
    Tick: tick,
    State: 'Known',
    At: new Date(at).toISOString(),
    AfterMs: Math.max(0, at - queuedAt),
    Why: null,
    By: by,
  }
}

function open(tick: Tick['Tick'], state: Tick['State'], why: Tick['Why']): Tick {
  return { Tick: tick, State: state, At: null, AfterMs: null, Why: why, By: null }
}
