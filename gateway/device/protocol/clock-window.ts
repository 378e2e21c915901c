import { UnsafeFieldError } from './unsafe-field.ts'

export type Weekday = 'Sunday' | 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday'

/** `08:30` as 830; null for what is no time of day. */
export function readClock(text: string): number | null {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  return parts === null ? null : Number(`${parts[1]}${parts[2]}`)
}

/** 830 as `08:30`; null for what is no time of day. */
export function formatClock(hhmm: number): string | null {
  const digits = String(hhmm).padStart(4, '0')
  const text = `${digits.slice(0, 2)}:${digits.slice(2)}`
  return readClock(text) === null ? null : text
}

/**
 * The ends of a window of one day as hhmm numbers. Throws `UnsafeFieldError` for no times, for an end before the start
 * (a window over midnight is two) and for 00:00 to 00:00, which terminals take for "no window".
 */
export function checkedWindow(start: string, end: string): { readonly from: number; readonly to: number } {
  const from = readClock(start)
  const to = readClock(end)
  if (from === null || to === null) throw new UnsafeFieldError('window', 'it is not HH:MM to HH:MM')
  if (to < from) throw new UnsafeFieldError('window', 'it ends before it starts')
  if (to === 0) throw new UnsafeFieldError('window', 'it is empty')
  return { from, to }
}
