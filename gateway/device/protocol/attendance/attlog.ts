import { type DeviceTime, parseDeviceTime } from '../device-time.ts'
import { type PinReading, readPin } from '../pin.ts'
import { type RejectedLine, splitLines, type TextLine, type TextOptions, trimField } from '../text.ts'
import { readWholeNumber } from '../whole-number.ts'

/** One attendance record as the terminal wrote it; nothing is guessed, absent is null and never 0. */
export type ParsedPunch = {
  readonly line: number
  readonly raw: string
  readonly pin: string
  readonly time: DeviceTime
  /** iclock-push 11.1; null when empty or not a number, because 0 means check-in. */
  readonly status: number | null
  /** iclock-push 11.2. */
  readonly verify: number | null
  readonly workCode: string | null
  readonly mask: boolean | null
  /** In the unit the handshake asked for (IRTempUnitTrans); 0 and unbelievable values are null. */
  readonly temperature: number | null
  /** Seconds east of UTC, from column 11. */
  readonly offsetSeconds: number | null
  /** Columns with no fixed meaning, TAB joined as they came: ExtendData, job codes, unknown keys. */
  readonly extra: string | null
  /** Only of keyed lines: eventaddr, event, index. */
  readonly door: number | null
  readonly event: number | null
  readonly index: number | null
}

export type PunchRejectReason =
  | 'too-few-fields'
  | 'bad-time'
  | 'empty-pin'
  | 'bad-pin'
  | 'no-person'
  | 'line-too-long'

export type AttlogOptions = TextOptions & {
  /** Meaning of columns 8 and up: 'tft' are job codes [SDK32], 'standard' mask and temperature [ATT58]. */
  readonly columns?: 'auto' | 'standard' | 'tft' | undefined
}

export type ParsedAttlog = {
  readonly punches: ParsedPunch[]
  readonly rejects: RejectedLine<PunchRejectReason>[]
  /** Goes into the acknowledgement: every non-empty line, understood or not. */
  readonly lineCount: number
}

/**
 * Reads an ATTLOG upload: TAB separated columns of any number from two, the same with spaces, or keyed rtlog-style
 * lines as an F22 sends them. Every non-empty line becomes a punch or a reject, so
 * `lineCount === punches.length + rejects.length`. Never throws.
 * iclock-push 5.1 [ATT58][SDK32][F22-LARAVEL]; vectors T06 to T27.
 */
export function parseAttlog(body: Uint8Array, options: AttlogOptions = {}): ParsedAttlog {
  const columns = options.columns ?? 'auto'
  const punches: ParsedPunch[] = []
  const rejects: RejectedLine<PunchRejectReason>[] = []
  const lines = splitLines(body, options)
  for (const line of lines) {
    const outcome = line.bytes.length > LINE_BYTES_MAX ? 'line-too-long' : parseLine(line, columns)
    if (typeof outcome !== 'string') punches.push(outcome)
    else rejects.push({ line: line.line, reason: outcome, raw: line.text, bytes: line.bytes })
  }
  return { punches, rejects, lineCount: lines.length }
}

const LINE_BYTES_MAX = 65_536
const TFT_COLUMNS_MIN = 16
// Nobody passes a reader outside these, in either unit; job codes and fillers do.
const TEMPERATURE_MIN = 20
const TEMPERATURE_MAX = 120
const OFFSET_SECONDS_MAX = 18 * 3600
const NOT_APPLICABLE: Pick<ParsedPunch, 'door' | 'event' | 'index'> = { door: null, event: null, index: null }

function parseLine(line: TextLine, columns: 'auto' | 'standard' | 'tft'): ParsedPunch | PunchRejectReason {
  const { text } = line
  if (isKeyed(text)) return parseKeyed(line)
  const fields = text.includes('\t') ? text.split('\t') : splitAtSpaces(text)
  const timeText = fields[1]
  if (timeText === undefined) return 'too-few-fields'
  const pin = readPin(fields[0] ?? '')
  if (pin.kind !== 'ok') return PIN_REASON[pin.kind]
  const time = parseDeviceTime(trimField(timeText))
  if (time === null) return 'bad-time'
  const isTft = columns === 'tft' || (columns === 'auto' && fields.length >= TFT_COLUMNS_MIN)
  const extraFrom = isTft ? 7 : 11
  return {
    line: line.line,
    raw: text,
    pin: pin.pin,
    time,
    status: readNumberField(fields[2]),
    verify: readNumberField(fields[3]),
    workCode: readTextField(fields[4]),
    mask: isTft ? null : readMask(fields[7]),
    temperature: isTft ? null : readTemperature(fields[8]),
    offsetSeconds: isTft ? null : readOffset(fields[10]),
    extra: fields.length > extraFrom ? joinColumns(fields, extraFrom) : null,
    ...NOT_APPLICABLE,
  }
}

