import type { OperationAnswer } from '#contract/types.ts'
import { shiftDay } from '../../../../format/day.ts'

export type Outage = OperationAnswer<'attendance.outages'>['Outages'][number]

/** Days repaired at once, as the gateway takes them. */
const daysMax = 7

/** What an outage puts into the address; of one longer than is repaired at once its first days. */
export function outageWindow({ IncidentID, DeviceSN, FromTime, ToTime }: Outage) {
  const last = shiftDay(FromTime.slice(0, 10), daysMax - 1)
  const to = ToTime.slice(0, 10) > last ? `${last}T23:59` : minuteOf(ToTime)
  return { incident: IncidentID, device: DeviceSN, from: minuteOf(FromTime), to }
}

/** True where an outage lasted longer than can be repaired at once. */
export function isCut(outage: Outage): boolean {
  return outageWindow(outage).to < minuteOf(outage.ToTime)
}

/** `YYYY-MM-DD HH:MM:SS` as a field of date and time has it. */
function minuteOf(local: string): string {
  return local.slice(0, 16).replace(' ', 'T')
}
