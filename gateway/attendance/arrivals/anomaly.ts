const sliceMinutes = 5
/** Fewer weeks say nothing of what is usual. */
const weeksMin = 3
const shareMin = 0.2
const peopleMin = 5

export interface Anomaly {
  readonly Minute: number
  readonly Arrived: number
  readonly Usual: number
}

/**
 * Whether the arrivals so far are unusual: outside of every one of the earlier days, and by a fifth and by five people
 * away from their middle. Each list counts first punches by five minutes of the day; `nowMinute` is of the same clock.
 * The slice that still runs is left out. Days without anybody, such as holidays, must not be among the earlier ones.
 */
export function findAnomaly(
  today: readonly number[],
  earlier: readonly (readonly number[])[],
  nowMinute: number,
): Anomaly | null {
  if (earlier.length < weeksMin) return null
  const until = Math.floor(nowMinute / sliceMinutes)
  const by = (slices: readonly number[]) => slices.slice(0, until).reduce((sum, count) => sum + count, 0)
  const arrived = by(today)
  const before = earlier.map(by).sort((a, b) => a - b)
  const usual = median(before)
  const [low = 0, high = 0] = [before[0], before.at(-1)]
  const away = Math.abs(arrived - usual)
  const isOutside = arrived < low || arrived > high
  if (!isOutside || away < peopleMin || away < usual * shareMin) return null
  return { Minute: until * sliceMinutes, Arrived: arrived, Usual: usual }
}

/** The middle of sorted numbers, rounded down between two. */
function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return Math.floor((low + high) / 2)
}
