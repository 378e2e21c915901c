import { checkedWindow, formatClock, type Weekday } from '../clock-window.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { readCounter, readWholeNumber } from '../whole-number.ts'

/** The three holiday types have windows of their own, in force on the dates of the holiday table. */
export type ScheduleDay = Weekday | 'Holiday1' | 'Holiday2' | 'Holiday3'

/** Terminal's wall clock, `HH:MM`; the end belongs to the window, and 23:59 is the end of the day. */
export type TimeWindow = { readonly day: ScheduleDay; readonly start: string; readonly end: string }

export type Schedule = {
  readonly id: number
  /** By day from Sunday, holidays last, then by slot. */
  readonly windows: readonly TimeWindow[]
  /** Field names whose value is no window; they are not in `windows`. */
  readonly problems: readonly string[]
}

/**
 * A window as the number `timezone` rows hold: `(start hhmm << 16) + end hhmm`, where hhmm is read as decimal digits.
 * Throws `UnsafeFieldError` for no times, for an end before the start (a window over midnight is two) and for
 * 00:00 to 00:00, which would be stored as "no window". iclock-push 12.2 [SEC29]; vector C2.
 */
export function encodeInterval(start: string, end: string): number {
  const { from, to } = checkedWindow(start, end)
  return from * 65_536 + to
}

/** The window of such a number; null for 0, which is none, and for numbers that are no times. Vector C2. */
export function decodeInterval(encoded: number): { readonly start: string; readonly end: string } | null {
  const start = formatClock(Math.floor(encoded / 65_536))
  const end = formatClock(encoded % 65_536)
  return encoded === 0 || start === null || end === null || end < start ? null : { start, end }
}

/**
 * The fields of a `timezone` row: its id and always all thirty slots, three a day and unused ones 0, so that nothing of
 * an older schedule stays in force. Throws `UnsafeFieldError` for more than three windows on a day.
 * iclock-push 12.2 [SEC29].
 */
export function encodeSchedule(
  id: number,
  windows: readonly TimeWindow[],
): ReadonlyArray<readonly [key: string, value: string]> {
  if (!Number.isInteger(id) || id < 1 || id > ID_MAX)
    throw new UnsafeFieldError('TimezoneId', `it is not 1 to ${ID_MAX}`)
  const fields: (readonly [string, string])[] = [['TimezoneId', String(id)]]
  for (const [day, key] of DAYS) {
    const encoded = windows
      .filter(window => window.day === day)
      .map(window => encodeInterval(window.start, window.end))
      .sort((a, b) => a - b)
    if (encoded.length > SLOTS) throw new UnsafeFieldError(key, `it has more than ${SLOTS} windows`)
    for (let slot = 1; slot <= SLOTS; slot += 1) {
      fields.push([`${key}Time${slot}`, String(encoded[slot - 1] ?? 0)])
    }
  }
  return fields
}

/** Reads a `timezone` row back from its fields, by lower-case name; null without an id. iclock-push 12.2 [SEC29]. */
export function decodeSchedule(fields: ReadonlyMap<string, string>): Schedule | null {
  const id = readWholeNumber(fields.get('timezoneid'))
  if (id === null) return null
  const windows: TimeWindow[] = []
  const problems: string[] = []
  for (const [day, key] of DAYS) {
    for (let slot = 1; slot <= SLOTS; slot += 1) {
      const name = `${key}Time${slot}`
      const text = fields.get(name.toLowerCase())
      if (text === undefined || text === '' || text === '0') continue
      const encoded = readCounter(text)
      const interval = encoded === null ? null : decodeInterval(encoded)
      if (interval === null) problems.push(name)
      else windows.push({ day, ...interval })
    }
  }
  return { id, windows, problems }
}

const SLOTS = 3
const ID_MAX = 9999
const DAYS: ReadonlyArray<readonly [day: ScheduleDay, key: string]> = [
  ['Sunday', 'Sun'],
  ['Monday', 'Mon'],
  ['Tuesday', 'Tue'],
  ['Wednesday', 'Wed'],
  ['Thursday', 'Thu'],
  ['Friday', 'Fri'],
  ['Saturday', 'Sat'],
  ['Holiday1', 'Hol1'],
  ['Holiday2', 'Hol2'],
  ['Holiday3', 'Hol3'],
]
