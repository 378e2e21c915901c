import { countsAs } from '#contract/arrival-counts.ts'
import { shiftDay } from '../../../../format/day.ts'
import { type DayCell, type DaysSearch, daysMax } from './search.ts'

/** How many filters are set. */
export function activeFilters(search: DaysSearch): number {
  const { person, department, site, home, device, status, flag, counted, certainty, weekday } = search
  const set = [person, department, site, home, device, status, flag, counted, certainty, weekday]
  return set.filter(each => each !== undefined).length
}

export const noFilters = {
  person: undefined,
  department: undefined,
  site: undefined,
  home: undefined,
  device: undefined,
  status: undefined,
  flag: undefined,
  counted: undefined,
  certainty: undefined,
  weekday: undefined,
  hour: undefined,
} as const

/** True where a day is one the filters ask for; the others are drawn faintly. */
export function fitsFilters(cell: DayCell, search: DaysSearch): boolean {
  return (
    (search.status === undefined || cell.Status === search.status) &&
    (search.certainty === undefined || cell.Certainty === search.certainty) &&
    (search.flag === undefined || (cell.Flags ?? []).includes(search.flag)) &&
    (search.counted === undefined || countsAs(cell).has(search.counted)) &&
    (search.weekday === undefined || weekdayOf(cell.Date) === search.weekday)
  )
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** Every day of a range, in order. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to && days.length <= daysMax; day = shiftDay(day, 1)) days.push(day)
  return days
}
