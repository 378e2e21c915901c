import { parseDeviceTime } from '../device-time.ts'
import { type PinReading, readPin } from '../pin.ts'
import { type TextLine, trimField } from '../text.ts'
import { readWholeNumber } from '../whole-number.ts'
import { readCard } from './card.ts'
import type {
  ErrorRow,
  OperationRow,
  OperlogRejectReason,
  PictureRow,
  TemplateRow,
  UserRow,
} from './operlog-records.ts'

export type RowOutcome<Row = OperationRow | UserRow | TemplateRow | PictureRow | ErrorRow> =
  | Row
  | OperlogRejectReason
  | 'nobody'

/** `OPLOG <op> <operator> <time> <obj1..4>`, TAB separated behind the keyword. iclock-push 5.2; vector T30. */
export function readOperationRow(line: TextLine, rest: string): RowOutcome<OperationRow> {
  const fields = rest.split('\t').map(trimField)
  const [operationText, operator, timeText] = fields
  if (operator === undefined || timeText === undefined) return 'too-few-fields'
  const operation = readWholeNumber(operationText)
  if (operation === null) return 'bad-operation'
  const time = parseDeviceTime(timeText)
  if (time === null) return 'bad-time'
  const objects = [fields[3] || null, fields[4] || null, fields[5] || null, fields[6] || null] as const
  if ([operator, ...objects].some(isTooLong)) return 'value-too-long'
  return { kind: 'operation', line: line.line, operation, operator, time, objects }
}

/** iclock-push 5.3 [ATT58][SF2A/3A]; vectors T32 to T37, T61. */
export function readUserRow(line: TextLine, rest: string): RowOutcome<UserRow> {
  const fields = readFields(rest)
  const pin = readPerson(fields)
  if (pin.kind !== 'ok') return PIN_OUTCOME[pin.kind]
  const card = fields.get('card') ?? fields.get('cardno')
  const row: UserRow = {
    kind: 'user',
    line: line.line,
    pin: pin.pin,
    name: fields.get('name') ?? null,
    nameBytes: line.decoding === 'utf-8' ? null : findFieldBytes(line.bytes, 'name'),
    privilege: readWholeNumber(fields.get('pri') ?? fields.get('privilege')),
    password: (fields.get('passwd') ?? fields.get('password')) || null,
    card: readCard(card),
    saysCard: card !== undefined,
    viceCard: readCard(fields.get('vicecard')),
    group: (fields.get('grp') ?? fields.get('group')) || null,
    timeZones: fields.get('tz') || null,
    verify: readWholeNumber(fields.get('verify') ?? fields.get('verifymode')),
    expires: readWholeNumber(fields.get('expires')),
    validFrom: readDate(fields.get('startdatetime')),
    validTo: readDate(fields.get('enddatetime')),
  }
  return Object.values(row).some(isTooLong) ? 'value-too-long' : row
}

/** iclock-push 5.4, 5.5 [SDK32][ATT58]; vectors T33, T38. */
export function readTemplateRow(
  line: TextLine,
  rest: string,
  source: TemplateRow['source'],
): RowOutcome<TemplateRow> {
  const fields = readFields(rest)
  const pin = readPerson(fields)
  if (pin.kind !== 'ok') return PIN_OUTCOME[pin.kind]
  const template = fields.get('tmp') ?? fields.get('template')
  if (template === undefined || template === '') return 'missing-content'
  // Kept, it would take the place of a good one on every terminal of the person.
  if (!isBase64(template)) return 'bad-base64'
  const finger = readWholeNumber(fields.get('fid'))
  const index = readWholeNumber(fields.get('index'))
  const type = readWholeNumber(fields.get('type'))
  if ((source === 'FP' || source === 'FVEIN') && finger === null) return 'missing-finger'
  if (source === 'BIODATA' && type === null) return 'missing-type'
  const [majorVersion, minorVersion, format] = ['majorver', 'minorver', 'format'].map(
    key => fields.get(key) || null,
  )
  if ([majorVersion, minorVersion, format].some(isTooLong)) return 'value-too-long'
  // FP has one template per finger, FACE several of one face: their single number means different things.
  const place = {
    FP: { type: 1, no: finger, index: 0 },
    FACE: { type: 2, no: 0, index: finger },
    FVEIN: { type: 7, no: finger, index },
    BIODATA: { type, no: readWholeNumber(fields.get('no')), index },
  }[source]
  return {
    kind: 'template',
    line: line.line,
    source,
    pin: pin.pin,
    ...place,
    valid: readWholeNumber(fields.get('valid')),
    duress: readWholeNumber(fields.get('duress')),
    majorVersion: majorVersion ?? null,
    minorVersion: minorVersion ?? null,
    format: format ?? null,
    size: readWholeNumber(fields.get('size')),
    template,
  }
}

