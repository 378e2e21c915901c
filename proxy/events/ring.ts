/** The newest entries under rising numbers, bounded: what a returning listener can still be given. */
export interface Ring<T> {
  /** Adds an entry and answers its number; the first is 1. */
  push(entry: T): number
  /** Number of the newest entry, 0 before there is one. */
  newest(): number
  /** Entries after `number`, or null when some of them are already gone. */
  after(number: number): { readonly number: number; readonly entry: T }[] | null
}

/** A ring buffer of `size` entries. */
export function createRing<T>(size: number): Ring<T> {
  const slots: (T | undefined)[] = Array.from({ length: size })
  let newest = 0
  return {
    push(entry) {
      newest += 1
      slots[newest % size] = entry
      return newest
    },
    newest: () => newest,
    after(number) {
      if (number > newest || number < newest - size) return null
      const entries = []
      for (let at = number + 1; at <= newest; at++) {
        const entry = slots[at % size]
        if (entry !== undefined) entries.push({ number: at, entry })
      }
      return entries
    },
  }
}
