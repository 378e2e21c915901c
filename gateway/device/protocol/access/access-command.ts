import type { BiometricTemplate } from '../biometric-template.ts'
import type { Field } from '../checked-fields.ts'
import type { ControlAction } from './control-device.ts'
import type { AccessUserFields, Authorization, PersonTable } from './person-commands.ts'
import type { TimeWindow } from './schedule-codec.ts'

/** One command, one row: several rows in one command would be several commands to some firmware (12). */
export type AccessCommand =
  | ControlAction
  | { readonly kind: 'device.ping' }
  | { readonly kind: 'user.update'; readonly user: AccessUserFields }
  | ({ readonly kind: 'authorization.update' } & Authorization)
  | {
      readonly kind: 'card.update'
      readonly pin: string
      readonly cardHex: string
      readonly isLost?: boolean
      readonly isMain?: boolean
    }
  | {
      readonly kind: 'fingerprint.update'
      readonly pin: string
      readonly finger: number
      readonly isDuress?: boolean
      readonly template: string
    }
  | ({ readonly kind: 'biodata.update' } & BiometricTemplate)
  | {
      readonly kind: 'photo.update'
      readonly pin: string
      readonly type: number
      readonly content: string
      readonly wantsTemplate?: boolean
    }
  | { readonly kind: 'picture.update'; readonly pin: string; readonly content: string }
  /** All rows of one person in one table. Rows are deleted by person only: `uid=` and `*` empty the table. */
  | { readonly kind: 'person.delete'; readonly table: PersonTable; readonly pin: string }
  | {
      readonly kind: 'fingerprint.delete'
      readonly pin: string
      readonly finger: number
      readonly isDuress?: boolean
    }
  | { readonly kind: 'biodata.delete'; readonly pin: string; readonly type: number; readonly no?: number }
  | { readonly kind: 'schedule.update'; readonly id: number; readonly windows: readonly TimeWindow[] }
  | { readonly kind: 'schedule.delete'; readonly id: number }
  /** `date` is `YYYY-MM-DD`; the type, 1 to 3, picks the windows of Holiday1 to Holiday3. */
  | {
      readonly kind: 'holiday.update'
      readonly date: string
      readonly type: 1 | 2 | 3
      readonly isYearly: boolean
    }
  | { readonly kind: 'holiday.delete'; readonly date: string }
  /** Rows of a table, all of them or those that match every field. The answer comes as querydata. */
  | { readonly kind: 'table.query'; readonly table: string; readonly filter?: readonly Field[] }
  | { readonly kind: 'table.count'; readonly table: string; readonly filter?: readonly Field[] }
  /** Transactions of a time, terminal's wall clock, or those never sent. */
  | { readonly kind: 'attendance.query'; readonly from: string; readonly to: string }
  | { readonly kind: 'attendance.new' }
  /** The same as one archive: all records with a higher index. Needs position 11 of AccSupportFunList. */
  | { readonly kind: 'attendance.archive'; readonly afterIndex: number }
  | { readonly kind: 'options.read'; readonly keys: readonly string[] }
  /** A SenseFace 2A takes one option at a time. */
  | {
      readonly kind: 'options.write'
      readonly values: ReadonlyArray<readonly [key: string, value: string]>
    }
  /** Terminal's wall clock. */
  | { readonly kind: 'time.set'; readonly local: string }
  | {
      readonly kind: 'biometric.enroll'
      readonly pin: string
      readonly type: number
      readonly no: number
      readonly retries?: number
      readonly overwrite?: boolean
      /** 1: newer firmware keeps what it enrols, which by itself it only sends to us [SEC-ZH]. */
      readonly mode?: 0 | 1
    }