/** iclock-push 5.4 [ATT58]; vector T39. */
export function readPictureRow(
  line: TextLine,
  rest: string,
  source: PictureRow['source'],
): RowOutcome<PictureRow> {
  const fields = readFields(rest)
  const pin = readPerson(fields)
  if (pin.kind !== 'ok') return PIN_OUTCOME[pin.kind]
  const content = fields.get('content')
  if (content === undefined || content === '') return 'missing-content'
  if (!isBase64(content)) return 'bad-base64'
  return {
    kind: 'picture',
    line: line.line,
    source,
    pin: pin.pin,
    fileName: fields.get('filename') || null,
    type: readWholeNumber(fields.get('type')),
    no: readWholeNumber(fields.get('no')),
    index: readWholeNumber(fields.get('index')),
    size: readWholeNumber(fields.get('size')),
    content,
  }
}

/** iclock-push 5.7 [ATT58]; vector T42. */
export function readErrorRow(line: TextLine, rest: string): RowOutcome<ErrorRow> {
  const fields = readFields(rest)
  const code = fields.get('errcode')
  if (code === undefined || code === '') return 'missing-code'
  return {
    kind: 'error',
    line: line.line,
    code,
    message: fields.get('errmsg') || null,
    origin: fields.get('dataorigin') || null,
    commandId: fields.get('cmdid') || null,
    additional: fields.get('additional') || null,
  }
}

const PIN_OUTCOME: Readonly<Record<Exclude<PinReading['kind'], 'ok'>, OperlogRejectReason | 'nobody'>> = {
  empty: 'missing-pin',
  bad: 'bad-pin',
  nobody: 'nobody',
}

/** Whether base64 is whole: cut off it may still look like it, but for one character too many. */
export function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 !== 1
}

/** A PIN that runs on into the next field is that of nobody: the row is parted half by TABs and half by spaces. */
function readPerson(fields: ReadonlyMap<string, string>): PinReading {
  const pin = fields.get('pin') ?? ''
  return / [A-Za-z]+=/.test(pin) ? { kind: 'bad' } : readPin(pin)
}

/**
 * Cut at TAB, or in a row without one at spaces before a key, as some firmware parts all its lines; then at the first
 * `=`, because base64 ends with `=` and a name may hold one. First key wins.
 */
export function readFields(rest: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const field of rest.split(rest.includes('\t') ? '\t' : / (?=[A-Za-z]+ *=)/)) {
    const equals = field.indexOf('=')
    if (equals < 0) continue
    const key = trimField(field.slice(0, equals)).toLowerCase()
    if (!fields.has(key)) fields.set(key, trimField(field.slice(equals + 1)))
  }
  return fields
}

/** No terminal has names, cards or versions of this length, and no index would take them. */
const VALUE_LENGTH_MAX = 300

function isTooLong(value: unknown): boolean {
  return typeof value === 'string' && value.length > VALUE_LENGTH_MAX
}

function readDate(text: string | undefined): string | null {
  return text === undefined || text === '' || text === '0' ? null : text
}

const TAB = 9
const EQUALS = 61

/** The raw value of a field, for the bytes no charset could read. TAB and `=` are no GBK trail bytes. */
function findFieldBytes(bytes: Uint8Array, key: string): Uint8Array | null {
  let start = 0
  while (start < bytes.length) {
    const tab = bytes.indexOf(TAB, start)
    const end = tab < 0 ? bytes.length : tab
    const equals = bytes.indexOf(EQUALS, start)
    if (equals >= 0 && equals < end) {
      // The first field still has the keyword in front: `USER Name=`.
      const name = String.fromCharCode(...bytes.subarray(Math.max(start, equals - NAME_LOOKBACK), equals))
      if (name.trim().split(' ').at(-1)?.toLowerCase() === key)
        return trimBytes(bytes.subarray(equals + 1, end))
    }
    start = end + 1
  }
  return null
}

const NAME_LOOKBACK = 32

function trimBytes(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && [0, 13, 32].includes(bytes[end - 1] ?? -1)) end -= 1
  return bytes.subarray(0, end)
}
