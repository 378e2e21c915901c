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
/** The three kinds of holidays have windows of their own, in force on the dates of the holidays. */
export const scheduleDays = [...weekdays, 'Holiday1', 'Holiday2', 'Holiday3'] as const
export type ScheduleDay = (typeof scheduleDays)[number]

/** True for the seven days of the week. */
export function isWeekday(day: ScheduleDay): day is Weekday {
  return (weekdays as readonly string[]).includes(day)
}

/** A time in which a door lets somebody in: wall clock of the terminal, `HH:MM`; the last minute belongs to it. */
export interface Window {
  readonly Day: ScheduleDay
  readonly Start: string
  readonly End: string
}

const lastMinute = 24 * 60 - 1

/**
 * The same minutes as windows that terminals can hold: none over midnight, none that overlap or touch, in order of the
 * week. A window that ends before it starts runs into the next day, and an end at 00:00 is the end of its day.
 */
export function normaliseWindows(windows: readonly Window[]): Window[] {
  const spans = scheduleDays.map((): [number, number][] => [])
  for (const { Day, Start, End } of windows) {
    const day = scheduleDays.indexOf(Day)
    const start = minuteOf(Start)
    const end = minuteOf(End) === 0 ? lastMinute : minuteOf(End)
    spans[day]?.push([start, end < start ? lastMinute : end])
    // What runs over the midnight of a holiday ends with it: the day after is not known here.
    if (end < start && isWeekday(Day)) spans[(day + 1) % weekdays.length]?.push([0, end])
  }
  return scheduleDays.flatMap((Day, day) =>
    merged(spans[day] ?? []).map(([start, end]) => ({ Day, Start: clockOf(start), End: clockOf(end) })),
  )
}

/** A date on which the windows of a holiday kind hold instead of those of the weekday. */
export interface Holiday {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly yearly: boolean
  readonly kind: 1 | 2 | 3
}

/** Whose windows hold on a date, `YYYY-MM-DD`: those of a holiday that falls on it, else those of its weekday. */
export function dayOf(date: string, holidays: readonly Holiday[]): ScheduleDay {
  const holiday = holidays.find(({ day, yearly }) => (yearly ? day.slice(5) === date.slice(5) : day === date))
  if (holiday) return `Holiday${holiday.kind}`
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'Sunday'
}

/** Whether a wall clock, `YYYY-MM-DD HH:MM:SS`, lies within one of the windows, as normalised. */
export function isWithin(
  windows: readonly Window[],
  local: string,
  holidays: readonly Holiday[] = [],
): boolean {
  const day = dayOf(local.slice(0, 10), holidays)
  const at = local.slice(11, 16)
  return windows.some(({ Day, Start, End }) => Day === day && Start <= at && at <= End)
}

/** The first day that has more windows than a terminal can hold, or null. */
export function dayAbove(windows: readonly Window[], perDayMax: number): ScheduleDay | null {
  return scheduleDays.find(day => windows.filter(({ Day }) => Day === day).length > perDayMax) ?? null
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
