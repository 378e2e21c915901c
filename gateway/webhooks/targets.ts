import type { AckMode } from './acknowledgement.ts'
import type { DueSubscription } from './claim.ts'
import type { Reach } from './guard-address.ts'
import { openSecret } from './secrets.ts'

/** A subscription opened for use. */
export interface Target {
  readonly url: string
  readonly ack: AckMode
  readonly reach: Reach
  readonly secret: string
  readonly callbackToken: string | null
  /** Failures in a row as last read. */
  readonly failures: number
}

export interface Targets {
  /** Takes in the active subscriptions as they are now, and answers those that can be served. */
  refresh(rows: readonly DueSubscription[]): DueSubscription[]
  /** Undefined: paused, removed, or its secret cannot be opened. */
  get(subscriptionId: string): Target | undefined
  /** Takes one out at once, before the store says so. */
  drop(subscriptionId: string): void
}

interface Kept {
  /** What the opened values were made from. */
  readonly sealed: string
  readonly opened: Pick<Target, 'secret' | 'callbackToken'> | null
}

/**
 * Keeps secrets opened while they stay the same. `onUnreadable` is told once of a subscription whose secret was
 * sealed with another key; nothing can be sent there until it is registered again.
 */
export function createTargets(sealKey: Uint8Array, onUnreadable: (subscriptionId: string) => void): Targets {
  let targets = new Map<string, Target>()
  let kept = new Map<string, Kept>()

  const open = (row: DueSubscription): Kept => {
    const sealed = `${row.secret}\n${row.callback_token ?? ''}`
    const known = kept.get(row.id)
    if (known?.sealed === sealed) return known
    const secret = openSecret(sealKey, row.secret)
    const callbackToken = row.callback_token === null ? null : openSecret(sealKey, row.callback_token)
    const readable = secret !== null && (callbackToken !== null || row.callback_token === null)
    if (!readable) onUnreadable(row.id)
    return { sealed, opened: readable ? { secret, callbackToken } : null }
  }
  return {
    refresh(rows) {
      const nextKept = new Map<string, Kept>()
      const next = new Map<string, Target>()
      for (const row of rows) {
        const entry = open(row)
        nextKept.set(row.id, entry)
        if (entry.opened) next.set(row.id, { ...about(row), ...entry.opened })
      }
      kept = nextKept
      targets = next
      return rows.filter(row => next.has(row.id))
    },
    get: subscriptionId => targets.get(subscriptionId),
    drop: subscriptionId => void targets.delete(subscriptionId),
  }
}

function about(row: DueSubscription): Omit<Target, 'secret' | 'callbackToken'> {
  return {
    url: row.url,
    ack: row.ack === 'any2xx' ? 'any2xx' : 'done',
    reach: row.local_allowed === 1 ? 'local' : 'public',
    failures: row.failures,
  }
}
