import { z } from 'zod'
import { settleRestarts } from '../commands/settle.ts'
import type { DeviceRow } from '../store/devices.ts'
import { localAt } from '../time/zone.ts'
import type { DeviceDeps } from './context.ts'
import { encodeHandshake, type HandshakeStamps } from './protocol/attendance/handshake.ts'
import type { CdataKind } from './protocol/request.ts'

/** A door order has to leave within seconds, so a terminal with a door asks more often. */
const doorDelaySeconds = 2
const delaySeconds = 10
const errorDelaySeconds = 30

const Stamps = z.record(z.string(), z.string())

/**
 * The option block, with the stamps this terminal posted last. A handshake of an adopted terminal also proves a
 * restart that was handed over (commands/settle.ts).
 */
export async function answerHandshake(
  deps: DeviceDeps,
  device: DeviceRow,
  handshake: Extract<CdataKind, { kind: 'handshake' }>,
): Promise<string> {
  const now = deps.clock.now()
  const flavour = handshake.deviceType === 'acc' ? 'access' : (device.flavour ?? 'attendance')
  await deps.store.write(async write => {
    if (flavour !== device.flavour)
      await write.updateTable('device').set({ flavour }).where('sn', '=', device.sn).execute()
    if (device.state === 'adopted') await settleRestarts(deps, write, device.sn)
  })
  deps.wakeDelivery()
  return encodeHandshake({
    sn: device.sn,
    stamps: readStamps(device),
    timeZoneOffsetMinutes: localAt(now, device.zone).offsetMinutes,
    delaySeconds: device.has_door === 1 ? doorDelaySeconds : delaySeconds,
    errorDelaySeconds,
    further: [['SupportPing', '1'], ...(handshake.postsOptions ? [['PushOptionsFlag', '1'] as const] : [])],
  })
}

/** Stamps as last posted; a terminal that always posts 9999 gets 9999 (iclock-push 4.2). */
export function readStamps(device: DeviceRow): HandshakeStamps {
  return Stamps.parse(JSON.parse(device.stamps))
}
