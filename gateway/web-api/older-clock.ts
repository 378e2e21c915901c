/** How the older forms write time: wall clocks with `GMT +HHMM` in 3.0, seconds in 2.0 and 1.0. */

const zonedPattern =
  /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?(?:\.\d+)?\s*(?:(?:GMT|UTC)?\s*([+-])(\d\d):?(\d\d)|[A-Za-z/_]+)?$/

/** A moment as `YYYY-MM-DD HH:MM:SS GMT +0000`, the way `Time` says when the gateway wrote. */
export function writeUtc(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} GMT +0000`
}

/**
 * A wall clock as the seconds of 2.0 and 1.0, "adjusted to the device's time zone": read as UTC they show the clock of
 * the terminal. Real receivers do just that (cams-gateway 3.2, row 11), so the plain Unix time would shift every punch.
 */
export function wallClockSeconds(local: string): number {
  return Math.floor(Date.parse(`${local.slice(0, 19).replace(' ', 'T')}Z`) / 1000)
}

/** The wall clock behind such seconds. */
export function wallClockOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

export interface StatedTime {
  /** `YYYY-MM-DD` with or without ` HH:MM[:SS]`, as written. */
  readonly local: string
  /** Epoch milliseconds; null when no offset was stated, so that only the terminal's zone can tell. */
  readonly instant: number | null
}

/**
 * Reads a time as clients of 3.0 send it: with ` GMT +0530`, with an abbreviation such as IST, or with nothing
 * (cams-gateway 3.1). An abbreviation means several zones, so it counts as nothing. Null: no time at all.
 */
export function readStatedTime(text: string): StatedTime | null {
  const match = zonedPattern.exec(text.trim())
  if (!match) return null
  const [, day = '', time, sign, hours, minutes] = match
  const local = time === undefined ? day : `${day} ${time}`
  if (sign === undefined) return { local, instant: null }
  const asUtc = Date.parse(`${day}T${time ?? '00:00'}Z`)
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000
  return Number.isNaN(asUtc)
    ? { local, instant: null }
    : { local, instant: sign === '-' ? asUtc + offsetMs : asUtc - offsetMs }
}
