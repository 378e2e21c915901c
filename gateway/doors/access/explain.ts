import { dayOf, type Holiday, isWithin, type ScheduleDay, type Window } from '../../schedules/windows.ts'
import { shiftMinutes } from '../../time/zone.ts'

/** A schedule as it lets somebody in. */
export interface KnownSchedule {
  readonly id: number
  readonly name: string | null
  readonly windows: readonly Window[]
}

export interface NamedHoliday extends Holiday {
  readonly name: string
}

export interface Explained {
  readonly ScheduleID: number
  readonly Name: string | null
  /** The window that lets in; null: none does. */
  readonly Window: Window | null
  readonly Holiday: string | null
}

/** What a schedule says at a wall clock of the door, and by which window. Pure. */
export function explain(
  schedule: KnownSchedule,
  local: string,
  holidays: readonly NamedHoliday[],
): Explained {
  const date = local.slice(0, 10)
  const day = dayOf(date, holidays)
  const at = local.slice(11, 16)
  const window = schedule.windows.find(({ Day, Start, End }) => Day === day && Start <= at && at <= End)
  const holiday = holidays.find(each => isHoliday(day) && dayOf(date, [each]) === day)
  return {
    ScheduleID: schedule.id,
    Name: schedule.name,
    Window: window ?? null,
    Holiday: holiday?.name ?? null,
  }
}

function isHoliday(day: ScheduleDay): boolean {
  return day.startsWith('Holiday')
}

const reachDays = 14

/**
 * The minute nearest to a wall clock, before or after, in which one of the schedules would have let in; null where none
 * does within two weeks. Pure.
 */
export function nearestYes(
  schedules: readonly KnownSchedule[],
  local: string,
  holidays: readonly Holiday[],
): { readonly At: string; readonly ScheduleID: number; readonly MinutesAway: number } | null {
  let best: { At: string; ScheduleID: number; MinutesAway: number } | null = null
  for (const { id, windows } of schedules)
    for (let days = -reachDays; days <= reachDays; days += 1) {
      const date = shiftMinutes(local, days * 1440).slice(0, 10)
      const day = dayOf(date, holidays)
      for (const { Day, Start, End } of windows) {
        if (Day !== day) continue
        for (const edge of [`${date} ${Start}:00`, `${date} ${End}:00`]) {
          const away = Math.round((instantOf(edge) - instantOf(local)) / 60_000)
          if (best === null || Math.abs(away) < Math.abs(best.MinutesAway))
            best = { At: edge, ScheduleID: id, MinutesAway: away }
        }
      }
    }
  return best
}

/** Wall clocks of one terminal, taken as if they were UTC: only their distance counts. */
function instantOf(local: string): number {
  return Date.parse(`${local.replace(' ', 'T').slice(0, 16)}:00Z`)
}

/** Whether any of the schedules lets somebody in at a wall clock. Pure. */
export function letsIn(
  schedules: readonly { readonly windows: readonly Window[] }[],
  local: string,
  holidays: readonly Holiday[],
): boolean {
  return schedules.some(({ windows }) => isWithin(windows, local, holidays))
}
