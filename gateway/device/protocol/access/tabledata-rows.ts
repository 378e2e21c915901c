import { readPhotoName } from '../attendance/attphoto.ts'
import type { TemplateRow } from '../attendance/operlog-records.ts'
import { isBase64, readFields, readUserRow } from '../attendance/operlog-rows.ts'
import { decodeEncodedTime, parseCompactTime } from '../device-time.ts'
import { readPin } from '../pin.ts'
import type { TextLine } from '../text.ts'
import { readCounter, readWholeNumber } from '../whole-number.ts'
import { decodeDoorMask } from './door-mask.ts'
import type { DateFormat } from './registry.ts'
import { decodeSchedule } from './schedule-codec.ts'
import type {
  AccessUserRow,
  AuthorizationRow,
  CardRow,
  ExtendedUserRow,
  IdentityCardRow,
  PhotoRow,
  ScheduleRow,
  SubControllerRow,
  TabledataRecord,
  TabledataRejectReason,
} from './tabledata-records.ts'

/** 'nobody': a row for PIN 0, counted and not kept. */
export type RowOutcome<Row = TabledataRecord> = Row | TabledataRejectReason | 'nobody'

/** Where the date format is not known, eight digits that are a day of this era are one. Vector A18. */
export function readAccessUserRow(
  line: TextLine,
  rest: string,
  dateFormat: DateFormat | undefined,
): RowOutcome<AccessUserRow> {
  const row = readUserRow(line, rest)
  if (typeof row === 'string') return row
  const fields = readFields(rest)
  return {
    ...row,
    validFrom: readValidity(fields.get('starttime'), 'start', dateFormat),
    validTo: readValidity(fields.get('endtime'), 'end', dateFormat),
    uid: fields.get('uid') || null,
    disabled: readSwitch(fields.get('disable')),
  }
}

/** Fingerprints in the attendance flavour's shape; a finger from 16 up is a duress finger. iclock-push 10.3 [SEC29]. */
export function readFingerprintRow(line: TextLine, rest: string): RowOutcome<TemplateRow> {
  const fields = readFields(rest)
  const pin = readPin(fields.get('pin') ?? '')
  if (pin.kind !== 'ok') return PIN_OUTCOME[pin.kind]
  const template = fields.get('template') ?? fields.get('tmp')
  if (template === undefined || template === '') return 'missing-content'
  if (!isBase64(template)) return 'bad-base64'
  const finger = readWholeNumber(fields.get('fingerid') ?? fields.get('fid'))
  const valid = readWholeNumber(fields.get('valid'))
  const isDuress = valid === DURESS_VALID || (finger !== null && finger >= DURESS_FINGERS_FROM)
  return {
    kind: 'template',
    line: line.line,
    source: 'FP',
    pin: pin.pin,
    type: 1,
    no: finger === null ? null : finger % DURESS_FINGERS_FROM,
    index: 0,
    valid,
    duress: isDuress ? 1 : 0,
    majorVersion: null,
    minorVersion: null,
    format: null,
    size: readWholeNumber(fields.get('size')),
    template,
  }
}

export function readAuthorizationRow(
  line: TextLine,
  rest: string,
  oneDoorPerRow: boolean,
): RowOutcome<AuthorizationRow> {
  const fields = readFields(rest)
  const pin = readPin(fields.get('pin') ?? '')
  if (pin.kind !== 'ok') return PIN_OUTCOME[pin.kind]
  const doorId = readCounter(fields.get('authorizedoorid'))
  return {
    kind: 'authorization',
    line: line.line,
    pin: pin.pin,
    timeZoneId: readWholeNumber(fields.get('authorizetimezoneid')),
    doors: doorId === null ? [] : oneDoorPerRow ? [doorId] : decodeDoorMask(doorId),
    doorId,
    deviceId: readWholeNumber(fields.get('devid')),
  }
}

