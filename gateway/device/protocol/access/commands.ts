import { biometricFields } from '../biometric-template.ts'
import {
  checkedNumber,
  checkedOptionKey,
  checkedPin,
  checkedTime,
  type Field,
  joinFields,
} from '../checked-fields.ts'
import { encodeEncodedTime, parseCompactTime } from '../device-time.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import type { AccessCommand } from './access-command.ts'
import { encodeControl } from './control-device.ts'
import type { AccessDialect } from './dialect.ts'
import {
  authorizationFields,
  fingerId,
  fingerprintFields,
  type PersonTable,
  personKey,
  photoFields,
  pictureFields,
  userFields,
} from './person-commands.ts'
import { encodeSchedule } from './schedule-codec.ts'

/**
 * The text of a command for an access terminal, without the `C:<id>:` in front. Throws `UnsafeFieldError` for values
 * that would change its shape, for times, doors and numbers that are none, and for a missing PIN.
 * iclock-push 12 [SEC29][SF2A/3A]; vectors A29, C2, C3, C4, C6.
 */
export function encodeAccessCommand(command: AccessCommand, dialect: AccessDialect = {}): string {
  switch (command.kind) {
    case 'device.ping':
      return 'GET OPTIONS ~SerialNumber'
    case 'user.update':
      return update('user', userFields(command.user, dialect), dialect)
    case 'authorization.update':
      return update('userauthorize', authorizationFields(command, dialect), dialect)
    case 'card.update':
      return update('mulcarduser', cardFields(command), dialect)
    case 'fingerprint.update':
      return update('templatev10', fingerprintFields(command), dialect)
    case 'biodata.update':
      return update('biodata', biometricFields(command, 'Pin'), dialect)
    case 'photo.update':
      return update('biophoto', photoFields(command), dialect)
    case 'picture.update':
      return update('userpic', pictureFields(command), dialect)
    case 'person.delete':
      return remove(command.table, [[personKey(command.table), checkedPin(command.pin)]], dialect)
    case 'fingerprint.delete': {
      const finger = fingerId(command.finger, command.isDuress)
      return remove(
        'templatev10',
        [
          ['Pin', checkedPin(command.pin)],
          ['FingerID', finger],
        ],
        dialect,
      )
    }
    case 'biodata.delete':
      return remove(
        'biodata',
        [
          ['Type', checkedNumber('Type', command.type)],
          ['Pin', checkedPin(command.pin)],
          ['No', checkedNumber('No', command.no)],
        ],
        dialect,
      )
    case 'schedule.update':
      return update('timezone', encodeSchedule(command.id, command.windows), dialect)
    case 'schedule.delete':
      return remove('timezone', [['TimezoneId', checkedNumber('TimezoneId', command.id)]], dialect)
    case 'holiday.update':
      return update('holiday', holidayFields(command), dialect)
    case 'holiday.delete':
      return remove('holiday', [['Holiday', encodeDay('Holiday', command.date)]], dialect)
    case 'table.query':
      return query(command.table, filterText(command.filter) || '*')
    case 'table.count':
      return `DATA COUNT ${checkedTable(command.table)} ${filterText(command.filter)}`.trimEnd()
    case 'attendance.query':
      return query(
        'transaction',
        filterText([
          ['starttime', checkedTime('starttime', command.from)],
          ['endtime', checkedTime('endtime', command.to)],
        ]),
      )
    case 'attendance.new':
      return query('transaction', 'NewRecord')
    case 'attendance.archive':
      return `ACCOUNT transaction ContentType=tgz\tMaxIndex=${checkedNumber('MaxIndex', command.afterIndex)}`
    case 'options.read':
      return `GET OPTIONS ${checkedKeys(command.keys).join(',')}`
    case 'options.write':
      return `SET OPTIONS ${optionPairs(command.values).join(',')}`
    case 'time.set':
      return `SET OPTIONS DateTime=${encodeClock(command.local)}`
    case 'biometric.enroll':
      return `ENROLL_BIO ${joinFields(enrolFields(command))}`
    default:
      return encodeControl(command, dialect.controlLayout)
  }
}

