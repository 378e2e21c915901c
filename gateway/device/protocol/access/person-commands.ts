import {
  checkedBase64,
  checkedNumber,
  checkedPin,
  checkedValidity,
  type Field,
  flag,
} from '../checked-fields.ts'
import { encodeEncodedTime } from '../device-time.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import type { AccessDialect } from './dialect.ts'
import { checkedDoor, encodeDoorMask, MASK_DOORS_MAX } from './door-mask.ts'

/** Absent fields are not sent; '' clears. */
export type AccessUserFields = {
  readonly pin: string
  readonly name?: string | undefined
  /** Decimal as displayed, or `[hex]`. Ignored by terminals with many cards per person: those want `card.update`. */
  readonly card?: string | undefined
  readonly password?: string | undefined
  readonly group?: number | undefined
  /** 0 user, 2 enroller, 6 admin, 10 custom, 14 super-admin. */
  readonly privilege?: number | undefined
  /** Terminal's wall clock, `YYYY-MM-DD` or with ` HH:MM:SS`; null for no limit. A day ends at 23:59:59. */
  readonly validFrom?: string | null | undefined
  readonly validTo?: string | null | undefined
  /** Of controllers, which have these in place of a privilege [CS-ACC]. */
  readonly isSuperUser?: boolean | undefined
  readonly isDisabled?: boolean | undefined
}

/** Doors and the schedule in which they open for one person. */
export type Authorization = {
  readonly pin: string
  readonly timeZoneId: number
  /** Exactly one where the terminal wants one door per row; see `authorizationsOf`. */
  readonly doors: readonly number[]
}

/** Tables that hold rows of a person. */
export type PersonTable =
  | 'user'
  | 'userauthorize'
  | 'templatev10'
  | 'biodata'
  | 'biophoto'
  | 'userpic'
  | 'extuser'
  | 'mulcarduser'

/** iclock-push 12.1 [SEC29]. */
export function userFields(user: AccessUserFields, dialect: AccessDialect): Field[] {
  return [
    ['CardNo', user.card],
    ['Pin', checkedPin(user.pin)],
    ['Password', user.password],
    ['Group', checkedNumber('Group', user.group)],
    ['StartTime', encodeValidity('StartTime', user.validFrom, dialect)],
    ['EndTime', encodeValidity('EndTime', user.validTo, dialect)],
    ['Name', user.name],
    ['Privilege', checkedNumber('Privilege', user.privilege)],
    ['SuperAuthorize', flag(user.isSuperUser)],
    ['Disable', flag(user.isDisabled)],
  ]
}

/** Without such a row a person is refused everywhere (event 23). iclock-push 12.1 [SEC29]; vector C4. */
export function authorizationFields(authorization: Authorization, dialect: AccessDialect): Field[] {
  return [
    ['Pin', checkedPin(authorization.pin)],
    ['AuthorizeTimezoneId', checkedNumber('AuthorizeTimezoneId', authorization.timeZoneId)],
    ['AuthorizeDoorId', String(doorId(authorization.doors, dialect))],
    ['DevID', checkedNumber('DevID', dialect.deviceId)],
  ]
}

/** One authorisation per row the terminal wants: a single mask, or one for each door. */
export function authorizationsOf(authorization: Authorization, dialect: AccessDialect): Authorization[] {
  if (dialect.oneDoorPerRow !== true) return [authorization]
  return authorization.doors.map(door => ({ ...authorization, doors: [door] }))
}

/** A finger from 16 up is a duress finger. iclock-push 12.1 [SEC29]. */
export function fingerprintFields(fingerprint: {
  readonly pin: string
  readonly finger: number
  readonly isDuress?: boolean | undefined
  readonly template: string
}): Field[] {
  return [
    ['Pin', checkedPin(fingerprint.pin)],
    ['FingerID', fingerId(fingerprint.finger, fingerprint.isDuress)],
    ['Valid', '1'],
    ['Template', checkedBase64('Template', fingerprint.template)],
  ]
}

/** The photo a terminal makes a face template from; its failure comes later, as an error log row. */
export function photoFields(photo: {
  readonly pin: string
  readonly type: number
  /** base64 JPEG. */
  readonly content: string
  /** The template is sent back to us. */
  readonly wantsTemplate?: boolean | undefined
}): Field[] {
  return [
    ['PIN', checkedPin(photo.pin)],
    ['Type', checkedNumber('Type', photo.type)],
    ['Size', String(photo.content.length)],
    ['Content', checkedBase64('Content', photo.content)],
    ['Format', '0'],
    ['Url', ''],
    ['PostBackTmpFlag', flag(photo.wantsTemplate === true)],
  ]
}

export function pictureFields(picture: { readonly pin: string; readonly content: string }): Field[] {
  return [
    ['pin', checkedPin(picture.pin)],
    ['size', String(picture.content.length)],
    ['format', '0'],
    ['url', ''],
    ['content', checkedBase64('content', picture.content)],
  ]
}

/** How each table spells the person's key. */
export function personKey(table: PersonTable): string {
  return table === 'biophoto' ? 'PIN' : table === 'userpic' ? 'pin' : 'Pin'
}

export function fingerId(finger: number, isDuress: boolean | undefined): string {
  if (!Number.isInteger(finger) || finger < 0 || finger > 9)
    throw new UnsafeFieldError('FingerID', 'it is not 0 to 9')
  return String(isDuress === true ? finger + 16 : finger)
}

function doorId(doors: readonly number[], dialect: AccessDialect): number {
  if (dialect.oneDoorPerRow !== true) return encodeDoorMask(doors)
  const [door, ...more] = doors
  if (door === undefined || more.length > 0)
    throw new UnsafeFieldError('doors', 'the terminal wants one door per row')
  return checkedDoor(door, MASK_DOORS_MAX)
}

/** iclock-push 12.1, 13 [SEC29]. */
function encodeValidity(
  field: 'StartTime' | 'EndTime',
  local: string | null | undefined,
  dialect: AccessDialect,
): string | undefined {
  if (local === undefined) return undefined
  if (local === null) return '0'
  const time = checkedValidity(field, local, field === 'StartTime' ? 'first' : 'last')
  if (dialect.dateFormat !== 'encoded') return time.slice(0, 10).replaceAll('-', '')
  const encoded = encodeEncodedTime(time)
  if (encoded === null) throw new UnsafeFieldError(field, 'it lies outside 2000 to 2132')
  return String(encoded)
}
