import type { ClaimWish } from './claim.ts'

export interface SlotLimits {
  /** Lanes being sent at once, over all receivers. */
  readonly inFlightMax: number
  readonly perSubscriptionMax: number
  /** A receiver gets this many even when slow ones hold all the others. */
  readonly guaranteed: number
}

/**
 * How many more lanes each due receiver may take; the longest waiting is served first. `busy`: lanes it has now.
 * The total may pass `inFlightMax` by `guaranteed` per receiver, so that no number of stalling ones starves the rest.
 */
export function shareSlots(
  due: readonly { readonly id: string; readonly due_at: number; readonly probe: boolean }[],
  busy: (id: string) => number,
  total: number,
  limits: SlotLimits,
): ClaimWish[] {
  let free = Math.max(0, limits.inFlightMax - total)
  const wishes: ClaimWish[] = []
  for (const { id, probe } of [...due].sort((a, b) => a.due_at - b.due_at)) {
    const mine = busy(id)
    if (probe) {
      // One at a time, whatever else is going on: it decides whether the rest may go.
      if (mine === 0) wishes.push({ subscriptionId: id, lanesMax: 1, probe })
      continue
    }
    const lanesMax = Math.max(Math.min(limits.perSubscriptionMax - mine, free), limits.guaranteed - mine)
    if (lanesMax <= 0) continue
    wishes.push({ subscriptionId: id, lanesMax, probe })
    free = Math.max(0, free - lanesMax)
  }
  return wishes
}
