/** Upper bounds of how long attempts took, in milliseconds; the last column has no bound. */
export const boundsMs = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000] as const

export const slotMs = 5 * 60_000

/** Attempts of one receiver: how many, how many failed, and how many took how long (`boundsMs` and one more). */
export interface Figures {
  attempts: number
  failures: number
  readonly histogram: number[]
}

export function emptyFigures(): Figures {
  return { attempts: 0, failures: 0, histogram: Array<number>(boundsMs.length + 1).fill(0) }
}

/** Counts one attempt in. */
export function count(figures: Figures, durationMs: number, failed: boolean): void {
  figures.attempts += 1
  if (failed) figures.failures += 1
  const place = boundsMs.findIndex(bound => durationMs <= bound)
  const index = place < 0 ? boundsMs.length : place
  figures.histogram[index] = (figures.histogram[index] ?? 0) + 1
}

/** Adds another's counts. */
export function add(to: Figures, other: Figures): void {
  to.attempts += other.attempts
  to.failures += other.failures
  for (const [index, amount] of other.histogram.entries())
    to.histogram[index] = (to.histogram[index] ?? 0) + amount
}

/** The bound under which this share of attempts stayed, or null without attempts; Infinity above the last bound. */
export function quantileMs({ histogram }: Figures, share: number): number | null {
  const total = histogram.reduce((sum, amount) => sum + amount, 0)
  if (total === 0) return null
  let seen = 0
  for (const [index, amount] of histogram.entries()) {
    seen += amount
    if (seen >= total * share) return boundsMs[index] ?? Number.POSITIVE_INFINITY
  }
  return Number.POSITIVE_INFINITY
}
