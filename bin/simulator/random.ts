export type Random = {
  /** Uniform in [0, 1). */
  next: () => number
  /** True with this probability. */
  chance: (probability: number) => boolean
  /** Whole number in [low, high]. */
  between: (low: number, high: number) => number
  /** Roughly normal, by the sum of uniforms: bounded, so nobody arrives a day late. */
  normal: (mean: number, spread: number) => number
  /** Exponential with this mean: the long tail of lateness and of waiting. */
  tail: (mean: number) => number
  pick: <T>(from: readonly [T, ...T[]]) => T
}

/** A generator that depends on its key only, so the same day can be told again after a restart. */
export function randomFor(...key: readonly (string | number)[]): Random {
  let state = hash(key.join('|'))
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    chance: probability => next() < probability,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: (mean, spread) => mean + (next() + next() + next() + next() - 2) * Math.sqrt(3) * spread,
    tail: mean => -Math.log(1 - next()) * mean,
    pick: from => from[Math.floor(next() * from.length)] ?? from[0],
  }
}

/** FNV-1a with a final avalanche: neighbouring dates and codes must not give neighbouring days. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
