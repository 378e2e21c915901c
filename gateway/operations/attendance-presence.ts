import { standingOf } from '../attendance/days/read-days.ts'
import { shiftDay } from '../time/zone.ts'
import { dayRequest, judgeDaysMax } from './attendance-people.ts'
import type { Handlers } from './handler.ts'

export const attendancePresenceHandlers = {
  async 'attendance.presence'(input, call) {
    const { request: asked, filter } = await dayRequest(call, input)
    const request = { ...asked, fromCode: '', judgeDaysMax }
    const { days: keeper } = call.deps
    const { minutes, people, isProvisional } = await keeper.read(
      { what: 'presence', request, filter },
      await standingOf(keeper, request),
    )
    const days = weekdaysIn(request.range.fromDate, request.range.toDate)
    return {
      status: 200,
      body: {
        Hours: minutes.map(([at, there]) => {
          const weekday = Math.floor(at / 24)
          return {
            Weekday: weekday,
            Hour: at % 24,
            PersonMinutes: there,
            // A night of the last day reaches into a weekday that is not in the range.
            People: Math.round((there / 60 / Math.max(1, days[weekday] ?? 1)) * 10) / 10,
          }
        }),
        Weekdays: days.slice(1),
        People: people,
        Provisional: isProvisional,
      },
    }
  },
} satisfies Pick<Handlers, 'attendance.presence'>

/** How often each weekday is in a range; at index 1 Mondays, at 7 Sundays. */
function weekdaysIn(fromDay: string, toDay: string): number[] {
  const days = Array.from({ length: 8 }, () => 0)
  for (let day = fromDay; day <= toDay; day = shiftDay(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
    days[weekday] = (days[weekday] ?? 0) + 1
  }
  return days
}
