/** The value below which `share` (0 to 1) of the samples lie; NaN for none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** p50, p95, p99 and maximum, one decimal. */
export function spread(samples: readonly number[]): Record<string, number> {
  const round = (value: number) => Math.round(value * 10) / 10
  return {
    p50: round(percentile(samples, 0.5)),
    p95: round(percentile(samples, 0.95)),
    p99: round(percentile(samples, 0.99)),
    max: round(Math.max(...samples)),
  }
}
