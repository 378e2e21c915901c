import type { DeviceRow } from '../store/devices.ts'
import { lastPunchOf } from '../store/punches.ts'
import type { DeviceDeps } from './context.ts'
import { encodeLastPunch } from './protocol/attendance/last-punch.ts'
import { readPin } from './protocol/pin.ts'
import type { LookupSubject } from './protocol/request.ts'
import type { KnownRequest } from './routes.ts'

/**
 * What a terminal asks about a person: when they were here last. People it does not hold are not handed out on asking
 * (RemoteAtt, PIN=): who may use which terminal is decided here and pushed, not fetched by whoever types a number.
 */
export async function answerLookup(
  { store }: Pick<DeviceDeps, 'store'>,
  { site }: DeviceRow,
  what: LookupSubject,
  { query }: KnownRequest,
): Promise<string> {
  const pin = what === 'last-punch' ? readPin(query.get('pin') ?? '') : null
  const last = pin?.kind === 'ok' ? await lastPunchOf(store.read, pin.pin, site) : undefined
  return last === undefined ? nobody : encodeLastPunch(last)
}

const nobody = 'NONE'
