/** What somebody's day comes to. Here without schemas, since the browser lists them too. */
export const dayStatuses = [
  'present',
  'half_day',
  'absent',
  'not_known_yet',
  'expected',
  'not_arrived',
  'excused',
  'leave',
  'holiday',
  'day_off',
  'nothing_planned',
] as const

export type DayStatusName = (typeof dayStatuses)[number]

/** What a reviewer should see of a day. */
export const dayFlags = [
  'late',
  'early_leave',
  'missing_in',
  'missing_out',
  'still_in',
  'impossible_span',
  'gap',
  'missed_period',
  'late_back',
  'short_hours',
  'punch_on_day_off',
  'punch_on_holiday',
  'punch_on_leave',
  'outside_shift',
  'other_site',
  'double_punch',
  'guessed_direction',
  'implausible_punch',
  'late_punch',
  'absent',
] as const

export type DayFlagName = (typeof dayFlags)[number]

/** How far a day can be relied on. `complete`: over, and every terminal has told everything. */
export const dayCertainties = ['provisional', 'complete', 'closed', 'reopened'] as const

/** Under what arrivals count a day; a day is counted under several. */
export const arrivalCounts = [
  'Expected',
  'Due',
  'Arrived',
  'Unplanned',
  'Late',
  'NotArrived',
  'Absent',
  'NotKnownYet',
  'MissingIn',
  'MissingOut',
  'Away',
] as const

export type ArrivalCount = (typeof arrivalCounts)[number]
