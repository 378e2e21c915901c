import { encodeEncodedTime } from '../device-time.ts'
import { safeField, UnsafeFieldError } from '../unsafe-field.ts'
import { checkedRegistryCode } from './registry.ts'

/** What an access terminal is told at its start. */
export type AccessConfiguration = {
  /** Anything that does not repeat, e.g. 32 hex digits; the terminal makes its token from it. */
  readonly sessionId: string
  /** Seconds before it tries again after a failure; its own default is 30. */
  readonly errorDelaySeconds: number
  /** Seconds between idle polls; its own default is 30. */
  readonly requestDelaySeconds: number
  readonly serverVersion?: string
  readonly serverName?: string
  /**
   * Kept under 3.1.1, where the vendor's closed encryption would be negotiated; a terminal needs 3.1.2 to send
   * its error log, so a profile that knows better may say so [SEC29][SEC-ZH].
   */
  readonly protocolVersion?: string
  /** Up to ten `hh:mm`, joined by `;`. */
  readonly transTimes?: string
  readonly transIntervalMinutes?: number
  /** Tables to send by itself; `Facev7 templatev10` may be added. */
  readonly transTables?: string
  readonly realtime?: boolean
  /** Seconds until it gives up on a reply. */
  readonly timeoutSeconds?: number
  /** Further lines after the fixed ones, e.g. ['SupportPing', '1']. */
  readonly further?: ReadonlyArray<readonly [key: string, value: string]>
}

/**
 * The reply to `push`: the configuration of a terminal that has just registered. Controllers of MachineType 8, 9 and
 * 10 know the protocol version as PushVersion, others as PushProtVer; one that did not say gets both. Throws
 * `UnsafeFieldError` when a value would start another line. iclock-push 9.2, 9.4 [SEC29][CS-ACC]; vector A04.
 */
export function encodePushReply(
  configuration: AccessConfiguration,
  device: { readonly machineType: number | null },
): string {
  const { machineType } = device
  const isInbio = machineType !== null && INBIO_TYPES.has(machineType)
  return encodeBlock(configuration, [
    ...(isInbio ? [] : ['PushProtVer']),
    ...(isInbio || machineType === null ? ['PushVersion'] : []),
  ])
}

/**
 * The reply to the handshake of a terminal that has a registry code already, which may then skip `registry` and
 * `push`; to any other the reply is `OK`. iclock-push 9.1, 9.2 [BIOFACE][CS-ACC]; vectors A01, A05.
 */
export function encodeRegisteredHandshake(registryCode: string, configuration: AccessConfiguration): string {
  const code = checkedRegistryCode(registryCode)
  return `registry=ok\nRegistryCode=${code}\n${encodeBlock(configuration, ['PushProtVer', 'PushVersion'])}`
}

/**
 * The reply to `rtdata?type=time`: the instant in UTC as packed seconds, and the zone beside it.
 * iclock-push 3, 12.4 [SEC29]; vector A32.
 */
export function encodeAccessTimeReply(at: {
  readonly epochSeconds: number
  readonly offsetMinutes: number
}): string {
  const utc = new Date(at.epochSeconds * 1000).toISOString().slice(0, 19)
  const encoded = encodeEncodedTime(utc)
  if (encoded === null) throw new UnsafeFieldError('DateTime', 'it lies outside 2000 to 2132')
  const minutes = Math.abs(Math.trunc(at.offsetMinutes))
  const zone = `${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
  return `DateTime=${encoded},ServerTZ=${at.offsetMinutes < 0 ? '-' : '+'}${zone}`
}

/** InBio160, 260 and 460. */
const INBIO_TYPES: ReadonlySet<number> = new Set([8, 9, 10])

function encodeBlock(configuration: AccessConfiguration, versionKeys: readonly string[]): string {
  const protocolVersion = configuration.protocolVersion ?? '3.0.1'
  const lines: (readonly [string, string])[] = [
    ['ServerVersion', configuration.serverVersion ?? '3.1.2'],
    ['ServerName', configuration.serverName ?? 'ADMS'],
    ...versionKeys.map(key => [key, protocolVersion] as const),
    ['ErrorDelay', String(configuration.errorDelaySeconds)],
    ['RequestDelay', String(configuration.requestDelaySeconds)],
    ['TransTimes', configuration.transTimes ?? '00:00;14:05'],
    ['TransInterval', String(configuration.transIntervalMinutes ?? 1)],
    ['TransTables', configuration.transTables ?? 'User Transaction'],
    ['Realtime', configuration.realtime === false ? '0' : '1'],
    ['SessionID', configuration.sessionId],
    ['TimeoutSec', String(configuration.timeoutSeconds ?? 10)],
    ...(configuration.further ?? []),
  ]
  return lines.map(([key, value]) => `${safeField('option name', key)}=${safeField(key, value)}\n`).join('')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
