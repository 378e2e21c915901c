import { checkedOrdinal, checkedPin, checkedWithin, type Field } from '../checked-fields.ts'
import type { AttendanceDialect } from './dialect.ts'
import { checkedFinger } from './person-commands.ts'

/** The terminal asks the person standing before it; codes 2 to 7 in its answer are failures. iclock-push 8. */
export type CardEnrolment = { readonly pin: string; readonly retries?: number | undefined }

export type FingerprintEnrolment = CardEnrolment & {
  readonly finger: number
  /** False: an error if there is one. */
  readonly overwrite?: boolean | undefined
}

export type BiometricEnrolment = CardEnrolment & {
  /** iclock-push 11.5. */
  readonly type: number
  readonly overwrite?: boolean | undefined
}

/** iclock-push 7 [ATT58]. */
export function cardEnrolment(enrolment: CardEnrolment): Field[] {
  return [['PIN', checkedPin(enrolment.pin)], retry(enrolment)]
}

/** iclock-push 7 [ATT58][SDK32]. */
export function fingerprintEnrolment(enrolment: FingerprintEnrolment, dialect: AttendanceDialect): Field[] {
  return [
    ['PIN', checkedPin(enrolment.pin)],
    ['FID', checkedFinger(enrolment.finger)],
    retry(enrolment),
    overwrite(enrolment, dialect),
  ]
}

/** No card is asked for. iclock-push 7 [ATT58]. */
export function biometricEnrolment(enrolment: BiometricEnrolment, dialect: AttendanceDialect): Field[] {
  return [
    ['TYPE', checkedOrdinal('TYPE', enrolment.type)],
    ['PIN', checkedPin(enrolment.pin)],
    ['CardNo', ''],
    retry(enrolment),
    overwrite(enrolment, dialect),
  ]
}

const RETRIES = 3
const RETRIES_MAX = 99

function retry({ retries = RETRIES }: CardEnrolment): Field {
  return ['RETRY', checkedWithin('RETRY', retries, 0, RETRIES_MAX)]
}

function overwrite(
  enrolment: { readonly overwrite?: boolean | undefined },
  dialect: AttendanceDialect,
): Field {
  return ['OVERWRITE', enrolment.overwrite === true ? '1' : String(dialect.overwriteOff ?? 0)]
}
