import { settleResult } from '../commands/settle.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { DeviceDeps } from './context.ts'
import { learnOptions } from './learn-options.ts'
import {
  type CommandResult,
  parseCommandResultQuery,
  parseCommandResults,
} from './protocol/attendance/command-result.ts'
import { quarantine } from './quarantine.ts'
import type { DeviceMessage, KnownRequest } from './routes.ts'

/** Takes in the results of commands, in whatever way they are reported, and acknowledges after the commit. */
export async function receiveResult(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
  message: DeviceMessage,
): Promise<string> {
  const receivedAt = deps.clock.now()
  const parsed = parseCommandResults(message.body, { charset: device.charset ?? undefined })
  const fromQuery = message.body.length === 0 ? parseCommandResultQuery(request.query) : null
  const results: CommandResult[] = fromQuery === null ? parsed.results : [fromQuery]
  await deps.grouped(async write => {
    for (const result of results) await settleResult(deps, write, device.sn, result)
    if (parsed.options.length > 0)
      await learnOptions(write, device, new Map(parsed.options.map(({ key, value }) => [key, value])))
    await quarantine(deps, write, device.sn, 'devicecmd', receivedAt, parsed.rejects)
  })
  deps.wakeDelivery()
  return 'OK'
}
