import { localAt } from '../time/zone.ts'

/** RFC 3339 of a moment on the wall clock of a zone: `2026-03-02T08:00:00+05:30`. */
export function stampAt(instantMs: number, zone: string): string {
  const { local, offsetMinutes } = localAt(instantMs, zone)
  return stampOf(local, offsetMinutes)
}

/** The same of a wall clock, `YYYY-MM-DD HH:MM:SS`, with the offset it was read at. */
export function stampOf(local: string, offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes)
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0'))
  return `${local.replace(' ', 'T')}${offsetMinutes < 0 ? '-' : '+'}${hour}:${minute}`
}
