import { OperationError } from '#contract/errors.ts'
import type { Clock } from '#platform/clock.ts'

export interface SignInLimit {
  /** Throws RATE_LIMITED with the seconds to wait if this name or address has failed too often. */
  refuseIfTooMany(name: string, address: string): void
  /** Counts a failure; true if it was the one that closed the door, which is worth an audit line. */
  countFailure(name: string, address: string): boolean
  /** Takes back one counted failure and wipes the slate of this name from this address, not of the address. */
  countSuccess(name: string, address: string): void
}

interface Limit {
  readonly keyOf: (name: string, address: string) => string
  readonly failuresMax: number
}

const windowMs = 5 * 60 * 1000
const keysMax = 20_000

/** Guessing one name from one place, many names from one place, and one name from many places. */
const limits: readonly Limit[] = [
  { keyOf: (name, address) => `both:${name.toLowerCase()}\n${address}`, failuresMax: 10 },
  { keyOf: (_name, address) => `address:${address}`, failuresMax: 60 },
  { keyOf: name => `name:${name.toLowerCase()}`, failuresMax: 100 },
]

/** Counts failed sign-ins in a sliding five minutes; kept in memory, because a restart is no way around Argon2. */
export function createSignInLimit(clock: Clock): SignInLimit {
  const failures = new Map<string, number[]>()
  const recent = (key: string) => (failures.get(key) ?? []).filter(at => at > clock.now() - windowMs)
  const blockedUntil = (name: string, address: string): number => {
    const ends = limits.map(({ keyOf, failuresMax }) => {
      const times = recent(keyOf(name, address))
      return times.length < failuresMax ? 0 : (times.at(-failuresMax) ?? 0) + windowMs
    })
    return Math.max(...ends)
  }
  return {
    refuseIfTooMany(name, address) {
      const waitMs = blockedUntil(name, address) - clock.now()
      if (waitMs > 0)
        throw new OperationError('RATE_LIMITED', { retryAfterSeconds: Math.ceil(waitMs / 1000) })
    },
    countFailure(name, address) {
      for (const { keyOf } of limits) {
        const key = keyOf(name, address)
        const times = [...recent(key), clock.now()]
        failures.delete(key)
        failures.set(key, times)
        const oldest = failures.keys().next().value
        if (failures.size > keysMax && oldest !== undefined) failures.delete(oldest)
      }
      return blockedUntil(name, address) > clock.now()
    },
    countSuccess(name, address) {
      for (const [at, { keyOf }] of limits.entries()) {
        const key = keyOf(name, address)
        const left = at === 0 ? [] : recent(key).slice(0, -1)
        if (left.length === 0) failures.delete(key)
        else failures.set(key, left)
      }
    },
  }
}
