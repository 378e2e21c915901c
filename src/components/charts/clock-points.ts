/** One reading as the chart draws it; without a difference where nothing was measured for long. */
export interface ClockPoint {
  /** Epoch milliseconds. */
  readonly at: number
  /** Seconds ahead; null breaks the line. */
  readonly skew: number | null
}

interface Measured {
  readonly at: number
  readonly skew: number
}

/** A line over more than this would claim to know what nobody measured. */
const gapMs = 36 * 3_600_000
const tickSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400]
const ticksMax = 6
const dayMs = 86_400_000

/**
 * Readings to draw, no more than about `max`: of each slice of time the first, the lowest, the highest and the last, so
 * that no jump is lost.
 */
export function clockPoints(
  readings: readonly { readonly At: string; readonly ClockSkewSeconds: number }[],
  max: number,
): ClockPoint[] {
  const measured = readings.map(({ At, ClockSkewSeconds }) => ({
    at: Date.parse(At),
    skew: ClockSkewSeconds,
  }))
  return withGaps(measured.length <= max ? measured : thin(measured, max))
}

/** Whole, round seconds that hold every difference, with room around a clock that is exact. */
export function skewTicks(points: readonly ClockPoint[]): number[] {
  const skews = points.flatMap(({ skew }) => (skew === null ? [] : [skew]))
  const low = Math.min(-3, ...skews)
  const high = Math.max(3, ...skews)
  const step = tickSteps.find(each => (high - low) / each <= ticksMax - 1) ?? roughStep(high - low)
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
}

/** Every how many days a tick fits. */
export function dayStep(from: number, to: number, width: number): number {
  const days = (to - from) / dayMs
  return [1, 2, 3, 7, 14].find(step => (days / step) * tickWidth <= width) ?? 30
}

const tickWidth = 58

function thin(measured: readonly Measured[], max: number): Measured[] {
  const first = measured[0]
  const last = measured.at(-1)
  if (first === undefined || last === undefined) return []
  const sliceMs = Math.max(1, (last.at - first.at) / Math.max(1, Math.floor(max / 4)))
  const slices = new Map<number, Measured[]>()
  for (const reading of measured) {
    const index = Math.floor((reading.at - first.at) / sliceMs)
    const slice = slices.get(index)
    if (slice) slice.push(reading)
    else slices.set(index, [reading])
  }
  return [...slices.values()].flatMap(slice => {
    const bySkew = [...slice].sort((a, b) => a.skew - b.skew)
    const kept = new Set([slice[0], bySkew[0], bySkew.at(-1), slice.at(-1)])
    return slice.filter(reading => kept.has(reading))
  })
}

function withGaps(measured: readonly Measured[]): ClockPoint[] {
  return measured.flatMap((reading, index) => {
    const before = measured[index - 1]
    if (before === undefined || reading.at - before.at <= gapMs) return [reading]
    return [{ at: (before.at + reading.at) / 2, skew: null }, reading]
  })
}

/** For a clock that is days off. */
function roughStep(span: number): number {
  const daySeconds = dayMs / 1000
  return Math.ceil(span / (ticksMax - 1) / daySeconds) * daySeconds
}
