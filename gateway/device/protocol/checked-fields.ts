import { parseLocalTime } from './device-time.ts'
import { readPin } from './pin.ts'
import { safeField, UnsafeFieldError } from './unsafe-field.ts'

/** A field of a row; one without a value is not sent. */
export type Field = readonly [key: string, value: string | undefined]

/** `Key=value` fields parted by TAB, each made safe; those without a value are not sent. */
export function joinFields(fields: readonly Field[]): string {
  const parts: string[] = []
  for (const [key, value] of fields) {
    if (value !== undefined) parts.push(`${key}=${safeField(key, value)}`)
  }
  return parts.join('\t')
}

export function checkedNumber(field: string, value: number | undefined): string | undefined {
  if (value === undefined) return undefined
  if (!Number.isSafeInteger(value)) throw new UnsafeFieldError(field, 'it is not a whole number')
  return String(value)
}

/** A whole number from `min` to `max`; absent stays absent. */
export function checkedWithin(
  field: string,
  value: number | undefined,
  min: number,
  max: number,
): string | undefined {
  if (value === undefined) return undefined
  if (!Number.isInteger(value) || value < min || value > max)
    throw new UnsafeFieldError(field, `it is not ${min} to ${max}`)
  return String(value)
}

/** A type, an index or the number of a row of settings: terminals count all of them from 0 or 1 up. */
export function checkedOrdinal(field: string, value: number | undefined, min: 0 | 1 = 0): string | undefined {
  return checkedWithin(field, value, min, ORDINAL_MAX)
}

export function checkedTime(field: string, value: string): string {
  const local = parseLocalTime(value)
  if (local === null) throw new UnsafeFieldError(field, 'it is not YYYY-MM-DD HH:MM:SS')
  return local
}

/** An end of a validity as `YYYY-MM-DD HH:MM:SS`; of a day alone, its first or its last second. */
export function checkedValidity(field: string, value: string, end: 'first' | 'last'): string {
  const isDay = value.length === 10
  const time = parseLocalTime(isDay ? `${value} ${end === 'first' ? '00:00:00' : '23:59:59'}` : value)
  if (time === null) throw new UnsafeFieldError(field, 'it is not YYYY-MM-DD, with or without HH:MM:SS')
  return time
}

/**
 * `*` deletes all rows on access firmware, and 0 or nothing is not a person anywhere. Behind a second `=` a terminal may
 * read nothing.
 */
export function checkedPin(value: string): string {
  const pin = readPin(safeField('PIN', value))
  if (pin.kind !== 'ok' || pin.pin !== value || /[*=]/.test(value)) {
    throw new UnsafeFieldError('PIN', 'it does not name one person')
  }
  return value
}

export function checkedOptionKey(key: string): string {
  if (!/^~?[A-Za-z]\w*$/.test(key)) throw new UnsafeFieldError('option key', 'it is not a name')
  return key
}

export function checkedBase64(field: string, value: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) throw new UnsafeFieldError(field, 'it is not base64')
  return value
}

export function flag(isOn: boolean | undefined): string | undefined {
  return isOn === undefined ? undefined : isOn ? '1' : '0'
}

const ORDINAL_MAX = 9999
