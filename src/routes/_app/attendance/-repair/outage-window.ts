import type { OperationAnswer } from '#contract/types.ts'
import { shiftDay } from '../../../../format/day.ts'
import { wallDayShort } from '../../../../format/time.ts'

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

/** A wall clock with its day. */
export function momentText(local: string): string {
  return `${wallDayShort(local)} ${local.slice(11, 16)}`
}

/** From one wall clock to another; the day once where it is one. */
export function rangeText(from: string, to: string): string {
  const isOneDay = from.slice(0, 10) === to.slice(0, 10)
  return `${momentText(from)} – ${isOneDay ? to.slice(11, 16) : momentText(to)}`
}
