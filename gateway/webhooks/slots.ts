import type { SlotLimits } from './share-slots.ts'

interface Lane {
  readonly subscriptionId: string
  readonly long: boolean
}

export interface Slots<L extends Lane> {
  /** Begins the lane at once where its receiver has a slot for it, else as soon as one frees. */
  add(lane: L): void
  /** Its run is over: the slot goes to the next. */
  ended(lane: L): void
  /** Begins all that wait, whatever the limits say: they are only to be given back. */
  flush(): void
}

interface Receiver<L> {
  live: number
  long: number
  readonly waiting: { readonly live: L[]; readonly long: L[] }
}

/**
 * Lanes claimed ahead wait here, so that a slot that frees is filled from memory and not after a commit. Live lanes go
 * first and have `liveReserved` slots that lanes with a backlog never take.
 */
export function createSlots<L extends Lane>(
  limits: Pick<SlotLimits, 'perSubscriptionMax' | 'liveReserved'>,
  begin: (lane: L) => void,
): Slots<L> {
  const receivers = new Map<string, Receiver<L>>()

  const start = (receiver: Receiver<L>, lane: L) => {
    if (lane.long) receiver.long += 1
    else receiver.live += 1
    begin(lane)
  }
  const fill = (receiver: Receiver<L>) => {
    const { waiting } = receiver
    for (;;) {
      const sending = receiver.live + receiver.long
      const lane =
        sending < limits.perSubscriptionMax + limits.liveReserved
          ? (waiting.live.shift() ??
            (receiver.long < limits.perSubscriptionMax ? waiting.long.shift() : undefined))
          : undefined
      if (!lane) return
      start(receiver, lane)
    }
  }
  return {
    add(lane) {
      const receiver = receivers.get(lane.subscriptionId) ?? {
        live: 0,
        long: 0,
        waiting: { live: [], long: [] },
      }
      receivers.set(lane.subscriptionId, receiver)
      receiver.waiting[lane.long ? 'long' : 'live'].push(lane)
      fill(receiver)
    },
    ended(lane) {
      const receiver = receivers.get(lane.subscriptionId)
      if (!receiver) return
      if (lane.long) receiver.long -= 1
      else receiver.live -= 1
      fill(receiver)
      const { live, long, waiting } = receiver
      if (live + long + waiting.live.length + waiting.long.length === 0) receivers.delete(lane.subscriptionId)
    },
    flush() {
      for (const receiver of receivers.values())
        for (const kind of ['live', 'long'] as const)
          for (const lane of receiver.waiting[kind].splice(0)) start(receiver, lane)
    },
  }
}
