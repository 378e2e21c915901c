import { z } from 'zod'
import { localAt, readLocalTime, shiftDay } from '../time/zone.ts'

/** When a rule tells: days of the week (1 Monday to 7 Sunday) from and to a wall clock of a zone. */
export const AlertSchedule = z.object({
  days: z.array(z.int().min(1).max(7)),
  /** `HH:MM`; a `to` that is not after `from` is on the next day. */
  from: z.string(),
  to: z.string(),
  zone: z.string(),
})

export type AlertScheduleShape = z.output<typeof AlertSchedule>

/**
 * The first moment at or after `instant` (epoch milliseconds) at which the schedule is running: `instant` itself
 * while it runs. No schedule runs always; one without days never, which answers null.
 */
export function nextWithin(schedule: AlertScheduleShape | null, instant: number): number | null {
  if (schedule === null) return instant
  const today = localAt(instant, schedule.zone).local.slice(0, 10)
  for (let offset = -1; offset <= 7; offset += 1) {
    const day = shiftDay(today, offset)
    if (!schedule.days.includes(weekdayOf(day))) continue
    const start = instantOf(schedule, day, schedule.from, instant)
    const endDay = schedule.to > schedule.from ? day : shiftDay(day, 1)
    const end = instantOf(schedule, endDay, schedule.to, instant)
    if (instant < start) return start
    if (instant < end) return instant
  }
  return null
}

function instantOf(schedule: AlertScheduleShape, day: string, clock: string, near: number): number {
  return readLocalTime(`${day} ${clock}:00`, schedule.zone, near).instant
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}
