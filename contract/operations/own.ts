import { ownAlerts } from './own/alerts.ts'
import { ownAttendance } from './own/attendance.ts'

import { ownAttendanceArrivals } from './own/attendance-arrivals.ts'
import { ownAttendanceAssignments } from './own/attendance-assignments.ts'
import { ownAttendanceCalendar } from './own/attendance-calendar.ts'

import { ownAttendanceCorrections } from './own/attendance-corrections.ts'

import { ownAttendanceDays } from './own/attendance-days.ts'
import { ownAttendancePayroll } from './own/attendance-payroll.ts'
import { ownAttendancePeriods } from './own/attendance-periods.ts'
import { ownAttendanceRepair } from './own/attendance-repair.ts'
import { ownAttendanceShifts } from './own/attendance-shifts.ts'
import { ownAttendanceTotals } from './own/attendance-totals.ts'
import { ownDevices } from './own/devices.ts'
import { ownDoors } from './own/doors.ts'
import { ownFleet } from './own/fleet.ts'
import { ownHealth } from './own/health.ts'
import { ownOrders } from './own/orders.ts'
import { ownPeopleCare } from './own/people-care.ts'
import { ownPeopleTerminals } from './own/people-terminals.ts'
import { ownSelf } from './own/self.ts'
import { ownSite } from './own/site.ts'
import { ownUsers } from './own/users.ts'
import { ownWebhookJobs } from './own/webhook-jobs.ts'
import { ownWebhookLog } from './own/webhook-log.ts'
import { ownWebhooks } from './own/webhooks.ts'

/** Operations of our own beside the published 34 (ADR 0012). A hosted gateway answers 404 to them. */
export const own = {
  ...ownAttendance,
  ...ownAttendanceArrivals,
  ...ownAttendanceShifts,
  ...ownAttendanceAssignments,
  ...ownAttendanceCalendar,
  ...ownAttendanceCorrections,
  ...ownAttendancePeriods,
  ...ownAttendanceRepair,
  ...ownAttendanceDays,
  ...ownAttendancePayroll,
  ...ownAttendanceTotals,
  ...ownUsers,
  ...ownPeopleTerminals,
  ...ownPeopleCare,
  ...ownDoors,
  ...ownDevices,
  ...ownHealth,
  ...ownFleet,
  ...ownOrders,
  ...ownWebhooks,
  ...ownWebhookLog,
  ...ownWebhookJobs,
  ...ownSite,
  ...ownAlerts,
  ...ownSelf,
}
