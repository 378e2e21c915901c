import { clearAlert, raiseAlert } from '../alerts/raise.ts'
import type { CommandRow } from '../store/commands.ts'
import { findDevice } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import type { CommandStateName } from './transitions.ts'

/** Doors tell of their orders on the spot, and what a terminal holds of people is brought in step by itself. */
const toldElsewhere = /^(door|user|template|photo|authorization|read)\./

/** Who asks where nobody did. */
const ours: ReadonlySet<string> = new Set(['catch-up', 'daylight-saving', 'read-back', 'reconciler'])

/**
 * Warns of an order somebody gave that came to nothing although the terminal had fetched it, one alert for a terminal
 * and operation; the next one that is done ends it. What expired unfetched is the absence's to tell.
 */
export async function tellOfOrder(
  write: Write,
  command: CommandRow,
  to: CommandStateName,
  at: number,
): Promise<void> {
  const dedupeKey = `order ${command.sn} ${command.operation}`
  if (to === 'done') {
    await clearAlert(write, dedupeKey, at)
    return
  }
  if (to !== 'failed' && to !== 'unconfirmed') return
  // What we ask for ourselves is asked again, and whoever looks at a day sees what is missing.
  if (ours.has(command.actor ?? '') || toldElsewhere.test(command.kind)) return
  const device = await findDevice(write, command.sn)
  if (device?.state !== 'adopted') return
  const { label } = device
  const { operation, error } = command
  await raiseAlert(write, {
    kind: 'DeviceCommand',
    severity: 'Warning',
    subject: command.sn,
    deviceSN: command.sn,
    title: to === 'failed' ? `${operation} failed at ${label}` : `${label} did not answer to ${operation}`,
    detail: error ?? (to === 'failed' ? 'The terminal refused it' : 'It was handed over and no answer came'),
    says: { code: to === 'failed' ? 'OrderFailed' : 'OrderUnanswered', facts: { label, operation, error } },
    at,
    dedupeKey,
  })
}
