/** Offsets to UTC in minutes, east positive. */

/** The offset of a zone at a moment; null if this browser does not know the zone. */
export function zoneOffset(timeZone: string, at: number): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
    return readOffset(parts.find(part => part.type === 'timeZoneName')?.value ?? '')
  } catch {
    return null
  }
}

/** Reads `GMT +0530`, as terminals are told it, and `GMT+05:30`; plain `GMT` is zero. Null for anything else. */
export function readOffset(text: string): number | null {
  const match = /^(?:GMT|UTC)(?:\s*([+\-−])(\d{2}):?(\d{2}))?$/.exec(text.trim())
  if (!match) return null
  const [, sign, hours = '0', minutes = '0'] = match
  const size = Number(hours) * 60 + Number(minutes)
  return sign === undefined || sign === '+' ? size : size === 0 ? 0 : -size
}

/** "UTC+05:30", the way people write it. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** The moment a calendar day begins in a zone; in an unknown zone, in UTC. */
export function dayStart(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`)
  const guess = utc - (zoneOffset(timeZone, utc) ?? 0) * 60_000
  // Around a change of daylight saving the offset at the guess is the one that counts.
  return utc - (zoneOffset(timeZone, guess) ?? 0) * 60_000
}
