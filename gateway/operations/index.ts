import { attendanceHandlers } from './attendance.ts'
import { deviceHandlers } from './devices.ts'
import { doorHandlers } from './doors.ts'
import type { Handlers } from './handler.ts'
import { siteHandlers } from './site.ts'
import { userHandlers } from './users.ts'
import { webhookHandlers } from './webhooks.ts'

/** One object; forgetting a handler does not compile. */
export const handlers: Handlers = {
  ...attendanceHandlers,
  ...userHandlers,
  ...doorHandlers,
  ...deviceHandlers,
  ...webhookHandlers,
  ...siteHandlers,
}
