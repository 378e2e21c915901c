import { maskText } from '#contract/file-headers.ts'
import type { Punch } from '../../../../components/punches/punch-marks.tsx'

/** True where the role may not know who this was. */
export function isHidden(punch: Punch): boolean {
  return punch.EmployeeCode === maskText
}

/** "+05:30" as the punch itself states it; the zone's offset on that day, not today's. */
export function statedOffset(punch: Punch): string | null {
  const match = /([+-]\d{2})(\d{2})$/.exec(punch.LogTime)
  return match ? `${match[1]}:${match[2]}` : null
}

/** The punch as a moment, epoch milliseconds; null if the terminal stated something unreadable. */
export function momentOf(punch: Punch): number | null {
  const moment = Date.parse(`${punch.AttendanceLog.replace(' ', 'T')}${statedOffset(punch) ?? 'Z'}`)
  return Number.isNaN(moment) ? null : moment
}

/** Seconds from the punch to its arrival here, negative where the terminal's clock is ahead; null if not to be relied on. */
export function delayOf(punch: Punch): number | null {
  const moment = momentOf(punch)
  if (moment === null || punch.Flags.includes('implausible_time')) return null
  return (Date.parse(punch.ReceivedAt) - moment) / 1000
}

/** Id of the link that opens a punch, so that the focus finds back to it. */
export function punchLinkId(operationId: string): string {
  return `punch-${operationId}`
}
