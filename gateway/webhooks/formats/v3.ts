import { type EventBody, events } from '#contract/events.ts'
import type { CallbackForm } from './form.ts'

/** The published keys come first; receivers that read positions instead of names exist. */
const publishedKeys = ['DeviceSN', 'EmployeeCode', 'AttendanceLog', 'Type', 'Direction'] as const

/** The flat v3 callback (cams-gateway 2.1); it has words for everything. */
export const v3: CallbackForm = {
  contentType: 'application/json',
  // Listing keys forgets that they are the names of events.
  events: new Set(Object.keys(events) as EventBody['Event'][]),
  acknowledgedBy: 'status-done',
  write: formatV3,
}

/** The five published keys of a punch, then ours. The receiver's own token comes back as `AuthToken`. */
function formatV3(event: EventBody, callbackToken: string | null): string {
  const token = callbackToken === null ? {} : { AuthToken: callbackToken }
  if (event.Event !== 'OnAttendance') return JSON.stringify({ ...event, ...token })
  const published = Object.fromEntries(publishedKeys.map(key => [key, event[key]]))
  return JSON.stringify({ ...published, ...event, ...token })
}
