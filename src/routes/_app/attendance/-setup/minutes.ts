import { setupWords as w } from '../../../../words/attendance-setup.ts'

export const dayMinutes = 1440

/** Minutes of the wall clock as a field of time wants them, `HH:MM`; the day is told apart. */
export function clockText(minute: number): string {
  const ofDay = ((minute % dayMinutes) + dayMinutes) % dayMinutes
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`
}

/** Minutes of `HH:MM`, or null for text that is no time. */
export function clockMinute(text: string): number | null {
  const match = /^(\d{2}):(\d{2})/.exec(text)
  return match ? Number(match[1]) * 60 + Number(match[2]) : null
}

/** A length in hours and minutes. */
export function lengthText(minutes: number): string {
  return w.hours(Math.floor(minutes / 60), minutes % 60)
}

/** A whole number of minutes, null for an empty field, undefined for anything else. */
export function readMinutes(text: string): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  return /^\d{1,5}$/.test(trimmed) ? Number(trimmed) : undefined
}
