import { settleResult } from '../commands/settle.ts'
import { findCommand } from '../store/commands.ts'
import { readOptions } from '../store/device-options.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { type Fact, learnFacts, news, readProfile } from '../store/profiles.ts'
import type { DeviceDeps } from './context.ts'
import { learnOptions } from './learn-options.ts'
import { factsOfOptions, factsOfResult } from './learn-profile.ts'
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
  const parsed = parseCommandResults(message.body, { charset: readProfile(device).charset })
  const fromQuery = message.body.length === 0 ? parseCommandResultQuery(request.query) : null
  const results: CommandResult[] = fromQuery === null ? parsed.results : [fromQuery]
  await deps.grouped(device.sn, async write => {
    for (const result of results) await settleResult(deps, write, device.sn, result)
    const told = new Map(parsed.options.map(({ key, value }) => [key, value]))
    if (told.size > 0) await learnOptions(write, device, parsed.options)
    await learn(write, device, results, told, receivedAt)
    await quarantine(deps, write, device.sn, 'devicecmd', receivedAt, parsed.rejects)
  })
  deps.wakeDelivery()
  return 'OK'
}

/** What the answers say about the way it wants to be spoken to. */
async function learn(
  write: Write,
  device: DeviceRow,
  results: readonly CommandResult[],
  told: ReadonlyMap<string, string>,
  at: number,
): Promise<void> {
  const profile = readProfile(device)
  const facts: Fact[] =
    told.size === 0 ? [] : factsOfOptions(device, { ...readOptions(device), ...Object.fromEntries(told) })
  for (const { id, returnCode } of results) {
    if (returnCode === null || returnCode >= 0) continue
    const command = await findCommand(write, id)
    if (command?.sn === device.sn) facts.push(...factsOfResult(profile, command.kind, returnCode))
  }
  const learned = news(profile, facts)
  if (learned.length > 0) await learnFacts(write, device.sn, learned, at)
}