/** Bit 1 of FunSwitch: extended passing; bit 2: temporary user. iclock-push 12.1 [SEC29]. */
export function readExtendedUserRow(line: TextLine, rest: string): RowOutcome<ExtendedUserRow> {
  const fields = readFields(rest)
  const pin = readPin(fields.get('pin') ?? '')
  if (pin.kind !== 'ok') return PIN_OUTCOME[pin.kind]
  const switches = readCounter(fields.get('funswitch')) ?? 0
  return {
    kind: 'extended-user',
    line: line.line,
    pin: pin.pin,
    extendedPass: (switches & 1) !== 0,
    temporary: (switches & 2) !== 0,
    personalVerify: fields.get('personalvs') || null,
  }
}

export function readCardRow(line: TextLine, rest: string): RowOutcome<CardRow> {
  const fields = readFields(rest)
  const pin = readPin(fields.get('pin') ?? '')
  if (pin.kind !== 'ok') return PIN_OUTCOME[pin.kind]
  const cardHex = fields.get('cardno') ?? ''
  if (/^0*$/.test(cardHex)) return 'missing-card'
  const cardType = fields.get('cardtype')
  return {
    kind: 'card',
    line: line.line,
    pin: pin.pin,
    cardHex,
    isLost: fields.get('losscardflag') === '1',
    isMain: cardType === '0' ? true : cardType === '1' ? false : null,
  }
}

export function readIdentityCardRow(line: TextLine, rest: string): RowOutcome<IdentityCardRow> {
  const fields = readFields(rest)
  if (fields.size === 0) return 'no-fields'
  const pin = readPin(fields.get('pin') ?? '')
  return { kind: 'identity-card', line: line.line, pin: pin.kind === 'ok' ? pin.pin : null, fields }
}

/** iclock-push 10.3 [SEC29]; vector A20. */
export function readPhotoRow(line: TextLine, rest: string): RowOutcome<PhotoRow> {
  const fields = readFields(rest)
  const fileName = fields.get('pin') ?? ''
  const name = readPhotoName(fileName)
  if (name === null) return 'bad-name'
  const content = fields.get('photo') ?? ''
  if (content === '') return 'missing-content'
  return {
    kind: 'photo',
    line: line.line,
    fileName,
    ...name,
    sn: fields.get('sn') || null,
    size: readWholeNumber(fields.get('size')),
    content,
  }
}

export function readScheduleRow(line: TextLine, rest: string): RowOutcome<ScheduleRow> {
  const schedule = decodeSchedule(readFields(rest))
  return schedule === null ? 'bad-schedule' : { kind: 'schedule', line: line.line, schedule }
}

/** iclock-push 10.4 [SEC29]. */
export function readSubControllerRow(line: TextLine, rest: string): RowOutcome<SubControllerRow> {
  const fields = readFields(rest)
  const sn = fields.get('sn') ?? ''
  if (sn === '') return 'missing-serial'
  return {
    kind: 'sub-controller',
    line: line.line,
    sn,
    isOnline: readSwitch(fields.get('online')),
    authorization: AUTHORIZATIONS[readWholeNumber(fields.get('isauthorize')) ?? -1] ?? null,
    info: fields.get('authorizeinfo') || null,
    registry: fields.get('registerinfo') || null,
  }
}

const DURESS_VALID = 3
const DURESS_FINGERS_FROM = 16
const AUTHORIZATIONS = ['none', 'pending', 'done'] as const
const PIN_OUTCOME = { empty: 'missing-pin', bad: 'bad-pin', nobody: 'nobody' } as const

function readSwitch(text: string | undefined): boolean | null {
  return text === '1' ? true : text === '0' ? false : null
}

/** Packed seconds or `YYYYMMDD`, 0 for no limit; what is neither stays as sent. iclock-push 9.3, 12.1 [SEC29]. */
function readValidity(
  text: string | undefined,
  edge: 'start' | 'end',
  dateFormat: DateFormat | undefined,
): string | null {
  if (text === undefined || text === '' || text === '0') return null
  const asDay = parseCompactTime(`${text}${edge === 'start' ? '000000' : '235959'}`)
  const encoded = readCounter(text)
  const asEncoded = encoded === null ? null : decodeEncodedTime(encoded)
  const looksLikeDay = asDay !== null && asDay >= '1970' && asDay < '2133'
  const isDay = dateFormat === undefined ? looksLikeDay : dateFormat === 'yyyymmdd'
  return (isDay ? asDay : asEncoded) ?? text
}