const PIN_REASON: Readonly<Record<Exclude<PinReading['kind'], 'ok'>, PunchRejectReason>> = {
  empty: 'empty-pin',
  bad: 'bad-pin',
  nobody: 'no-person',
}

/** Space separated lines: a date and the time behind it are one field again. */
function splitAtSpaces(text: string): string[] {
  const fields = text.split(' ').filter(field => field !== '')
  const [pin, date, clock, ...rest] = fields
  if (pin === undefined || date === undefined || clock === undefined || date.length !== 10) return fields
  return isDateShaped(date) ? [pin, `${date} ${clock}`, ...rest] : fields
}

/** Ten characters are also the length of epoch seconds, so the separators decide. */
function isDateShaped(text: string): boolean {
  return text[4] === '-' || text[4] === '/'
}

/** Letters, then `=`: the first field of an access-style line such as `time=2026-08-10 09:15:00` (T22). */
function isKeyed(text: string): boolean {
  let at = 0
  while (at < text.length && isLetter(text.charCodeAt(at))) at += 1
  return at > 0 && text[at] === '='
}

function isLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 97 && lower <= 122
}

function parseKeyed(line: TextLine): ParsedPunch | PunchRejectReason {
  const values = new Map<string, string>()
  const further: string[] = []
  for (const field of line.text.split('\t')) {
    const equals = field.indexOf('=')
    const key = equals < 0 ? '' : trimField(field.slice(0, equals)).toLowerCase()
    const value = trimField(field.slice(equals + 1))
    if (READ_KEYS.has(key) && !values.has(key) && !(key === 'verifytype' && isBitString(value)))
      values.set(key, value)
    else if (field !== '') further.push(field)
  }
  const pin = readPin(values.get('pin') ?? '')
  if (pin.kind !== 'ok') return PIN_REASON[pin.kind]
  const time = parseDeviceTime(values.get('time') ?? '')
  if (time === null) return 'bad-time'
  const direction = readWholeNumber(values.get('inoutstatus'))
  return {
    line: line.line,
    raw: line.text,
    pin: pin.pin,
    time,
    // Here 2 means "not applicable", while a status of 2 would be a break.
    status: direction === 0 || direction === 1 ? direction : null,
    verify: readWholeNumber(values.get('verifytype')),
    workCode: null,
    mask: readMask(values.get('maskflag')),
    temperature: readTemperature(values.get('temperature')),
    offsetSeconds: null,
    extra: further.length === 0 ? null : further.join('\t'),
    door: readWholeNumber(values.get('eventaddr')),
    event: readWholeNumber(values.get('event')),
    index: readWholeNumber(values.get('index')),
  }
}

const READ_KEYS: ReadonlySet<string> = new Set([
  'time',
  'pin',
  'eventaddr',
  'event',
  'inoutstatus',
  'verifytype',
  'index',
  'maskflag',
  'temperature',
])

/** The 16-character verify style of newer firmware is a set of bits and never a decimal number; kept in extra. */
function isBitString(text: string): boolean {
  return text.length === 16 && /^[01]+$/.test(text)
}

function readNumberField(field: string | undefined): number | null {
  return field === undefined || field === '' ? null : readWholeNumber(trimField(field))
}

function readTextField(field: string | undefined): string | null {
  if (field === undefined || field === '') return null
  const text = trimField(field)
  return text === '' ? null : text
}

/** Leading empty columns stay, because position is all the meaning these columns have. */
function joinColumns(fields: readonly string[], from: number): string | null {
  let end = fields.length
  while (end > from && trimField(fields[end - 1] ?? '') === '') end -= 1
  return end === from ? null : fields.slice(from, end).join('\t')
}

export function readMask(field: string | undefined): boolean | null {
  return field === '1' ? true : field === '0' ? false : null
}

/** Null for 0 and for what nobody can have, in either unit. */
export function readTemperature(field: string | undefined): number | null {
  if (field === undefined || field === '' || field === '0') return null
  if (!/^\d{1,3}(?:\.\d{1,6})?$/.test(field)) return null
  const degrees = Number(field)
  return degrees >= TEMPERATURE_MIN && degrees <= TEMPERATURE_MAX ? degrees : null
}

/**
 * A bare `0` is the filler of firmware that has the column but not the value (it fills temperature the same way);
 * taking it for UTC would move every punch. `+0` is an offset.
 */
function readOffset(field: string | undefined): number | null {
  if (field === undefined || field === '' || field === '0') return null
  const seconds = readWholeNumber(trimField(field))
  return seconds !== null && Math.abs(seconds) <= OFFSET_SECONDS_MAX ? seconds : null
}
