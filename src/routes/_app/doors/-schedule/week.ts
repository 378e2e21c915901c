import type { OperationInput } from '#contract/types.ts'

export type Window = OperationInput<'doors.setSchedule'>['Windows'][number]
export type Day = Window['Day']

export const weekDays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const satisfies readonly Day[]
export const holidayDays = ['Holiday1', 'Holiday2', 'Holiday3'] as const satisfies readonly Day[]

/** A day is painted in half hours. */
export const slots = 48
const slotMinutes = 30

/** Which half hours of each day are open. */
export type Week = Readonly<Partial<Record<Day, readonly boolean[]>>>

/** Windows as painted half hours; a window that ends within one fills it, one that ends with it does not begin the next. */
export function toWeek(windows: readonly Window[]): Week {
  const week: Partial<Record<Day, boolean[]>> = {}
  for (const { Day, Start, End } of windows) {
    const day = week[Day] ?? Array.from({ length: slots }, () => false)
    week[Day] = day
    const from = Math.floor(minuteOf(Start) / slotMinutes)
    const to = Math.max(from + 1, Math.ceil(minuteOf(End) / slotMinutes))
    for (let slot = from; slot < Math.min(slots, to); slot += 1) day[slot] = true
  }
  return week
}

/**
 * Painted half hours as windows. The last minute of a window belongs to it, so 08:00 to 17:59 is ten hours. Days that
 * are painted as `held` would be keep those windows to the minute: nobody has touched them.
 */
export function toWindows(week: Week, held: readonly Window[] = []): Window[] {
  const windows: Window[] = []
  const before = toWeek(held)
  for (const Day of [...weekDays, ...holidayDays]) {
    const day = week[Day] ?? []
    if (held.some(window => window.Day === Day) && isSame(day, before[Day] ?? [])) {
      windows.push(...held.filter(window => window.Day === Day))
      continue
    }
    let from: number | null = null
    for (let slot = 0; slot <= slots; slot += 1) {
      const isOn = slot < slots && day[slot] === true
      if (isOn && from === null) from = slot
      if (!isOn && from !== null) {
        windows.push({ Day, Start: clockOf(from * slotMinutes), End: clockOf(slot * slotMinutes - 1) })
        from = null
      }
    }
  }
  return windows
}

function isSame(a: readonly boolean[], b: readonly boolean[]): boolean {
  return Array.from({ length: slots }).every((_, slot) => (a[slot] ?? false) === (b[slot] ?? false))
}

/** The week with one span of a day painted or wiped. */
export function paint(week: Week, day: Day, from: number, to: number, on: boolean): Week {
  const [first, last] = from <= to ? [from, to] : [to, from]
  const before = week[day] ?? Array.from({ length: slots }, () => false)
  return { ...week, [day]: before.map((was, slot) => (slot >= first && slot <= last ? on : was)) }
}

/** A slot's beginning as a clock, "08:30"; 48 is "24:00". */
export function slotClock(slot: number): string {
  return clockOf(slot * slotMinutes)
}

/** Days that have more windows than a terminal holds. */
export function daysAbove(windows: readonly Window[], perDay: number): Day[] {
  return [...weekDays, ...holidayDays].filter(day => windows.filter(({ Day }) => Day === day).length > perDay)
}

export interface DatedHoliday {
  readonly Date: string
  readonly Yearly: boolean
  readonly Kind: 1 | 2 | 3
  readonly Name: string
}

/** The windows of each of the next days, holidays in force. `today` is `YYYY-MM-DD`. */
export function previewDays(
  windows: readonly Window[],
  holidays: readonly DatedHoliday[],
  today: string,
  days = 7,
): { date: string; holiday: string | null; windows: Window[] }[] {
  return Array.from({ length: days }, (_, at) => {
    const date = new Date(Date.parse(`${today}T00:00:00Z`) + at * 86_400_000).toISOString().slice(0, 10)
    const holiday = holidays.find(each =>
      each.Yearly ? each.Date.slice(5) === date.slice(5) : each.Date === date,
    )
    const weekday = weekDays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]
    const day: Day | undefined = holiday ? `Holiday${holiday.Kind}` : weekday
    return {
      date,
      holiday: holiday?.Name ?? null,
      windows: windows.filter(({ Day }) => Day === day),
    }
  })
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
