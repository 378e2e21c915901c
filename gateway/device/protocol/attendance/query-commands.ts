import {
  checkedOptionKey,
  checkedOrdinal,
  checkedPin,
  checkedTime,
  type Field,
  joinFields,
} from '../checked-fields.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import type { AttendanceDialect } from './dialect.ts'
import { checkedFinger, personField } from './person-commands.ts'

/** Device-local wall clock, `YYYY-MM-DD HH:MM:SS`. */
export type TimeRange = { readonly from: string; readonly to: string }

export type TemplatesQuery =
  /** Of one person: one finger, or all. */
  | { readonly of: 'fingerprints'; readonly pin: string; readonly finger?: number | undefined }
  /** Of one type: those of a person, or all. iclock-push 11.5. */
  | { readonly of: 'biodata'; readonly type: number; readonly pin?: string | undefined }

/** iclock-push 7 [ATT58], with `T` between date and time [SDK32]. */
export function rangeFields(range: TimeRange, dialect: AttendanceDialect): Field[] {
  const between = dialect.queryTime ?? ' '
  return [
    ['StartTime', checkedTime('StartTime', range.from).replace(' ', between)],
    ['EndTime', checkedTime('EndTime', range.to).replace(' ', between)],
  ]
}

/** A table and the one person in it, or all of it. iclock-push 7 [s0x90]. */
export function usersQuery(pin: string | undefined, dialect: AttendanceDialect): string {
  return pin === undefined ? 'USERINFO' : `USERINFO ${joinFields([personField('USERINFO', pin, dialect)])}`
}

/** iclock-push 7 [SDK32][ATT58]. */
export function templatesQuery(query: TemplatesQuery, dialect: AttendanceDialect): string {
  if (query.of === 'fingerprints') {
    const person = personField('FINGERTMP', query.pin, dialect)
    return `FINGERTMP ${joinFields([person, ['FID', checkedFinger(query.finger)]])}`
  }
  // Here the key is PIN, although rows of this table have Pin.
  const pinKey = dialect.pinKey ?? 'PIN'
  return `BIODATA ${joinFields([
    ['Type', checkedOrdinal('Type', query.type)],
    [pinKey, query.pin === undefined ? undefined : checkedPin(query.pin)],
  ])}`
}

/**
 * The one pair of a SET OPTION. Old firmware refuses keys with `~`, and never answers the plural SET OPTIONS.
 * iclock-push 7 [FW][SF2A/3A].
 */
export function optionField(key: string, value: string): Field {
  if (key.startsWith('~')) throw new UnsafeFieldError('option key', 'terminals refuse to set keys with ~')
  return [checkedOptionKey(key), value]
}
