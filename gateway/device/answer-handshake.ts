import { settleRestarts } from '../commands/settle.ts'
import type { DeviceRow } from '../store/devices.ts'
import { readProfile } from '../store/profiles.ts'
import { findStamps } from '../store/stamps.ts'
import { localAt } from '../time/zone.ts'
import { answerAccessHandshake } from './access/registration.ts'
import type { DeviceDeps } from './context.ts'
import { encodeHandshake } from './protocol/attendance/handshake.ts'
import type { CdataKind } from './protocol/request.ts'
import { noteToldOffset } from './told-offset.ts'

/** A door order has to leave within seconds, so a terminal with a door asks more often. */
const doorDelaySeconds = 2
const delaySeconds = 10
const errorDelaySeconds = 30

/**
 * The option block in the form of its profile, with the stamps this terminal posted last; one that always posts 9999
 * gets 9999 (iclock-push 4.2). A handshake of an adopted terminal also proves a
 * restart that was handed over (commands/settle.ts).
 */
export async function answerHandshake(
  deps: DeviceDeps,
  device: DeviceRow,
  handshake: Extract<CdataKind, { kind: 'handshake' }>,
  isBelieved = true,
): Promise<string> {
  const now = deps.clock.now()
  const profile = readProfile(device)
  if (device.state === 'adopted') {
    await deps.store.write(write => settleRestarts(deps, write, device.sn))
    deps.wakeDelivery()
  }
  // Without its key it may register, and show the key then; the code it registered with is not given away.
  if (profile.flavour === 'access') return isBelieved ? answerAccessHandshake(deps, device) : 'OK'
  if (isBelieved) await noteToldOffset(deps, device)
  return encodeHandshake({
    sn: device.sn,
    stamps: await findStamps(deps.store.read, device.sn),
    timeZoneOffsetMinutes: localAt(now, device.zone).offsetMinutes,
    delaySeconds: device.has_door === 1 ? doorDelaySeconds : delaySeconds,
    errorDelaySeconds,
    transFlag: profile.transFlag,
    isShort: profile.handshake === 'short',
    further: [['SupportPing', '1'], ...(handshake.postsOptions ? [['PushOptionsFlag', '1'] as const] : [])],
  })
}
