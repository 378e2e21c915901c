import { checkedOrdinal, checkedWithin, type Field, flag } from '../checked-fields.ts'
import { checkedWindow, type Weekday } from '../clock-window.ts'
import { daysInMonth } from '../device-time.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import type { AttendanceDialect } from './dialect.ts'

/** Terminal's wall clock, `HH:MM`; the end belongs to the window, and 23:59 is the end of the day. */
export type DayWindow = { readonly day: Weekday; readonly start: string; readonly end: string }

/** One window a day, which is all these tables hold; a day without one is closed. */
export type WeekSchedule = { readonly id: number; readonly windows: readonly DayWindow[] }

export type Group = {
  readonly id: number
  /** How its people identify themselves, as in punches; 0 for the terminal's own way. */
  readonly verify?: number | undefined
  readonly isValidOnHolidays?: boolean | undefined
  /** Up to three. */
  readonly schedules: readonly number[]
}

export type Holiday = {
  readonly id: number
  readonly name?: string | undefined
  /** `MM-DD`, every year; the last day belongs to it. */
  readonly from: string
  readonly to: string
  /** In force on these days. */
  readonly schedule: number
}

/**
 * A `TIMEZONE` row: 56 digits, seven times HHMMHHMM from Sunday. Always the whole week, so that nothing of an older
 * schedule stays in force. Throws `UnsafeFieldError` for a second window on a day. iclock-push 7 [SDK32].
 */
export function scheduleDigits(schedule: WeekSchedule): Field[] {
  const time = week(schedule)
    .map(({ start, end }) => `${start}${end}`)
    .join('')
  return [
    ['TZID', scheduleId('TZID', schedule.id)],
    ['TIME', time],
  ]
}

/** The same as an `AccTimeZone` row, with two fields a day. iclock-push 7 [ATT58]. */
export function scheduleFields(schedule: WeekSchedule): Field[] {
  return [
    ['UID', scheduleId('UID', schedule.id)],
    ...week(schedule).flatMap(({ key, start, end }): Field[] => [
      [`${key}Start`, start],
      [`${key}End`, end],
    ]),
  ]
}

/** iclock-push 7 [ATT58], 12 hex digits in place of numbers [SDK32]. */
export function groupFields(group: Group, dialect: AttendanceDialect): Field[] {
  const schedules = threeSchedules(group.schedules)
  const zones =
    dialect.scheduleTable === 'TIMEZONE' ? schedules.map(toHexDigits).join('') : schedules.join(';')
  return [
    ['ID', checkedOrdinal('ID', group.id, 1)],
    ['Verify', checkedWithin('Verify', group.verify ?? 0, 0, VERIFY_MAX)],
    ['ValidHoliday', flag(group.isValidOnHolidays === true)],
    ['TZ', zones],
  ]
}

/** iclock-push 7 [ATT58]. */
export function holidayFields(holiday: Holiday): Field[] {
  const from = encodeDay('StartDate', holiday.from)
  const to = encodeDay('EndDate', holiday.to)
  if (to < from) throw new UnsafeFieldError('EndDate', 'it is before StartDate; over New Year they are two')
  return [
    holidayId(holiday.id),
    ['HolidayName', holiday.name ?? ''],
    ['StartDate', from],
    ['EndDate', to],
    ['TimeZone', scheduleId('TimeZone', holiday.schedule)],
  ]
}

export function holidayId(id: number): Field {
  return ['UID', checkedOrdinal('UID', id, 1)]
}

/**
 * TZ of a person: a switch and three schedules in hex, four digits each. The documents disagree about the switch:
 * 0001 is "own schedules" and 0 the group's by the attendance document V4.0 12.2.1, the reverse by [SDK32].
 * iclock-push 5.3.
 */
export function personSchedules(schedules: readonly number[], dialect: AttendanceDialect): string {
  const isOwn = schedules.length > 0
  const isSet = dialect.scheduleTable === 'TIMEZONE' ? !isOwn : isOwn
  return [isSet ? 1 : 0, ...threeSchedules(schedules)].map(toHexDigits).join('')
}

const VERIFY_MAX = 255
const SCHEDULES_MAX = 3
/** Names as printed in the attendance document V4.0, 12.2.15: Tues and Thurs have a letter more. */
const DAYS: ReadonlyArray<readonly [day: Weekday, key: string]> = [
  ['Sunday', 'Sun'],
  ['Monday', 'Mon'],
  ['Tuesday', 'Tues'],
  ['Wednesday', 'Wed'],
  ['Thursday', 'Thurs'],
  ['Friday', 'Fri'],
  ['Saturday', 'Sat'],
]
/** An end before its start closes the whole day, by the manuals of the terminals (SpeedFace M4, 9.2). */
const CLOSED = { start: '2357', end: '2356' }

function week({
  windows,
}: WeekSchedule): { readonly key: string; readonly start: string; readonly end: string }[] {
  return DAYS.map(([day, key]) => {
    const [window, ...more] = windows.filter(one => one.day === day)
    if (more.length > 0) throw new UnsafeFieldError(key, 'it has more than one window')
    if (window === undefined) return { key, ...CLOSED }
    const { from, to } = checkedWindow(window.start, window.end)
    return { key, start: toDigits(from), end: toDigits(to) }
  })
}

function threeSchedules(schedules: readonly number[]): number[] {
  if (schedules.length > SCHEDULES_MAX)
    throw new UnsafeFieldError('TZ', `it has more than ${SCHEDULES_MAX} schedules`)
  for (const id of schedules) scheduleId('TZ', id)
  return [...schedules, 0, 0, 0].slice(0, SCHEDULES_MAX)
}

function scheduleId(field: string, id: number): string | undefined {
  return checkedOrdinal(field, id, 1)
}

function toDigits(hhmm: number): string {
  return String(hhmm).padStart(4, '0')
}

function toHexDigits(id: number): string {
  return id.toString(16).toUpperCase().padStart(4, '0')
}

/** `01-26` as 0126. */
function encodeDay(field: string, day: string): string {
  const [, month, date] = /^(\d{2})-(\d{2})$/.exec(day) ?? []
  const isReal = Number(date) >= 1 && Number(date) <= daysInMonth(LEAP_YEAR, Number(month))
  if (month === undefined || date === undefined || month < '01' || month > '12' || !isReal)
    throw new UnsafeFieldError(field, 'it is not MM-DD')
  return `${month}${date}`
}

const LEAP_YEAR = 2000
