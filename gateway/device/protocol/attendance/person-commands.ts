import {
  checkedBase64,
  checkedOrdinal,
  checkedPin,
  checkedValidity,
  checkedWithin,
  type Field,
} from '../checked-fields.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import type { AttendanceDialect } from './dialect.ts'
import { personSchedules } from './schedule-commands.ts'

/** Absent fields are not sent and stay as they are on the terminal; '' clears. */
export type UserFields = {
  readonly pin: string
  readonly name?: string | undefined
  /** 0 user, 1 inactive [SDK32], 2 enroller, 6 admin, 10 custom, 14 super-admin. */
  readonly privilege?: number | undefined
  readonly password?: string | undefined
  /** Decimal as displayed, or `[hex]`. */
  readonly card?: string | undefined
  readonly group?: number | undefined
  /** As the terminal keeps them, 16 hex digits; or up to three schedules of the person's own, none for the group's. */
  readonly timeZones?: string | readonly number[] | undefined
  readonly verify?: number | undefined
  readonly viceCard?: string | undefined
  /**
   * Terminal's wall clock, `YYYY-MM-DD` or with ` HH:MM:SS`; null for no limit. A day ends at 23:59:59. Both or
   * neither, since one switch turns both on. Needs UserValidTimeFun.
   */
  readonly validFrom?: string | null | undefined
  readonly validTo?: string | null | undefined
}

export type Fingerprint = {
  readonly pin: string
  /** 0 to 9, left little finger to right little finger. */
  readonly finger: number
  readonly isDuress?: boolean | undefined
  /** base64. */
  readonly template: string
}

/** A near-infrared face is several templates, each a row. */
export type Face = { readonly pin: string; readonly index: number; readonly template: string }

export type FacePhoto = {
  readonly pin: string
  /** iclock-push 11.5; 9 is a visible-light face. */
  readonly type: number
  readonly no?: number | undefined
  readonly index?: number | undefined
  /** base64 JPEG. */
  readonly content: string
  /** The template is sent back to us. */
  readonly wantsTemplate?: boolean | undefined
}

export type Picture = { readonly pin: string; readonly content: string }

/** Tables that hold rows of a person. */
type PersonTable = 'USERINFO' | 'FINGERTMP' | 'FACE' | 'BIODATA' | 'BIOPHOTO' | 'USERPIC'

/** iclock-push 5.3, 7 [ATT58][SDK32]. */
export function userFields(user: UserFields, dialect: AttendanceDialect): Field[] {
  return [
    personField('USERINFO', user.pin, dialect),
    ['Name', user.name],
    ['Pri', checkedPrivilege(user.privilege)],
    ['Passwd', user.password],
    ['Card', checkedCard('Card', user.card)],
    ['Grp', checkedOrdinal('Grp', user.group)],
    ['TZ', timeZones(user.timeZones, dialect)],
    [dialect.verifyKey ?? 'Verify', checkedWithin('Verify', user.verify, -1, VERIFY_MAX)],
    ['ViceCard', checkedCard('ViceCard', user.viceCard)],
    ...validityFields(user),
  ]
}

/**
 * The field every row of a person starts with. It always names one: `DATA DELETE` without it empties the table.
 * iclock-push 7 [SDK32].
 */
export function personField(table: PersonTable, pin: string, dialect: AttendanceDialect): Field {
  const documented = table === 'BIODATA' ? 'Pin' : 'PIN'
  const { pinKey } = dialect
  return [pinKey === undefined || pinKey === 'PIN' ? documented : pinKey, checkedPin(pin)]
}

/** A duress finger is marked by its validity, unlike on access terminals. iclock-push 5.4, 7 [SDK32][ATT58]. */
export function fingerprintFields(fingerprint: Fingerprint, dialect: AttendanceDialect): Field[] {
  return [
    personField('FINGERTMP', fingerprint.pin, dialect),
    ['FID', checkedFinger(fingerprint.finger)],
    ['Size', String(fingerprint.template.length)],
    ['Valid', fingerprint.isDuress === true ? '3' : '1'],
    ['TMP', checkedBase64('TMP', fingerprint.template)],
  ]
}

