import { z } from 'zod'
import {
  changeCalendar,
  dropHolidays,
  keepHolidays,
  keepLeave,
  removeCalendar,
  removeLeave,
  requireCalendar,
} from '../attendance/plan/change-calendar.ts'
import { readCalendarFile } from '../attendance/plan/read-calendar-file.ts'
import { portionOf } from '../attendance/plan/resolve-plan.ts'
import { type CalendarDayRow, calendarDays, listCalendars } from '../store/calendars.ts'
import { findLeave, listLeave } from '../store/leave.ts'
import type { Handlers } from './handler.ts'
import { planChange, requireOrder } from './plan-change.ts'
import { leaveEntity, savedFields } from './plan-entities.ts'

const Sites = z.array(z.string())

export const attendanceCalendarHandlers = {
  async 'attendance.calendars'(input, call) {
    requireOrder(input.FromDate, input.ToDate)
    const { read } = call.deps.store
    const [rows, days] = await Promise.all([
      listCalendars(read, { removed: false }),
      calendarDays(read, { fromDay: input.FromDate, toDay: input.ToDate }),
    ])
    const daysOf = Map.groupBy(days, row => row.calendar_id)
    const Calendars = rows.map(row => ({
      CalendarID: row.calendar_id,
      Name: row.name,
      Sites: Sites.parse(JSON.parse(row.sites)),
      Days: (daysOf.get(row.calendar_id) ?? []).map(dayEntity),
      ...savedFields(row),
    }))
    return { status: 200, body: { Calendars } }
  },

  async 'attendance.saveCalendar'(input, call) {
    const change = planChange(call)
    const wanted = { id: input.CalendarID, name: input.Name, sites: input.Sites }
    const CalendarID = await call.deps.store.write(write => changeCalendar(write, wanted, change))
    return { status: 200, body: { CalendarID } }
  },

  async 'attendance.removeCalendar'({ CalendarID }, call) {
    const change = planChange(call)
    await call.deps.store.write(write => removeCalendar(write, CalendarID, change))
    return { status: 200, body: { CalendarID } }
  },

  async 'attendance.saveCalendarDays'({ CalendarID, Days }, call) {
    const change = planChange(call)
    const days = Days.map(day => ({ date: day.Date, name: day.Name, portion: day.Portion }))
    await call.deps.store.write(async write => {
      await requireCalendar(write, CalendarID)
      await keepHolidays(write, CalendarID, days, change)
    })
    return { status: 200, body: { Saved: days.length } }
  },

  async 'attendance.removeCalendarDays'({ CalendarID, Dates }, call) {
    const change = planChange(call)
    const Removed = await call.deps.store.write(async write => {
      await requireCalendar(write, CalendarID)
      return dropHolidays(write, CalendarID, Dates, change)
    })
    return { status: 200, body: { Removed } }
  },

  async 'attendance.importCalendar'(input, call) {
    const change = planChange(call)
    requireOrder(input.FromDate, input.ToDate)
    const { days, faults } = readCalendarFile(input.Text, { fromDate: input.FromDate, toDate: input.ToDate })
    return call.deps.store.write(async write => {
      await requireCalendar(write, input.CalendarID)
      const range = { fromDay: input.FromDate, toDay: input.ToDate, calendarId: input.CalendarID }
      const known = new Map((await calendarDays(write, range)).map(row => [row.date, row]))
      const Days = days.map(day => {
        const before = known.get(day.date)
        const same = before?.name === day.name && before.portion === day.portion
        const Outcome = before === undefined ? 'add' : same ? 'same' : 'change'
        return { Date: day.date, Name: day.name, Portion: day.portion, Outcome } as const
      })
      const Written = !input.DryRun && faults.length === 0
      if (Written) {
        const due = days.filter((_, at) => Days[at]?.Outcome !== 'same')
        await keepHolidays(write, input.CalendarID, due, change)
      }
      const Faults = faults.map(({ event, fault }) => ({ Event: event, Fault: fault }))
      return { status: 200 as const, body: { DryRun: input.DryRun, Days, Faults, Written } }
    })
  },

  async 'attendance.leave'(input, call) {
    requireOrder(input.FromDate, input.ToDate)
    const { rows, paging } = await listLeave(
      call.deps.store.read,
      {
        fromDay: input.FromDate,
        toDay: input.ToDate,
        employeeCode: input.EmployeeCode,
        removed: input.Removed,
      },
      { offSet: input.OffSet, limit: input.Limit },
    )
    return { status: 200, body: { Leave: rows.map(leaveEntity), ...paging } }
  },

  async 'attendance.saveLeave'(input, call) {
    const change = planChange(call)
    const wanted = {
      employeeCode: input.EmployeeCode,
      fromDate: input.FromDate,
      toDate: input.ToDate,
      kind: input.Kind,
      portion: input.Portion,
      note: input.Note,
    }
    const row = await call.deps.store.write(async write =>
      findLeave(write, await keepLeave(write, input.LeaveID, wanted, change)),
    )
    if (row === undefined) throw new Error('The leave that was just saved is gone')
    return { status: 200, body: { Leave: leaveEntity(row) } }
  },

  async 'attendance.removeLeave'({ LeaveID }, call) {
    const change = planChange(call)
    await call.deps.store.write(write => removeLeave(write, LeaveID, change))
    return { status: 200, body: { LeaveID: String(LeaveID) } }
  },
} satisfies Partial<Handlers>

function dayEntity(row: CalendarDayRow) {
  return { Date: row.date, Name: row.name, Portion: portionOf(row.portion) }
}
