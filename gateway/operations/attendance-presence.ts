import { fittingPeople } from '../attendance/list-days.ts'
import { shiftDay } from '../time/zone.ts'
import { dayRequest } from './attendance-people.ts'
import type { Handlers } from './handler.ts'

export const attendancePresenceHandlers = {
  async 'attendance.presence'(input, call) {
    const { request, filter } = await dayRequest(call, {
      ...input,
      Status: undefined,
      Flag: undefined,
      Certainty: undefined,
      Weekday: undefined,
      Hour: undefined,
    })
    const minutes = new Map<number, number>()
    let people = 0
    let isProvisional = false
    for await (const person of fittingPeople(call.deps, { ...request, fromCode: '' }, filter)) {
      people += 1
      for (const day of person.days) {
        if (day.certainty.state === 'provisional') isProvisional = true
        for (const { weekday, hour, minutes: there } of day.presence) {
          const at = weekday * 24 + hour
          minutes.set(at, (minutes.get(at) ?? 0) + there)
        }
      }
    }
    const days = weekdaysIn(request.range.fromDate, request.range.toDate)
    return {
      status: 200,
      body: {
        Hours: [...minutes]
          .sort(([a], [b]) => a - b)
          .map(([at, there]) => {
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
