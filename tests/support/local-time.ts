import { localAt } from '../../gateway/time/zone.ts'

/** The wall clock of a zone as a terminal would write it. */
export function localNow(zone: string, instant = Date.now()): string {
  return localAt(instant, zone).local
}
