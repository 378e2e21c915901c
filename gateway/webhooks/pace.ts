/** Keeps each receiver to its attempts a second. In memory: a restart may send one second's worth anew. */
export interface Pace {
  /** Takes the next place; answers how many milliseconds from now it is. */
  take(subscriptionId: string, perSecond: number | null, now: number): number
  /** Gives the place back that was taken last and not used. */
  giveBack(subscriptionId: string, perSecond: number | null): void
  /** Forgets receivers that are gone. */
  keepOnly(ids: ReadonlySet<string>): void
}

export function createPace(): Pace {
  const next = new Map<string, number>()
  return {
    take(id, perSecond, now) {
      if (perSecond === null) return 0
      const at = Math.max(now, next.get(id) ?? 0)
      next.set(id, at + 1000 / perSecond)
      return Math.ceil(at - now)
    },
    giveBack(id, perSecond) {
      const known = next.get(id)
      if (perSecond !== null && known !== undefined) next.set(id, known - 1000 / perSecond)
    },
    keepOnly(ids) {
      for (const id of next.keys()) if (!ids.has(id)) next.delete(id)
    },
  }
}
