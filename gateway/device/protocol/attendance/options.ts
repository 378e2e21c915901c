import { decodeText, type TextOptions, trimField } from '../text.ts'

export type DeviceOption = {
  /** Without the leading `~`. */
  readonly key: string
  readonly rawKey: string
  readonly value: string
}

export type ParsedOptions = {
  /** By key without the leading `~`, spelled as sent; the last of equal keys wins. */
  readonly values: ReadonlyMap<string, string>
  readonly entries: readonly DeviceOption[]
  /** Pairs read, repeated keys included. */
  readonly count: number
}

/** The INFO list of a poll; a part that is absent or not a number is null. */
export type DeviceInfo = {
  readonly firmware: string | null
  readonly users: number | null
  readonly fingerprints: number | null
  readonly punches: number | null
  readonly ip: string | null
  /** null also for -1, which means the terminal has no such algorithm. */
  readonly fpVersion: number | null
  readonly faceVersion: number | null
  /** Position 8, of disputed meaning: the number as sent, possibly negative. */
  readonly facesPerUser: number | null
  readonly faces: number | null
  readonly features: string | null
  readonly cards: number | null
  readonly userPictures: number | null
  readonly attPhotos: number | null
}

/**
 * Reads a `table=options` body: `key=value` parted by commas or line ends. A comma parts only when a key follows,
 * so `~OEMVendor=ZKTECO CO., LTD.` stays whole. Pieces without a key are dropped. Never throws.
 * iclock-push 5.8 [OPTS][LARAVEL-CAP]; vectors T04, T05.
 */
export function parseOptions(body: Uint8Array, options: TextOptions = {}): ParsedOptions {
  const entries: DeviceOption[] = []
  for (const line of decodeText(body, options).text.split(/[\r\n]+/)) {
    for (const piece of line.split(COMMA_BEFORE_KEY)) {
      const entry = parseOptionPair(piece)
      if (entry !== null) entries.push(entry)
    }
  }
  return { values: new Map(entries.map(entry => [entry.key, entry.value])), entries, count: entries.length }
}

/** One `~Key=Value`, or null when the text does not start with a key. */
export function parseOptionPair(text: string): DeviceOption | null {
  const equals = text.indexOf('=')
  if (equals < 0) return null
  const rawKey = trimField(text.slice(0, equals))
  if (!OPTION_KEY.test(rawKey)) return null
  return { key: rawKey.replace(/^~/, ''), rawKey, value: trimField(text.slice(equals + 1)) }
}

/**
 * Reads the INFO value of a poll, already percent-decoded. With nine parts the ninth is the feature digits when it
 * looks like them: the old form has no face count. iclock-push 6.1 [SDK32][SF2A/3A]; vectors T44, T45.
 */
export function parseInfo(value: string): DeviceInfo {
  const parts = value.split(',').map(trimField)
  const isOldForm = parts.length === 9 && FEATURE_DIGITS.test(parts[8] ?? '')
  return {
    firmware: parts[0] || null,
    users: readWholeCount(parts[1]),
    fingerprints: readWholeCount(parts[2]),
    punches: readWholeCount(parts[3]),
    ip: parts[4] || null,
    fpVersion: readCount(parts[5]),
    faceVersion: readCount(parts[6]),
    facesPerUser: readNumber(parts[7]),
    faces: isOldForm ? null : readWholeCount(parts[8]),
    features: (isOldForm ? parts[8] : parts[9]) || null,
    cards: readWholeCount(parts[10]),
    userPictures: readWholeCount(parts[11]),
    attPhotos: readWholeCount(parts[12]),
  }
}

/** `0:1:0:1` (MultiBioDataSupport and its like) as the biometric types that are on: [1, 3]. iclock-push 5.8, 11.5. */
export function supportedBiometricTypes(value: string): number[] {
  return value
    .split(':')
    .map((flag, type) => (trimField(flag) === '1' ? type : -1))
    .filter(type => type >= 0)
}

const COMMA_BEFORE_KEY = /,(?=[ \t]*~?[A-Za-z]\w*=)/
const OPTION_KEY = /^~?[A-Za-z]\w*$/
const FEATURE_DIGITS = /^[01]{2,}$/

function readNumber(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null
}

function readCount(text: string | undefined): number | null {
  const count = readNumber(text)
  return count === null || count < 0 ? null : count
}

/** Of things that come whole: a fraction is no number of people. Versions of algorithms do have one. */
function readWholeCount(text: string | undefined): number | null {
  const count = readCount(text)
  return Number.isInteger(count) ? count : null
}