/**
 * The commands that take a person off a terminal, in the order to send them: rights and templates first, the person
 * last. iclock-push 12.1 [SEC29].
 */
export function removePersonCommands(
  pin: string,
  tables: readonly Exclude<PersonTable, 'user'>[] = ['userauthorize', 'templatev10', 'biodata'],
): AccessCommand[] {
  return [...tables, 'user' as const].map(table => ({ kind: 'person.delete', table, pin }))
}

type CommandOf<Kind extends AccessCommand['kind']> = Extract<AccessCommand, { readonly kind: Kind }>

function update(table: string, fields: readonly Field[], dialect: AccessDialect): string {
  return `DATA UPDATE ${table} ${joinRow(fields, dialect)}`
}

function remove(table: string, condition: readonly Field[], dialect: AccessDialect): string {
  return `DATA DELETE ${table} ${joinRow(condition, dialect)}`
}

function query(table: string, filter: string): string {
  return `DATA QUERY tablename=${checkedTable(table)},fielddesc=*,filter=${filter}`
}

function joinRow(fields: readonly Field[], dialect: AccessDialect): string {
  if (dialect.keyCase !== 'lower') return joinFields(fields)
  return joinFields(fields.map(([key, value]) => [key.toLowerCase(), value] as const))
}

function filterText(filter: readonly Field[] = []): string {
  return joinFields(filter.map(([key, value]) => [checkedOptionKey(key), value] as const))
}

/** Hex digits as the terminal stores them. */
function cardFields(card: CommandOf<'card.update'>): Field[] {
  if (!/^[0-9A-Fa-f]{1,32}$/.test(card.cardHex)) throw new UnsafeFieldError('CardNo', 'it is not hex digits')
  return [
    ['Pin', checkedPin(card.pin)],
    ['CardNo', card.cardHex],
    ['LossCardFlag', card.isLost === true ? '1' : '0'],
    ['CardType', card.isMain === false ? '1' : '0'],
  ]
}

function holidayFields(holiday: CommandOf<'holiday.update'>): Field[] {
  return [
    ['Holiday', encodeDay('Holiday', holiday.date)],
    ['HolidayType', checkedNumber('HolidayType', holiday.type)],
    ['Loop', holiday.isYearly ? '1' : '2'],
  ]
}

/** The names are in lower case in the vendor's own command, and no card is asked for. iclock-push 12.6 [SEC29]. */
function enrolFields(enrolment: CommandOf<'biometric.enroll'>): Field[] {
  return [
    ['type', checkedNumber('type', enrolment.type)],
    ['no', checkedNumber('no', enrolment.no)],
    ['pin', checkedPin(enrolment.pin)],
    ['cardno', ''],
    ['retry', checkedNumber('retry', enrolment.retries ?? 3)],
    ['overwrite', enrolment.overwrite === true ? '1' : '0'],
    ['mode', checkedNumber('mode', enrolment.mode)],
  ]
}

/** A comma parts options here, so that no value may hold one. */
function optionPairs(values: CommandOf<'options.write'>['values']): string[] {
  checkedKeys(values.map(([key]) => key))
  return values.map(([key, value]) => {
    if (value.includes(',')) throw new UnsafeFieldError(key, 'it contains a comma')
    return joinFields([[key, value]])
  })
}

function checkedKeys(keys: readonly string[]): string[] {
  if (keys.length === 0) throw new UnsafeFieldError('option key', 'there is none')
  return keys.map(checkedOptionKey)
}

function checkedTable(table: string): string {
  if (!/^\w{1,64}$/.test(table)) throw new UnsafeFieldError('tablename', 'it is not a name')
  return table
}

/** `2026-01-26` as 20260126. */
function encodeDay(field: string, date: string): string {
  const digits = /^\d{4}-\d{2}-\d{2}$/.test(date) ? date.replaceAll('-', '') : ''
  if (parseCompactTime(`${digits}000000`) === null) throw new UnsafeFieldError(field, 'it is not YYYY-MM-DD')
  return digits
}

function encodeClock(local: string): string {
  const encoded = encodeEncodedTime(local)
  if (encoded === null) throw new UnsafeFieldError('DateTime', 'it is no time from 2000 to 2132')
  return String(encoded)
}
