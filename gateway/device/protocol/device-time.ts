/** What a terminal said about when something happened: its own wall clock, or an instant in UTC. */
export type DeviceTime =
  | { readonly local: string; readonly epochSeconds?: never }
  | { readonly epochSeconds: number; readonly local?: never }

/** One moment of reception, both on the terminal's wall clock (`YYYY-MM-DD HH:MM:SS`) and in UTC. */
export type ReceivedAt = { readonly local: string; readonly epochSeconds: number }

/**
 * Reads a record's time: `YYYY-MM-DD hh:mm[:ss]` (also `/` between date parts, `T` before the time) as device-local
 * wall clock, or 9 to 10 digits as epoch seconds in UTC. Returns null for anything else, so that Feb 30 and
 * `08:0` become rejects and not another time. iclock-push 5.1 [ATT58][SDK32][s0x90]; vectors T15, T17, T19.
 */
export function parseDeviceTime(text: string): DeviceTime | null {
  if (text.length === EPOCH_DIGITS_MIN || text.length === EPOCH_DIGITS_MAX) {
    const epochSeconds = readDigits(text, 0, text.length)
    return epochSeconds < 0 ? null : { epochSeconds }
  }
  const local = parseLocalTime(text)
  return local === null ? null : { local }
}

/**
 * Reads wall-clock text strictly and returns it as `YYYY-MM-DD HH:MM:SS` (seconds 00 when absent), or null.
 * The year must be 1 to 9999 and the day must exist.
 */
export function parseLocalTime(text: string): string | null {
  const length = text.length
  if (length !== LENGTH_WITH_SECONDS && length !== LENGTH_TO_MINUTES) return null
  const separator = text.charCodeAt(4)
  if ((separator !== HYPHEN && separator !== SLASH) || text.charCodeAt(7) !== separator) return null
  const between = text.charCodeAt(10)
  if (between !== SPACE && between !== CAPITAL_T) return null
  if (text.charCodeAt(13) !== COLON) return null
  const hasSeconds = length === LENGTH_WITH_SECONDS
  if (hasSeconds && text.charCodeAt(16) !== COLON) return null
  const year = readDigits(text, 0, 4)
  const month = readDigits(text, 5, 7)
  const day = readDigits(text, 8, 10)
  const hour = readDigits(text, 11, 13)
  const minute = readDigits(text, 14, 16)
  const second = hasSeconds ? readDigits(text, 17, 19) : 0
  if (!isRealTime(year, month, day, hour, minute, second)) return null
  if (hasSeconds && separator === HYPHEN && between === SPACE) return text
  return formatLocal(year, month, day, hour, minute, second)
}

/**
 * Reads `YYYYMMDDhhmmss`, the form inside attendance photo names, as `YYYY-MM-DD HH:MM:SS` or null.
 * iclock-push 5.6 [SDK32].
 */
export function parseCompactTime(text: string): string | null {
  if (text.length !== 14) return null
  const year = readDigits(text, 0, 4)
  const month = readDigits(text, 4, 6)
  const day = readDigits(text, 6, 8)
  const hour = readDigits(text, 8, 10)
  const minute = readDigits(text, 10, 12)
  const second = readDigits(text, 12, 14)
  if (!isRealTime(year, month, day, hour, minute, second)) return null
  return formatLocal(year, month, day, hour, minute, second)
}

/**
 * Encodes wall-clock text (any form `parseLocalTime` takes) into the vendor's packed seconds, where every month
 * has 31 day slots; null when the text is no time or lies outside 2000 to 2132 (uint32).
 * iclock-push 13 [SEC29]; vector C1.
 */
export function encodeEncodedTime(local: string): number | null {
  const canonical = parseLocalTime(local)
  if (canonical === null) return null
  const year = readDigits(canonical, 0, 4)
  if (year < ENCODED_YEAR_FIRST || year > ENCODED_YEAR_LAST) return null
  const days =
    (year - ENCODED_YEAR_FIRST) * 372 +
    (readDigits(canonical, 5, 7) - 1) * 31 +
    readDigits(canonical, 8, 10) -
    1
  const seconds =
    readDigits(canonical, 11, 13) * 3600 + readDigits(canonical, 14, 16) * 60 + readDigits(canonical, 17, 19)
  return days * SECONDS_PER_DAY + seconds
}

/**
 * Decodes packed seconds to `YYYY-MM-DD HH:MM:SS`; null when not a whole number in range or when the slot is a
 * day that does not exist (840844800 says 2026-02-30). iclock-push 13 [SEC29]; vector C1.
 */
export function decodeEncodedTime(encoded: number): string | null {
  if (!Number.isInteger(encoded) || encoded < 0 || encoded > UINT32_MAX) return null
  const days = Math.floor(encoded / SECONDS_PER_DAY)
  const seconds = encoded % SECONDS_PER_DAY
  const day = (days % 31) + 1
  const months = Math.floor(days / 31)
  const month = (months % 12) + 1
  const year = Math.floor(months / 12) + ENCODED_YEAR_FIRST
  const hour = Math.floor(seconds / 3600)
  const minute = Math.floor(seconds / 60) % 60
  if (!isRealTime(year, month, day, hour, minute, seconds % 60)) return null
  return formatLocal(year, month, day, hour, minute, seconds % 60)
}

/**
 * True for a clock that cannot be believed: before 2010 (battery died and the clock restarted at 1970 or 2000), or
 * more than one day after the record was received. Such records are stored and flagged, never refused.
 * iclock-push 14; vector T18.
 */
export function isImplausibleTime(time: DeviceTime, receivedAt: ReceivedAt): boolean {
  if (time.epochSeconds !== undefined) {
    return time.epochSeconds < EPOCH_2010 || time.epochSeconds > receivedAt.epochSeconds + SECONDS_PER_DAY
  }
  if (time.local < '2010-01-01') return true
  return localAsSeconds(time.local) > localAsSeconds(receivedAt.local) + SECONDS_PER_DAY
}

/** Days in a month of the proleptic Gregorian calendar; month is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

const EPOCH_DIGITS_MIN = 9
const EPOCH_DIGITS_MAX = 10
const LENGTH_TO_MINUTES = 16
const LENGTH_WITH_SECONDS = 19
const HYPHEN = 45
const SLASH = 47
const COLON = 58
const SPACE = 32
const CAPITAL_T = 84
const SECONDS_PER_DAY = 86_400
const ENCODED_YEAR_FIRST = 2000
const ENCODED_YEAR_LAST = 2132
const UINT32_MAX = 0xffffffff
const EPOCH_2010 = 1_262_304_000

/** The digits of [start, end) as a number, or -1 when one of them is no digit. */
function readDigits(text: string, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

function isRealTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
}

function formatLocal(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): string {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  return `${date} ${two(hour)}:${two(minute)}:${two(second)}`
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** Wall-clock text as if it were UTC: good for differences only. NaN, which compares false, for non-times. */
function localAsSeconds(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}Z`) / 1000
}
