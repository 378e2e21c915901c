import { Acknowledgement } from '#contract/entities/subscription.ts'
import type { SubscriptionRow } from '../store/webhooks.ts'
import type { BodyKey } from '../web-api/body-encryption.ts'
import type { Expected } from './acknowledgement.ts'
import type { Breaker } from './breaker.ts'
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
  /** The secret before it, while both are signed with. */
  readonly secretBefore: { readonly secret: string; readonly until: number } | null
  /** Ed25519 private key, PKCS #8, base64. */
  readonly signingKey: string | null
  readonly perSecond: number | null
  /** As last read. */
  readonly breaker: Breaker
  readonly format: string
}

export interface Targets {
  /** Takes in the active subscriptions as they are now, and answers those that can be served. */
  refresh(rows: readonly DueSubscription[]): DueSubscription[]
  /** Undefined: paused, removed, or its secret cannot be opened. */
  get(subscriptionId: string): Target | undefined
  /** Takes one out at once, before the store says so. */
  drop(subscriptionId: string): void
}

type Opened = Pick<Target, 'secret' | 'secretBefore' | 'signingKey' | 'callbackToken' | 'bodyKey'>

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
    const {
      secret,
      callback_token,
      body_key,
      body_padding,
      secret_before,
      secret_before_until,
      signing_key,
    } = row
    const sealed = JSON.stringify([
      [secret, callback_token, body_key, body_padding],
      [secret_before, secret_before_until, signing_key],
    ])
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
function openRow(sealKey: Uint8Array, row: SubscriptionRow): Opened | null {
  const open = (sealed: string | null) => (sealed === null ? null : openSecret(sealKey, sealed))
  const secret = open(row.secret)
  const callbackToken = open(row.callback_token)
  const key = open(row.body_key)
  const before = open(row.secret_before)
  const signingKey = open(row.signing_key)
  const isLost = (opened: string | null, sealed: string | null) => opened === null && sealed !== null
  if (secret === null || isLost(callbackToken, row.callback_token) || isLost(key, row.body_key)) return null
  if (isLost(signingKey, row.signing_key)) return null
  return {
    secret,
    callbackToken,
    signingKey,
    secretBefore: before === null ? null : { secret: before, until: row.secret_before_until ?? 0 },
    bodyKey: key === null ? null : { key, padding: row.body_padding === 'zero' ? 'zero' : 'pkcs7' },
  }
}

/** A subscription as something that can be sent to, or null when a secret of it was sealed with another key. */
export function openTarget(sealKey: Uint8Array, row: SubscriptionRow): Target | null {
  const opened = openRow(sealKey, row)
  return opened && { ...about(row), ...opened }
}

function about(row: SubscriptionRow): Omit<Target, keyof Opened> {
  const form = formOf(row.format)
  return {
    form,
    url: row.url,
    ack: { mode: Acknowledgement.parse(row.ack), by: form.acknowledgedBy },
    reach: row.local_allowed === 1 ? 'local' : 'public',
    perSecond: row.rate_per_second,
    breaker: { failures: row.failures, trips: row.breaker_trips, until: row.breaker_until },
    format: row.format,
  }
}
