import { claimCommands } from '../commands/claim.ts'
import type { DeviceRow } from '../store/devices.ts'
import { saveStatement } from '../store/terminal-statements.ts'
import type { DeviceDeps } from './context.ts'
import { parseInfo } from './protocol/attendance/options.ts'
import type { KnownRequest } from './routes.ts'

/** What a poll fetches: command lines, or `OK` with nothing behind it. Notes the counters a first poll brings. */
export async function answerPoll(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
): Promise<string> {
  const info = request.query.get('info')
  if (info !== undefined && info !== '') await noteInfo(deps, device, info)
  const lines = await claimCommands(deps, device)
  if (lines.includes('DATA QUERY')) deps.repeats.forget(device.sn)
  return lines
}

async function noteInfo(deps: DeviceDeps, device: DeviceRow, value: string): Promise<void> {
  const info = parseInfo(value)
  const json = JSON.stringify(info)
  const { punches } = info
  if (json === device.info && punches === null) return
  await deps.store.write(async write => {
    if (json !== device.info)
      await write
        .updateTable('device')
        .set({ info: json, ...(info.firmware === null ? {} : { firmware: info.firmware.slice(0, 100) }) })
        .where('sn', '=', device.sn)
        .execute()
    if (punches !== null) await saveStatement(write, device.sn, punches, deps.clock.now())
  })
}
