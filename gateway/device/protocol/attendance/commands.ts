import { biometricFields } from '../biometric-template.ts'
import { checkedOptionKey, checkedOrdinal, type Field, joinFields } from '../checked-fields.ts'
import { REBOOT } from '../command-lines.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import type { AttendanceCommand, CommandOf } from './attendance-command.ts'
import type { AttendanceDialect } from './dialect.ts'
import { encodeDoor } from './door-commands.ts'
import { biometricEnrolment, cardEnrolment, fingerprintEnrolment } from './enrol-commands.ts'
import {
  checkedFinger,
  faceFields,
  fingerprintFields,
  personField,
  photoFields,
  pictureFields,
  userFields,
} from './person-commands.ts'
import { optionField, rangeFields, templatesQuery, usersQuery } from './query-commands.ts'
import { groupFields, holidayFields, holidayId, scheduleDigits, scheduleFields } from './schedule-commands.ts'

export { encodeCommandLines } from '../command-lines.ts'
export type { AttendanceCommand } from './attendance-command.ts'
export type { AttendanceDialect } from './dialect.ts'

/**
 * The text of a command for an attendance terminal, without the `C:<id>:` in front. Throws `UnsafeFieldError` for
 * values that would change its shape, for times, dates, cards, templates and numbers that are none, and for a missing
 * PIN: without one, `DATA DELETE USERINFO` empties the terminal.
 *
 * Two things are left out on purpose. No command sets the clock: it follows the `Date` header of every reply and the
 * TimeZone of the handshake (4.4 [ATT58][FW]). And SHELL, PutFile and GetFile, which hand over the whole terminal, are
 * no command here, whoever asks (16). iclock-push 7 [ATT58][SDK32][s0x90]; vectors T46, C6.
 */
export function encodeCommand(command: AttendanceCommand, dialect: AttendanceDialect = {}): string {
  switch (command.kind) {
    case 'device.restart':
      return REBOOT
    case 'device.ping':
    case 'device.info':
      return 'INFO'
    case 'device.check':
      return 'CHECK'
    case 'logs.send':
      return 'LOG'
    case 'device.clear':
      return clearing(command.what)
    case 'attendance.query':
      return query(`ATTLOG ${joinFields(rangeFields(command, dialect))}`)
    case 'photos.query':
      return query(`ATTPHOTO ${joinFields(rangeFields(command, dialect))}`)
    case 'count.verify':
      return `VERIFY SUM ATTLOG ${joinFields(rangeFields(command, dialect))}`
    case 'users.query':
      return query(usersQuery(command.pin, dialect))
    case 'templates.query':
      return query(templatesQuery(command, dialect))
    case 'options.read':
      return `GET OPTION FROM ${checkedOptionKey(command.key)}`
    case 'options.write':
      return `SET OPTION ${joinFields([optionField(command.key, command.value)])}`
    case 'user.update':
      return update('USERINFO', userFields(command.user, dialect))
    case 'user.delete':
      return remove('USERINFO', [personField('USERINFO', command.pin, dialect)])
    case 'fingerprint.update':
      return update('FINGERTMP', fingerprintFields(command, dialect))
    case 'fingerprint.delete':
      return remove('FINGERTMP', [
        personField('FINGERTMP', command.pin, dialect),
        ['FID', checkedFinger(command.finger)],
      ])
    case 'face.update':
      return update('FACE', faceFields(command, dialect))
    case 'face.delete':
      return remove('FACE', [personField('FACE', command.pin, dialect)])
    case 'biodata.update': {
      const [pinKey] = personField('BIODATA', command.pin, dialect)
      return update('BIODATA', biometricFields(command, pinKey))
    }
    case 'biodata.delete':
      return remove('BIODATA', [
        personField('BIODATA', command.pin, dialect),
        ['Type', checkedOrdinal('Type', command.type)],
      ])
    case 'photo.update':
      return update('BIOPHOTO', photoFields(command, dialect))
    case 'picture.update':
      return update('USERPIC', pictureFields(command, dialect))
    case 'picture.delete':
      return remove('USERPIC', [personField('USERPIC', command.pin, dialect)])
    case 'schedule.update':
      return dialect.scheduleTable === 'TIMEZONE'
        ? update('TIMEZONE', scheduleDigits(command))
        : update('AccTimeZone', scheduleFields(command))
    case 'group.update':
      return update('AccGroup', groupFields(command, dialect))
    case 'holiday.update':
      return update('AccHoliday', holidayFields(command))
    case 'holiday.delete':
      // In no document; the table's own key, as all other deletions have it.
      return remove('AccHoliday', [holidayId(command.id)])
    case 'card.enroll':
      return `ENROLL_MF ${joinFields(cardEnrolment(command))}`
    case 'fingerprint.enroll':
      return `ENROLL_FP ${joinFields(fingerprintEnrolment(command, dialect))}`
    case 'biometric.enroll':
      return `ENROLL_BIO ${joinFields(biometricEnrolment(command, dialect))}`
    default:
      return encodeDoor(command, dialect.doorLayout ?? 'unlock')
  }
}

const CLEARINGS: ReadonlyMap<string, string> = new Map<CommandOf<'device.clear'>['what'], string>([
  ['punches', 'CLEAR LOG'],
  ['photos', 'CLEAR PHOTO'],
  ['everything', 'CLEAR DATA'],
])

/** Looked up and refused rather than trusted: of all commands this one must not come out of a wrong payload. */
function clearing(what: string): string {
  const text = CLEARINGS.get(what)
  if (text === undefined) throw new UnsafeFieldError('what', 'it is not punches, photos or everything')
  return text
}

function update(table: string, fields: readonly Field[]): string {
  return `DATA UPDATE ${table} ${joinFields(fields)}`
}

/** The condition comes from `personField` or `holidayId`, and so is never empty. */
function remove(table: string, condition: readonly [Field, ...Field[]]): string {
  return `DATA DELETE ${table} ${joinFields(condition)}`
}

function query(what: string): string {
  return `DATA QUERY ${what}`
}
