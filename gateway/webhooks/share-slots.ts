import type { ClaimWish } from './claim.ts'

export interface SlotLimits {
  /** Lanes held at once, over all receivers. */
  readonly inFlightMax: number
  /** Lanes being sent at once to one receiver. */
  readonly perSubscriptionMax: number
  /** Further ones, for lanes that are live, however many have a backlog. */
  readonly liveReserved: number
  /** Further lanes of a receiver that are claimed and wait for one of these slots. */
  readonly ahead: number
  /** A receiver gets this many even when slow ones hold all the others. */
  readonly guaranteed: number
}

export interface Due {
  readonly id: string
  readonly due_at: number
  readonly probe: boolean
  /** Lanes with a backlog it has now. */
  readonly longBusy: number
}

/** How many more lanes with a backlog a receiver may have. */
export function longRoom(longBusy: number, limits: Pick<SlotLimits, 'perSubscriptionMax' | 'ahead'>): number {
  return Math.max(0, limits.perSubscriptionMax + limits.ahead - longBusy)
}

/**
 * How many more lanes each due receiver may take; the longest waiting is served first. `busy`: lanes it has now.
 * The total may pass `inFlightMax` by `guaranteed` per receiver, so that no number of stalling ones starves the rest.
 */
export function shareSlots(
  due: readonly Due[],
  busy: (id: string) => number,
  total: number,
  limits: SlotLimits,
): ClaimWish[] {
  let free = Math.max(0, limits.inFlightMax - total)
  const mostOfOne = limits.perSubscriptionMax + limits.liveReserved + limits.ahead
  const wishes: ClaimWish[] = []
  for (const { id, probe, longBusy } of [...due].sort((a, b) => a.due_at - b.due_at)) {
    const mine = busy(id)
    if (probe) {
      // One at a time, whatever else is going on: it decides whether the rest may go.
      if (mine === 0) wishes.push({ subscriptionId: id, lanesMax: 1, longMax: 1, probe })
      continue
    }
    const lanesMax = Math.max(Math.min(mostOfOne - mine, free), limits.guaranteed - mine)
    if (lanesMax <= 0) continue
    wishes.push({ subscriptionId: id, lanesMax, longMax: longRoom(longBusy, limits), probe })
    free = Math.max(0, free - lanesMax)
  }
  return wishes
}
