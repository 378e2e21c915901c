import { applyHappening } from '../commands/settle.ts'
import { findCommand } from '../store/commands.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import type { UploadDeps } from './context.ts'
import type { ErrorRow } from './protocol/attendance/operlog-records.ts'
import { errorMeaning, isNoError } from './protocol/error-codes.ts'
import { escapeForLog } from './protocol/query.ts'

/**
 * A terminal reports what went wrong: a photo is answered with 0 and refused afterwards, in its error log, which names
 * the command it came with (iclock-push 5.7 [ATT58]; vectors T42, A35). That command has then failed.
 */
export async function settleError(
  deps: Pick<UploadDeps, 'clock' | 'log'>,
  write: Write,
  device: DeviceRow,
  { code, origin, commandId }: ErrorRow,
): Promise<void> {
  const shown = escapeForLog(code).slice(0, 16)
  deps.log.warn(
    { sn: device.sn, code: shown, commandId: commandId?.slice(0, 20) },
    'a terminal reports an error',
  )
  if (origin?.toLowerCase() !== 'cmd' || commandId === null || isNoError(code)) return
  const command = await findCommand(write, commandId)
  if (command?.sn !== device.sn) return
  const error = `The terminal reports ${shown}: ${errorMeaning(code) ?? 'an error without a known meaning'}`
  const happening =
    command.state === 'done'
      ? ({ type: 'contradicted' } as const)
      : ({ type: 'answered', ok: false } as const)
  await applyHappening(deps, write, command, happening, { error })
}
