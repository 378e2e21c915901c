export const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const
export type Weekday = (typeof weekdays)[number]

/** A time in which a door lets somebody in: wall clock of the terminal, `HH:MM`; the last minute belongs to it. */
export interface Window {
  readonly Day: Weekday
  readonly Start: string
  readonly End: string
}

const lastMinute = 24 * 60 - 1

/**
 * The same minutes as windows that terminals can hold: none over midnight, none that overlap or touch, in order of the
 * week. A window that ends before it starts runs into the next day, and an end at 00:00 is the end of its day.
 */
export function normaliseWindows(windows: readonly Window[]): Window[] {
  const spans = weekdays.map((): [number, number][] => [])
  for (const { Day, Start, End } of windows) {
    const day = weekdays.indexOf(Day)
    const start = minuteOf(Start)
    const end = minuteOf(End) === 0 ? lastMinute : minuteOf(End)
    spans[day]?.push([start, end < start ? lastMinute : end])
    if (end < start) spans[(day + 1) % weekdays.length]?.push([0, end])
  }
  return weekdays.flatMap((Day, day) =>
    merged(spans[day] ?? []).map(([start, end]) => ({ Day, Start: clockOf(start), End: clockOf(end) })),
  )
}

/** Whether a wall clock, `YYYY-MM-DD HH:MM:SS`, lies within one of the windows, as normalised. */
export function isWithin(windows: readonly Window[], local: string): boolean {
  const day = weekdays[new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay()]
  const at = local.slice(11, 16)
  return windows.some(({ Day, Start, End }) => Day === day && Start <= at && at <= End)
}

/** The first day that has more windows than a terminal can hold, or null. */
export function dayAbove(windows: readonly Window[], perDayMax: number): Weekday | null {
  return weekdays.find(day => windows.filter(({ Day }) => Day === day).length > perDayMax) ?? null
}

function merged(spans: readonly [number, number][]): [number, number][] {
  const joined: [number, number][] = []
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && start <= last[1] + 1) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
