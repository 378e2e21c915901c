let offsetMs = 0

/**
 * Notes the server's `Date` header. Ages ("seen 4 s ago") are counted on the server's clock, because a laptop that
 * is three minutes wrong would otherwise call every terminal silent.
 */
export function noteServerDate(header: string | null): void {
  if (!header) return
  const offset = Date.parse(header) - Date.now()
  // The header has whole seconds and the reply took time to travel; small differences are noise.
  if (Number.isFinite(offset)) offsetMs = Math.abs(offset) > 3000 ? offset : 0
}

/** Now, in milliseconds, as the server would say it. */
export function serverNow(): number {
  return Date.now() + offsetMs
}

/** A moment of this computer's clock, as the server would say it. */
export function toServerTime(localMs: number): number {
  return localMs + offsetMs
}
