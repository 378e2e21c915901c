import type { EventBody } from '#contract/events.ts'

/** The published keys come first; receivers that read positions instead of names exist. */
const publishedKeys = ['DeviceSN', 'EmployeeCode', 'AttendanceLog', 'Type', 'Direction'] as const

/**
 * An event as the flat v3 callback (cams-gateway 2.1): the five published keys of a punch, then ours. The receiver's
 * own token comes back as `AuthToken`. The same event and token give the same text, so a retry is the same message.
 */
export function formatV3(event: EventBody, callbackToken: string | null): string {
  const token = callbackToken === null ? {} : { AuthToken: callbackToken }
  if (event.Event !== 'OnAttendance') return JSON.stringify({ ...event, ...token })
  const published = Object.fromEntries(publishedKeys.map(key => [key, event[key]]))
  return JSON.stringify({ ...published, ...event, ...token })
}

/**
 * The callback URL with `stgid=<serial>` appended unless it has one: many receivers refuse a call without it
 * (cams-gateway 2.2). Everything else stays exactly as the integrator typed it; only a fragment, never sent, goes.
 */
export function addressV3(callbackUrl: string, sn: string | null): string {
  const url = callbackUrl.split('#', 1)[0] ?? callbackUrl
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : null
  if (sn === null || query?.split('&').some(pair => /^stgid(=|$)/i.test(pair))) return url
  const separator = query === null ? '?' : query === '' || query.endsWith('&') ? '' : '&'
  return `${url}${separator}stgid=${encodeURIComponent(sn)}`
}
