import { type CommandLine, type CommandLines, encodeCommandLines, REBOOT } from '../command-lines.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { CONTROL_RESTART } from './control-device.ts'

export type AccessCommandLineOptions = {
  /** Of the terminal that asks. */
  readonly sn: string
  /** Of its registry: 1 puts a prefix before every command. */
  readonly cmdFormat?: 0 | 1 | undefined
  readonly linesMax?: number | undefined
  readonly bytesMax?: number | undefined
}

/**
 * The reply to a poll of an access terminal: as for attendance, with the prefix of CmdFormat 1 where it is wanted, and
 * restarts of both names last. iclock-push 6.1, 12 [SEC29]; vectors A29, C7.
 */
export function encodeAccessCommandLines(
  lines: readonly CommandLine[],
  options: AccessCommandLineOptions,
): CommandLines {
  const { sn, cmdFormat, linesMax, bytesMax } = options
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(sn)) throw new UnsafeFieldError('SN', 'it is no serial number')
  return encodeCommandLines(lines, {
    linesMax,
    bytesMax,
    isRestart: text => text === CONTROL_RESTART || text === REBOOT,
    ...(cmdFormat === 1
      ? { prefixOf: (id: string) => `DataType=1,SN=${sn},Priority=0,CmdID=${id},CmdDesc=` }
      : {}),
  })
}
