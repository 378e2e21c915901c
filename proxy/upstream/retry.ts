const statusesWorthAnotherTry = new Set([429, 502, 503, 504])
const firstMs = 150
const longestMs = 2000

interface Attempt {
  /** 1 after the first try. */
  readonly attempt: number
  /** Absent after a network fault. */
  readonly status?: number
  readonly retryAfter?: string | undefined
  /** What is left until the caller must have an answer. */
  readonly remainingMs: number
  /** 0 to 1. */
  readonly random: number
}

/** Milliseconds until a read may be tried again, or null: this answer, or this fault, is the last word. Pure. */
export function retryDelayMs({ attempt, status, retryAfter, remainingMs, random }: Attempt): number | null {
  if (status !== undefined && !statusesWorthAnotherTry.has(status)) return null
  const asked = Number(retryAfter)
  // Half fixed, half random: many browsers that failed together do not come back together.
  const ceilingMs = Math.min(firstMs * 2 ** attempt, longestMs)
  const backoffMs = ceilingMs / 2 + (ceilingMs / 2) * random
  const waitMs = retryAfter !== undefined && asked >= 0 ? Math.max(asked * 1000, backoffMs) : backoffMs
  return waitMs < remainingMs ? waitMs : null
}
