import { readArrivals } from '../attendance/arrivals/read-arrivals.ts'
import type { Handlers } from './handler.ts'
import { siteToday } from './plan-change.ts'
import { visibleDevices } from './scope.ts'

export const attendanceArrivalHandlers = {
  async 'attendance.arrivals'(input, call) {
    const request = { site: input.Site, devices: visibleDevices(call), today: siteToday(call) }
    return { status: 200, body: await readArrivals(call.deps, request) }
  },
} satisfies Pick<Handlers, 'attendance.arrivals'>
