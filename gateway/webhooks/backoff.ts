import type { EventId } from '#contract/events.ts'

/** How one attempt ended. */
export type Outcome =
  | 'delivered'
  /** 2xx without the word this subscription waits for. */
  | 'not-acknowledged'
  | 'redirected'
  | 'rejected'
  /** 410: the receiver wants no more of it. */
  | 'gone'
  | 'throttled'
  | 'broken'
  | 'timeout'
  | 'unreachable'
  /** The address is one this subscription may not reach. */
  | 'refused-address'
  /** The form of the subscription has no words for this event; nothing was sent. */
  | 'unspeakable'

export interface FailedAttempt {
  readonly event: EventId
  readonly outcome: Exclude<Outcome, 'delivered'>
  /** Which attempt of this event just failed, from 1. */
  readonly attempt: number
  /** Failures in a row on this lane, this one included; carries on over parked events. */
  readonly failuresInARow: number
  /** How long ago the event was put into the outbox. */
  readonly ageMs: number
  /** What the receiver asked for, or null. */
  readonly retryAfterMs: number | null
}

export type Verdict =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'park'; readonly pause: boolean }

export const firstDelayMs = 5_000
export const longestDelayMs = 4 * 3_600_000
/** 5 s, 15 s, 45 s … 1 h, 3 h, then every 4 h: the last one falls about three days after the first. */
export const attemptsMax = 26
export const windowMs = 3 * 86_400_000
/** Tries of an event the receiver evidently does not want (cams-gateway 2.4 rule 7). */
export const unwantedAttemptsMax = 3
/** From here on a lane counts as dead: events older than the window no longer get a schedule of their own. */
const deadLaneFailures = 10

/**
 * When to try again, or that it is given up. Delays triple up to a cap, with a fifth of jitter either way so that
 * lanes do not return together; a receiver's Retry-After counts between that delay and twice it, so nobody can hold
 * a lane for ever. `random` is in [0, 1).
 */
export function judgeFailure(failed: FailedAttempt, random: () => number): Verdict {
  if (failed.outcome === 'gone') return { kind: 'park', pause: true }
  if (failed.outcome === 'unspeakable') return { kind: 'park', pause: false }
  if (isUnwanted(failed) && failed.attempt >= unwantedAttemptsMax) return { kind: 'park', pause: false }
  // A receiver that is away is probed often, so its tries do not count against an event: three days do.
  const tired = failed.attempt >= attemptsMax
  const late = failed.ageMs >= windowMs && (tired || failed.failuresInARow >= deadLaneFailures)
  if (late || (tired && !isOutage(failed.outcome))) return { kind: 'park', pause: false }
  const planned = plannedDelayMs(Math.max(failed.attempt, failed.failuresInARow))
  const jittered = Math.round(planned * (0.8 + 0.4 * random()))
  return { kind: 'retry', delayMs: clampRetryAfter(failed.retryAfterMs, jittered) }
}

/** The delay after the n-th failure, before jitter. */
export function plannedDelayMs(failures: number): number {
  return Math.min(firstDelayMs * 3 ** (Math.max(1, failures) - 1), longestDelayMs)
}

/** Reads a Retry-After header: seconds or a date. Null when absent or unreadable. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs)
}

/** From this try on, what is behind an event may prove that it is the event and not the receiver (ADR 40). */
const passAfterAttempts = 4

/** May the event behind this one be tried, to see whether the receiver takes that? */
export function mayPass({ outcome, attempt }: Pick<FailedAttempt, 'outcome' | 'attempt'>): boolean {
  return attempt >= passAfterAttempts && (answeredBadly.has(outcome) || outcome === 'timeout')
}

const answeredBadly: ReadonlySet<Outcome> = new Set(['not-acknowledged', 'rejected', 'broken'])

/** True when the failure says that the receiver is away, rather than that it dislikes this message. */
export function isOutage(outcome: Outcome): boolean {
  return outcome === 'unreachable' || outcome === 'timeout' || outcome === 'broken'
}

/** A punch is never unwanted: refusing it may be a fault in a mapping, and somebody's pay hangs on it. */
function isUnwanted({ event, outcome }: FailedAttempt): boolean {
  return event !== 'OnAttendance' && outcome === 'rejected'
}

function clampRetryAfter(asked: number | null, planned: number): number {
  return asked === null ? planned : Math.min(Math.max(asked, planned), planned * 2)
}
