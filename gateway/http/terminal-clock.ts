import { findDevice } from '../store/devices.ts'
import type { Store } from '../store/index.ts'
import { localAt } from '../time/zone.ts'
import type { StatedTime } from '../web-api/older-clock.ts'

/**
 * A stated time as the wall clock of a terminal, which is what operations ask for. Without an offset it already is
 * one; about a terminal nobody knows the operation will say so itself.
 */
export async function toTerminalClock(store: Store, sn: string, stated: StatedTime): Promise<string> {
  if (stated.instant === null) return stated.local
  const device = await findDevice(store.read, sn)
  return device ? localAt(stated.instant, device.zone).local : stated.local
}
