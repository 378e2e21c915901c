import type { DeviceRow } from '../../store/devices.ts'
import { readProfile } from '../../store/profiles.ts'
import type { DeviceDeps } from '../context.ts'
import { encodeVerificationReply, parseVerificationRequest } from '../protocol/access/remote-verification.ts'
import { quarantine } from '../quarantine.ts'

/**
 * Whether to let somebody in, asked by a terminal that leaves the decision to its server (iclock-push 10.7). There
 * are no access windows yet, and nobody is let in by default: a person the terminal has recognised is answered TIMEOUT,
 * because nothing was decided, anybody else FAILED. The attempt itself comes as an event of its own.
 */
export async function answerVerification(deps: DeviceDeps, device: DeviceRow, body: Buffer): Promise<string> {
  const request = parseVerificationRequest(body, { charset: readProfile(device).charset })
  if (typeof request === 'string') {
    if (body.length > 0)
      await deps.grouped(write =>
        quarantine(deps, write, device.sn, 'verification', deps.clock.now(), [
          { line: 0, reason: request, bytes: body },
        ]),
      )
    return encodeVerificationReply('', { answer: 'FAILED' })
  }
  const isNobody = device.state === 'adopted' && request.pin === null
  return encodeVerificationReply(request.record, { answer: isNobody ? 'FAILED' : 'TIMEOUT' })
}
