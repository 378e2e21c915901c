import { standingOf } from '../attendance/days/read-days.ts'
import { readPosition } from '../store/cursor.ts'
import { namesOf } from '../store/people-names.ts'
import { judgeDaysMax } from './attendance-people.ts'
import { daysBetween } from './day-completeness.ts'
import type { Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { requirePerson, visibleDevices } from './scope.ts'

const daysMax = 63

export const attendanceExceptionHandlers = {
  async 'attendance.exceptions'(input, call) {
    const { store, clock, days: keeper } = call.deps
    if (input.EmployeeCode !== undefined) await requirePerson(call, input.EmployeeCode)
    const { from, to } = readRange(input)
    const range = { fromDate: from.slice(0, 10), toDate: to.slice(0, 10) }
    daysBetween(range.fromDate, range.toDate, daysMax)
    const request = {
      range,
      devices: visibleDevices(call),
      employeeCode: input.EmployeeCode,
      fromCode: '',
      nowMs: clock.now(),
      planned: true,
      judgeDaysMax,
    }
    const position = readPosition(input.OffSet)
    const start = position.kind === 'row' ? position.row : 0
    const { shown, total, counts } = await keeper.read(
      { what: 'exceptions', request, site: input.Site, kinds: input.Kind, start, limit: input.Limit },
      await standingOf(keeper, request),
    )
    const names = await namesOf(store.read, [...new Set(shown.map(({ employeeCode }) => employeeCode))])
    const next = start + shown.length
    return {
      status: 200,
      body: {
        Days: shown.map(({ employeeCode, day, kinds, pending }) => ({
          EmployeeCode: employeeCode,
          EmployeeName: names.get(employeeCode) ?? null,
          TimeZone: day.zone ?? call.deps.config.timeZone,
          Kinds: [...kinds],
          Pending: pending,
          Cell: day.cell,
        })),
        Counts: counts.map(([Kind, Count]) => ({ Kind, Count })),
        ReturnRowCount: shown.length,
        ActualRowCount: total,
        OffSet: next < total ? String(next) : '',
      },
    }
  },
} satisfies Pick<Handlers, 'attendance.exceptions'>
