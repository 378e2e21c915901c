import { safeField, safeLine } from '../unsafe-field.ts'

/** Resume markers, opaque: what the terminal posted last, or '9999'; '0' asks for everything again. */
export type HandshakeStamps = {
  readonly attlog?: string
  readonly operlog?: string
  readonly attphoto?: string
  readonly biodata?: string
  readonly idcard?: string
  readonly errorlog?: string
}

export type HandshakeReply = {
  readonly sn: string
  /** '9999' where absent for the first three; the others are sent only when given. */
  readonly stamps?: HandshakeStamps
  /** Minutes east of UTC. */
  readonly timeZoneOffsetMinutes: number
  /** Seconds between idle polls; vendor range 2 to 60. */
  readonly delaySeconds: number
  /** Seconds before the terminal tries again after a failure; vendor range 30 to 300. */
  readonly errorDelaySeconds: number
  /** Up to ten `hh:mm`, joined by `;`. */
  readonly transTimes?: string
  /** Minutes between upload checks, 0 off. */
  readonly transIntervalMinutes?: number
  /** How what is uploaded by itself is told; words where absent, because no two documents number the bits alike. */
  readonly transFlag?: TransFlagForm
  /** Leave out what came with later firmware, and `further`: some take no longer block [SF2A-NODE]. */
  readonly isShort?: boolean
  readonly realtime?: boolean
  readonly serverVersion?: string
  /** Kept under 2.4.0, where the vendor's closed encryption would be negotiated [ATT58]. */
  readonly pushProtocolVersion?: string
  /** Further lines after the fixed ones, e.g. ['SupportPing', '1']. */
  readonly further?: ReadonlyArray<readonly [key: string, value: string]>
}

/** TAB between the words as documented, spaces [SF2A-TS], or bits in the order of [ATT58][FW]. */
export type TransFlagForm = 'words' | 'spaced' | 'bits'

/**
 * The option block that answers a handshake; every line ends with LF, the last too, because old firmware drops an
 * unterminated one. Throws `UnsafeFieldError` when a value would start another line.
 * iclock-push 4.2 [ATT58][FW]; vector T01.
 */
export function encodeHandshake(reply: HandshakeReply): string {
  const stamps = reply.stamps ?? {}
  const lines: (readonly [string, string | undefined])[] = [
    ['ATTLOGStamp', stamps.attlog ?? STAMP_OF_NOW],
    ['OPERLOGStamp', stamps.operlog ?? STAMP_OF_NOW],
    ['ATTPHOTOStamp', stamps.attphoto ?? STAMP_OF_NOW],
    ['BIODATAStamp', stamps.biodata],
    ['IDCARDStamp', stamps.idcard],
    ['ERRORLOGStamp', stamps.errorlog],
    ['ErrorDelay', String(reply.errorDelaySeconds)],
    ['Delay', String(reply.delaySeconds)],
    ['TransTimes', reply.transTimes ?? '00:00;14:05'],
    ['TransInterval', String(reply.transIntervalMinutes ?? 1)],
    ['TransFlag', TRANS_FLAGS[reply.transFlag ?? 'words']],
    ['TimeZone', encodeTimeZone(reply.timeZoneOffsetMinutes)],
    ['Realtime', reply.realtime === false ? '0' : '1'],
    ['Encrypt', 'None'],
    ['ServerVer', reply.serverVersion ?? '2.4.1'],
    ...(reply.isShort
      ? []
      : [['PushProtVer', reply.pushProtocolVersion ?? '2.3.0'] as const, ...(reply.further ?? [])]),
  ]
  let body = `GET OPTION FROM: ${safeField('SN', reply.sn)}\n`
  for (const [key, value] of lines) {
    if (value !== undefined) body += `${safeField('option name', key)}=${safeLine(key, value)}\n`
  }
  return body
}

/**
 * The TimeZone value: hours for whole-hour zones nearer than 12 h, minutes for all others, which firmware with
 * either threshold reads alike. Never a decimal: `5.5` was read as 5. iclock-push 4.4 [FW][QUANTO]; vector C5.
 */
export function encodeTimeZone(offsetMinutes: number): string {
  const minutes = Math.trunc(offsetMinutes)
  const isHours = minutes % 60 === 0 && Math.abs(minutes) < 12 * 60
  // `+ 0` makes -0 plain.
  return String((isHours ? minutes / 60 : minutes) + 0)
}

/**
 * Answers `cdata?type=time` with the wall clock at an offset: `Time=YYYY-MM-DDThh:mm:ss+hh:mm`.
 * iclock-push 3 [SDK32]; vector T55.
 */
export function encodeTimeReply(at: {
  readonly epochSeconds: number
  readonly offsetMinutes: number
}): string {
  const shifted = new Date((at.epochSeconds + at.offsetMinutes * 60) * 1000)
  const sign = at.offsetMinutes < 0 ? '-' : '+'
  const minutes = Math.abs(at.offsetMinutes)
  return `Time=${shifted.toISOString().slice(0, 19)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

const STAMP_OF_NOW = '9999'
/** Under the 90 characters [SDK32] allows. */
const TRANS_WORDS =
  'TransData AttLog\tOpLog\tAttPhoto\tEnrollUser\tChgUser\tEnrollFP\tChgFP\tFACE\tUserPic\tBioPhoto'
const TRANS_FLAGS: Readonly<Record<TransFlagForm, string>> = {
  words: TRANS_WORDS,
  spaced: TRANS_WORDS.replaceAll('\t', ' '),
  // AttLog OpLog AttPhoto EnrollFP EnrollUser -FPImag ChgUser ChgFP FACE UserPic -WORKCODE BioPhoto (4.3).
  bits: '111110111101',
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
