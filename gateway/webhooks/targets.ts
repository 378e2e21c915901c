import { Acknowledgement } from '#contract/entities/subscription.ts'
import type { BodyKey } from '../web-api/body-encryption.ts'
import type { Expected } from './acknowledgement.ts'
import type { DueSubscription } from './claim.ts'
import type { CallbackForm } from './formats/form.ts'
import { formOf } from './formats/forms.ts'
import type { Reach } from './guard-address.ts'
import { openSecret } from './secrets.ts'

/** A subscription opened for use. */
export interface Target {
  readonly url: string
  readonly form: CallbackForm
  readonly ack: Expected
  readonly reach: Reach
  readonly secret: string
  readonly callbackToken: string | null
  /** Null: bodies go out as they are. */
  readonly bodyKey: BodyKey | null
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

type Opened = Pick<Target, 'secret' | 'callbackToken' | 'bodyKey'>

interface Kept {
  /** What the opened values were made from. */
  readonly sealed: string
  readonly opened: Opened | null
}

/**
 * Keeps secrets opened while they stay the same. `onUnreadable` is told once of a subscription whose secret was
 * sealed with another key; nothing can be sent there until it is registered again.
 */
export function createTargets(sealKey: Uint8Array, onUnreadable: (subscriptionId: string) => void): Targets {
  let targets = new Map<string, Target>()
  let kept = new Map<string, Kept>()

  const open = (row: DueSubscription): Kept => {
    const sealed = [row.secret, row.callback_token, row.body_key, row.body_padding].join('\n')
    const known = kept.get(row.id)
    if (known?.sealed === sealed) return known
    const opened = openRow(sealKey, row)
    if (opened === null) onUnreadable(row.id)
    return { sealed, opened }
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

/** Null: one of them was sealed with another key. */
function openRow(sealKey: Uint8Array, row: DueSubscription): Opened | null {
  const open = (sealed: string | null) => (sealed === null ? null : openSecret(sealKey, sealed))
  const secret = open(row.secret)
  const callbackToken = open(row.callback_token)
  const key = open(row.body_key)
  if (secret === null || (callbackToken === null && row.callback_token !== null)) return null
  if (key === null) return row.body_key === null ? { secret, callbackToken, bodyKey: null } : null
  return { secret, callbackToken, bodyKey: { key, padding: row.body_padding === 'zero' ? 'zero' : 'pkcs7' } }
}

function about(row: DueSubscription): Omit<Target, keyof Opened> {
  const form = formOf(row.format)
  return {
    form,
    url: row.url,
    ack: { mode: Acknowledgement.parse(row.ack), by: form.acknowledgedBy },
    reach: row.local_allowed === 1 ? 'local' : 'public',
    failures: row.failures,
  }
}