/** iclock-push 7 [ATT58]. */
export function faceFields(face: Face, dialect: AttendanceDialect): Field[] {
  return [
    personField('FACE', face.pin, dialect),
    ['FID', checkedOrdinal('FID', face.index)],
    ['Size', String(face.template.length)],
    ['Valid', '1'],
    ['TMP', checkedBase64('TMP', face.template)],
  ]
}

/**
 * The photo a terminal makes a face template from. It may answer 0 and refuse the photo later, as an error log row.
 * iclock-push 5.7, 7 [ATT58].
 */
export function photoFields(photo: FacePhoto, dialect: AttendanceDialect): Field[] {
  return [
    personField('BIOPHOTO', photo.pin, dialect),
    ['Type', checkedOrdinal('Type', photo.type)],
    ['No', checkedOrdinal('No', photo.no ?? 0)],
    ['Index', checkedOrdinal('Index', photo.index ?? 0)],
    ['Size', String(photo.content.length)],
    ['Content', checkedBase64('Content', photo.content)],
    ['Format', '0'],
    ['PostBackTmpFlag', photo.wantsTemplate === true ? '1' : undefined],
  ]
}

/** Old terminals take up to 10 or 20 KB. iclock-push 7 [SDK32][ATT58]. */
export function pictureFields(picture: Picture, dialect: AttendanceDialect): Field[] {
  return [
    personField('USERPIC', picture.pin, dialect),
    ['Size', String(picture.content.length)],
    ['Content', checkedBase64('Content', picture.content)],
  ]
}

/** Absent stays absent, which is all fingers in a deletion or a query. */
export function checkedFinger(finger: number | undefined): string | undefined {
  return checkedWithin('FID', finger, 0, 9)
}

const PRIVILEGES: ReadonlySet<number> = new Set([0, 1, 2, 6, 10, 14])
const VERIFY_MAX = 255
// With one end open the other still needs the switch, and 0 is documented only where the switch is off.
const ALWAYS = '2000-01-01 00:00:00'
const FOR_EVER = '2099-12-31 23:59:59'

/** A number in between would give rights nobody meant to give. iclock-push 5.3 [ATT58][SDK32]. */
function checkedPrivilege(privilege: number | undefined): string | undefined {
  if (privilege === undefined) return undefined
  if (!PRIVILEGES.has(privilege)) throw new UnsafeFieldError('Pri', 'it is not 0, 1, 2, 6, 10 or 14')
  return String(privilege)
}

/** As long as a terminal can report one: 16 bytes are 39 decimal digits. iclock-push 5.3 [ATT58]. */
function checkedCard(field: string, card: string | undefined): string | undefined {
  if (card === undefined || card === '') return card
  if (!/^(?:\d{1,39}|\[(?:[0-9A-Fa-f]{2}){1,16}\])$/.test(card))
    throw new UnsafeFieldError(field, 'it is neither a decimal card number nor [hex]')
  return card
}

function timeZones(zones: UserFields['timeZones'], dialect: AttendanceDialect): string | undefined {
  if (zones === undefined) return undefined
  if (typeof zones !== 'string') return personSchedules(zones, dialect)
  if (zones !== '' && !/^[0-9A-Fa-f]{16}$/.test(zones))
    throw new UnsafeFieldError('TZ', 'it is not 16 hex digits')
  return zones
}

/** iclock-push 7 [ATT58]; without limits as a terminal itself reports it, 5.3 [SF2A/3A]. */
function validityFields({ validFrom, validTo }: UserFields): Field[] {
  if (validFrom === undefined && validTo === undefined) return []
  if (validFrom === undefined || validTo === undefined)
    throw new UnsafeFieldError('Expires', 'a validity has both its ends')
  if (validFrom === null && validTo === null)
    return [
      ['Expires', '0'],
      ['StartDatetime', '0'],
      ['EndDatetime', '0'],
    ]
  const from = checkedValidity('StartDatetime', validFrom ?? ALWAYS, 'first')
  const to = checkedValidity('EndDatetime', validTo ?? FOR_EVER, 'last')
  if (to < from) throw new UnsafeFieldError('EndDatetime', 'it is before StartDatetime')
  return [
    ['Expires', '1'],
    ['StartDatetime', from.replace(' ', 'T')],
    ['EndDatetime', to.replace(' ', 'T')],
  ]
}
