import { readerLocale } from '../words/index.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = readerLocale() + JSON.stringify(options)
  let made = formatters.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(readerLocale(), options)
    formatters.set(key, made)
  }
  return made
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
const day = { day: 'numeric', month: 'short', year: 'numeric' } as const

/** Wall clock of a terminal, "08:31:12", from `YYYY-MM-DD HH:MM:SS`. Never converted: it is what the terminal showed. */
export function wallClock(localTime: string): string {
  return formatWall(localTime, clock)
}

/** Day of a wall clock or of `YYYY-MM-DD`. */
export function wallDay(localTime: string): string {
  return formatWall(localTime, { weekday: 'short', ...day })
}

/** Day of a wall clock without the year, for rows: "Mon, 23 Nov". */
export function wallDayShort(localTime: string): string {
  return formatWall(localTime, { weekday: 'short', day: 'numeric', month: 'short' })
}

/** The day of the week of `YYYY-MM-DD`, in full. */
export function weekdayName(day: string): string {
  return formatWall(day, { weekday: 'long' })
}

function formatWall(localTime: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(`${localTime.slice(0, 10)}T${localTime.slice(11) || '00:00:00'}Z`)
  return Number.isNaN(date.getTime()) ? localTime : formatter({ ...options, timeZone: 'UTC' }).format(date)
}

/** Short name of a zone at a moment: "IST", "GMT+5:30". The zone's own name if this browser does not know it. */
export function zoneName(timeZone: string, at: Date | number = Date.now()): string {
  try {
    const parts = formatter({ timeZone, timeZoneName: 'short' }).formatToParts(at)
    return parts.find(part => part.type === 'timeZoneName')?.value ?? timeZone
  } catch {
    return timeZone
  }
}

/** A moment as date and time in a zone, with the zone said: "23 Nov 2026, 08:31:12 IST". */
export function instantFull(instant: string | number, timeZone?: string): string {
  const options = { ...day, ...clock, timeZoneName: 'short' } as const
  return formatIn(instant, options, timeZone)
}

/** A moment as time of day in a zone, with the zone said. */
export function instantClock(instant: string | number, timeZone?: string): string {
  return formatIn(instant, { ...clock, timeZoneName: 'short' }, timeZone)
}

/** A moment as time of day in a zone that is said beside it. */
export function instantTime(instant: string | number, timeZone: string): string {
  return formatIn(instant, clock, timeZone)
}

/** The day of a moment in a zone that is said elsewhere, without the year: "23 Nov". */
export function instantDay(instant: number, timeZone: string): string {
  return formatIn(instant, { day: 'numeric', month: 'short' }, timeZone)
}

function formatIn(instant: string | number, options: Intl.DateTimeFormatOptions, timeZone?: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return String(instant)
  try {
    return formatter(timeZone ? { ...options, timeZone } : options).format(date)
  } catch {
    return formatter(options).format(date)
  }
}

/** Minutes since midnight as "08:30". */
export function minuteOfDay(minute: number): string {
  const date = new Date(Date.UTC(2000, 0, 1, 0, minute))
  return formatter({ hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(date)
}

/** Minutes since midnight, now, on the wall clock of a zone. */
export function minuteNow(timeZone: string, now: number): number {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).formatToParts(now)
    const read = (type: string) => Number(parts.find(part => part.type === type)?.value ?? 0)
    return read('hour') * 60 + read('minute')
  } catch {
    return new Date(now).getHours() * 60 + new Date(now).getMinutes()
  }
}

/** Today's date, `YYYY-MM-DD`, in a zone. */
export function today(timeZone: string, now: number = Date.now()): string {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)
  } catch {
    return new Date(now).toISOString().slice(0, 10)
  }
}

/** "4 s", "3 min", "2 d": how long, in one unit. */
export function lasting(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < 60) return unit(seconds, 'second')
  if (seconds < 3600) return unit(Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return unit(Math.floor(seconds / 3600), 'hour')
  return unit(Math.floor(seconds / 86_400), 'day')
}

function unit(value: number, name: string): string {
  const options = { style: 'unit', unit: name, unitDisplay: 'short' } as const
  return new Intl.NumberFormat(readerLocale(), options).format(value)
}

const relatives = new Map<string, Intl.RelativeTimeFormat>()

const dayMs = 86_400_000

/**
 * "4s ago", "3 min. ago", "2d ago": one unit, never in the future (clocks differ by a little). A clock that is years
 * ahead does not differ by a little: what it says is told as the day it says.
 */
export function ago(instant: string | number, now: number): string {
  if (new Date(instant).getTime() - now > dayMs) return formatIn(instant, day)
  const key = readerLocale()
  let relative = relatives.get(key)
  if (!relative) {
    relative = new Intl.RelativeTimeFormat(key, { style: 'narrow', numeric: 'auto' })
    relatives.set(key, relative)
  }
  const seconds = Math.max(0, Math.floor((now - new Date(instant).getTime()) / 1000))
  // Below three seconds "now" says the same and does not flicker.
  if (seconds < 60) return relative.format(seconds < 3 ? 0 : -seconds, 'second')
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour')
  return relative.format(-Math.floor(seconds / 86_400), 'day')
}
