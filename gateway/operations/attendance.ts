import { findDevices } from '../store/devices.ts'
import {
  countBySlice,
  countPeople,
  countPresent,
  findPunches,
  type PageRequest,
  type PunchFilter,
} from '../store/punches.ts'
import { localAt, shiftDay } from '../time/zone.ts'
import { attendanceArrivalHandlers } from './attendance-arrivals.ts'
import { attendanceAssignmentHandlers } from './attendance-assignments.ts'
import { attendanceCalendarHandlers } from './attendance-calendars.ts'
import { attendanceDayFileHandlers } from './attendance-day-files.ts'
import { attendanceDayHandlers } from './attendance-days.ts'
import { attendanceExceptionHandlers } from './attendance-exceptions.ts'
import { attendanceFileHandlers } from './attendance-files.ts'
import { attendancePayrollHandlers } from './attendance-payroll.ts'
import { attendancePeopleHandlers } from './attendance-people.ts'
import { attendancePresenceHandlers } from './attendance-presence.ts'
import { attendanceShiftHandlers } from './attendance-shifts.ts'
import { attendanceTotalHandlers } from './attendance-totals.ts'
import { correctionHandlers } from './corrections.ts'
import { dayCompletenessHandlers } from './day-completeness.ts'
import type { Call, Handlers } from './handler.ts'
import { periodHandlers } from './periods.ts'
import { readRange } from './range.ts'
import { repairHandlers } from './repairs.ts'
import { narrowDevices, requireKnown, requirePerson, visibleDevices } from './scope.ts'

/** How far back the last punch may lie for somebody to count as present: the longest shift with its overtime. */
const presentWindowMs = 16 * 3_600_000

const pageOf = (input: {
  OffSet?: string | undefined
  Limit: number
  Order: 'asc' | 'desc'
}): PageRequest => ({ offSet: input.OffSet, limit: input.Limit, order: input.Order })

async function list(call: Call, filter: PunchFilter, page: PageRequest) {
  const { rows, paging } = await findPunches(call.deps.store.read, filter, page)
  return { status: 200 as const, body: { Attendance: rows, ...paging } }
}

/** Today at each terminal: one local day per zone in use. */
async function todayByZone(
  call: Call,
  sns: readonly string[] | null,
  site: string | undefined,
): Promise<{ sns: string[]; days: { zone: string; day: string }[] }> {
  const devices = (await findDevices(call.deps.store.read, sns)).filter(
    device => site === undefined || device.site === site,
  )
  const now = call.deps.clock.now()
  const zones = [...new Set(devices.map(device => device.zone))]
  return {
    sns: devices.map(device => device.sn),
    days: zones.map(zone => ({ zone, day: localAt(now, zone).local.slice(0, 10) })),
  }
}

/** A filter for given local days; the outer bounds let the time index do the work. */
function daysFilter(
  days: readonly { zone: string; day: string }[],
  devices: readonly string[] | null,
  employeeCode: string | undefined,
): PunchFilter {
  const sorted = days.map(({ day }) => day).sort()
  return {
    from: `${sorted[0] ?? '9999-12-31'} 00:00:00`,
    to: `${sorted.at(-1) ?? '0001-01-01'} 23:59:59`,
    days,
    devices,
    employeeCode,
  }
}

export const attendanceHandlers = {
  ...attendanceDayHandlers,
  ...attendanceArrivalHandlers,
  ...attendanceShiftHandlers,
  ...attendanceAssignmentHandlers,
  ...attendanceCalendarHandlers,

  'attendance.byDate': (input, call) =>
    list(
      call,
      {
        ...readRange(input),
        devices: narrowDevices(call, input.DeviceSN),
        employeeCode: input.EmployeeCode,
        modalities: input.Type,
        clockOff: input.ClockOff,
      },
      pageOf(input),
    ),

  async 'attendance.byEmployee'(input, call) {
    await requirePerson(call, input.EmployeeCode)
    return list(
      call,
      { ...readRange(input), devices: visibleDevices(call), employeeCode: input.EmployeeCode },
      pageOf(input),
    )
  },

  async 'attendance.byDevice'(input, call) {
    await requireKnown(call, input.DeviceSN)
    return list(call, { ...readRange(input), devices: [input.DeviceSN] }, pageOf(input))
  },

  async 'attendance.today'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    if (input.EmployeeCode !== undefined) await requirePerson(call, input.EmployeeCode)
    const { read } = call.deps.store
    const { sns, days } = await todayByZone(
      call,
      input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN],
      input.Site,
    )
    const everyone = input.Site === undefined && input.DeviceSN === undefined && call.caller.devices === 'all'
    const devices = everyone ? null : sns
    const today = daysFilter(days, devices, input.EmployeeCode)
    const { rows, paging } = await findPunches(read, today, pageOf(input))
    const body = { Attendance: rows, ...paging }
    if (input.BucketMinutes === undefined) return { status: 200, body }
    const before = daysFilter(
      days.map(({ zone, day }) => ({ zone, day: shiftDay(day, -1) })),
      devices,
      input.EmployeeCode,
    )
    const [Series, Previous, People, Present] = await Promise.all([
      countBySlice(read, today, input.BucketMinutes),
      countBySlice(read, before, input.BucketMinutes),
      countPeople(read, today),
      countPresent(
        read,
        {
          devices,
          employeeCode: input.EmployeeCode,
          ...(before.from === undefined ? {} : { from: before.from }),
        },
        call.deps.clock.now() - presentWindowMs,
      ),
    ])
    return { status: 200, body: { ...body, Series, Previous, People, Present } }
  },

  ...attendancePeopleHandlers,
  ...attendancePresenceHandlers,
  ...attendancePayrollHandlers,
  ...attendanceDayFileHandlers,
  ...attendanceFileHandlers,
  ...attendanceTotalHandlers,
  ...correctionHandlers,
  ...dayCompletenessHandlers,
  ...periodHandlers,
  ...repairHandlers,
  ...attendanceExceptionHandlers,
} satisfies Pick<Handlers, Extract<keyof Handlers, `attendance.${string}`>>
