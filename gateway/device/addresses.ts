import type { Clock } from '#platform/clock.ts'

export interface Addresses {
  /** Notes where a terminal called from; answers the other address when the two take turns. */
  note(sn: string, address: string): string | null
  forget(sns: readonly string[]): void
}

/** "Alternately within minutes": a terminal that moves once is one that moved. */
const withinMs = 5 * 60_000
const sayEveryMs = 60_000

interface Seen {
  address: string
  at: number
  /** The address before it, and when it was last heard. */
  before: { address: string; at: number } | null
  saidAt: number
}

/**
 * Notices a serial number that calls from two addresses by turns: somebody else uses it, or two terminals carry the
 * same one (iclock-push 16). It is told, not refused: one terminal behind two lines looks the same.
 */
export function createAddresses(clock: Pick<Clock, 'now'>): Addresses {
  const terminals = new Map<string, Seen>()
  return {
    note(sn, address) {
      const now = clock.now()
      const seen = terminals.get(sn)
      if (!seen) {
        terminals.set(sn, { address, at: now, before: null, saidAt: Number.NEGATIVE_INFINITY })
        return null
      }
      if (seen.address === address) {
        seen.at = now
        return null
      }
      const other = seen.address
      const isBack = seen.before?.address === address && now - seen.before.at < withinMs
      seen.before = { address: other, at: seen.at }
      seen.address = address
      seen.at = now
      if (!isBack || now - seen.saidAt < sayEveryMs) return null
      seen.saidAt = now
      return other
    },
    forget(sns) {
      for (const sn of sns) terminals.delete(sn)
    },
  }
}

/** `::ffff:192.0.2.1` is 192.0.2.1. */
export function plainAddress(address: string | undefined): string | null {
  return address === undefined ? null : address.replace(/^::ffff:(?=\d+\.)/, '')
}
