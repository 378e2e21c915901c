import { randomBytes } from 'node:crypto'
import type { DeviceRow } from '../../store/devices.ts'
import type { Reader, Write } from '../../store/index.ts'
import type { DeviceDeps } from '../context.ts'
import { learnOptions } from '../learn-options.ts'
import {
  type AccessConfiguration,
  encodePushReply,
  encodeRegisteredHandshake,
} from '../protocol/access/configuration.ts'
import { encodeRegistryReply, parseRegistry } from '../protocol/access/registry.ts'
import { parseOptions } from '../protocol/attendance/options.ts'
import { accessFactsOf } from './facts.ts'

/** A door order has to leave within seconds. */
const requestDelaySeconds = 2
const errorDelaySeconds = 30

/**
 * The reply to the handshake of an access terminal: `OK` makes one that has no code register, any other gets its
 * configuration at once (iclock-push 9.1). A terminal nobody has adopted registers like any other, or what it sends
 * could not be kept; what registering does not give it is a door anybody could operate.
 */
export async function answerAccessHandshake(deps: DeviceDeps, device: DeviceRow): Promise<string> {
  const code = await findCode(deps.store.read, device.sn)
  return code === undefined ? 'OK' : encodeRegisteredHandshake(code, configuration())
}

/** Keeps what a terminal says about itself and answers its code, the same for ever (iclock-push 9.3). */
export async function answerRegistry(deps: DeviceDeps, device: DeviceRow, body: Buffer): Promise<string> {
  const facts = parseRegistry(body)
  const told = parseOptions(body).entries.filter(({ key }) => facts.options.has(key))
  const code = await deps.store.write(async write => {
    if (told.length > 0) await learnOptions(write, device, told)
    await write
      .insertInto('access_registration')
      .values({ sn: device.sn, code: randomBytes(8).toString('hex'), at: deps.clock.now() })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    return findCode(write, device.sn)
  })
  if (code === undefined) throw new Error('a registration that was written is not there')
  return encodeRegistryReply(code)
}

/** The configuration of a terminal that has just registered (iclock-push 9.4). */
export function answerPush(device: DeviceRow): string {
  return encodePushReply(configuration(), { machineType: accessFactsOf(device).machineType })
}

async function findCode(reader: Reader | Write, sn: string): Promise<string | undefined> {
  const row = await reader
    .selectFrom('access_registration')
    .select('code')
    .where('sn', '=', sn)
    .executeTakeFirst()
  return row?.code
}

function configuration(): AccessConfiguration {
  return {
    sessionId: randomBytes(16).toString('hex'),
    requestDelaySeconds,
    errorDelaySeconds,
    further: [['SupportPing', '1']],
  }
}
