import type { DeviceRow } from '../../store/devices.ts'
import { localAt } from '../../time/zone.ts'
import { type DeviceDeps, type DeviceReply, ok } from '../context.ts'
import { encodeAccessTimeReply } from '../protocol/access/configuration.ts'
import { accessUploadOf } from '../protocol/access/upload-kind.ts'
import type { DeviceMessage, KnownRequest } from '../routes.ts'
import { noteToldOffset } from '../told-offset.ts'
import { speaksAccess } from './facts.ts'
import { receiveAccessUpload } from './receive.ts'
import { answerPush, answerRegistry } from './registration.ts'
import { answerVerification } from './verification.ts'

/**
 * The reply to what only access terminals ask, or null: handshake, polls, results and options are answered where
 * those of attendance terminals are. Of a terminal nobody has adopted the uploads are left to be held.
 */
export async function answerAccess(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
  message: DeviceMessage,
): Promise<DeviceReply | null> {
  if (!speaksAccess(device, request)) return null
  if (request.endpoint === 'registry') return ok(await answerRegistry(deps, device, message.body))
  if (request.endpoint === 'push') return ok(answerPush(device))
  if (request.endpoint === 'rtdata' && request.query.get('type')?.toLowerCase() === 'time')
    return ok(await timeReply(deps, device))
  // Any other AuthType is of old firmware, with a keypad code or a template in it, and is decided nowhere (iclock-push 3).
  if (request.cdata?.kind === 'verification' && accessUploadOf(request.query).kind === 'verification')
    return ok(await answerVerification(deps, device, message.body))
  if (device.state !== 'adopted') return null
  const { rawUrl, body } = message
  return receiveAccessUpload(deps, device, request, { rawUrl, body, receivedAt: deps.clock.now() })
}

async function timeReply(deps: DeviceDeps, device: DeviceRow): Promise<string> {
  if (device.state === 'adopted') await noteToldOffset(deps, device)
  const now = deps.clock.now()
  return encodeAccessTimeReply({
    epochSeconds: Math.floor(now / 1000),
    offsetMinutes: localAt(now, device.zone).offsetMinutes,
  })
}
