export const minuteMs = 60_000

/** Whole minutes of a duration, rounded down: nobody is paid or blamed for a minute that was not full. */
export function wholeMinutes(ms: number): number {
  return Math.floor(ms / minuteMs)
}

/** Length of what two spans have in common, in milliseconds. */
export function overlapMs(
  a: { readonly fromMs: number; readonly toMs: number },
  b: { readonly fromMs: number; readonly toMs: number },
): number {
  return Math.max(0, Math.min(a.toMs, b.toMs) - Math.max(a.fromMs, b.fromMs))
}
