import type {
  ErrorRow,
  OperlogRejectReason,
  PictureRow,
  TemplateRow,
  UserRow,
} from '../attendance/operlog-records.ts'
import type { AccessEvent, EventRejectReason } from './access-event.ts'
import type { Schedule } from './schedule-codec.ts'

/** As the attendance flavour has it; `validFrom` and `validTo` are `YYYY-MM-DD HH:MM:SS` where they could be read. */
export type AccessUserRow = UserRow & {
  /** The terminal's own row number: never a person's key, and deadly in a DELETE (12.1). */
  readonly uid: string | null
  readonly disabled: boolean | null
}

/** What a person may open, and when. */
export type AuthorizationRow = {
  readonly kind: 'authorization'
  readonly line: number
  readonly pin: string
  readonly timeZoneId: number | null
  readonly doors: readonly number[]
  /** As sent: a mask, or one door, by the terminal's AccSupportFunList. */
  readonly doorId: number | null
  readonly deviceId: number | null
}

/** extuser: switches of one person. */
export type ExtendedUserRow = {
  readonly kind: 'extended-user'
  readonly line: number
  readonly pin: string
  readonly extendedPass: boolean
  readonly temporary: boolean
  readonly personalVerify: string | null
}

/** mulcarduser: one of several cards of a person. */
export type CardRow = {
  readonly kind: 'card'
  readonly line: number
  readonly pin: string
  /** Hex digits as sent; their byte order is not documented. */
  readonly cardHex: string
  readonly isLost: boolean
  readonly isMain: boolean | null
}

/** identitycard: a document of the state, read by the terminal. All of it is personal. */
export type IdentityCardRow = {
  readonly kind: 'identity-card'
  readonly line: number
  readonly pin: string | null
  readonly fields: ReadonlyMap<string, string>
}

/** ATTPHOTO of the access flavour: base64 inside a line, and no binary. */
export type PhotoRow = {
  readonly kind: 'photo'
  readonly line: number
  readonly fileName: string
  readonly time: { readonly local: string }
  readonly pin: string | null
  readonly sn: string | null
  /** Bytes of the photo, as stated. */
  readonly size: number | null
  /** base64 JPEG as sent. */
  readonly content: string
}

export type EventRow = { readonly kind: 'event'; readonly line: number; readonly event: AccessEvent }

export type ScheduleRow = { readonly kind: 'schedule'; readonly line: number; readonly schedule: Schedule }

/** DeviceAuthorize: a controller behind a master. */
export type SubControllerRow = {
  readonly kind: 'sub-controller'
  readonly line: number
  readonly sn: string
  readonly isOnline: boolean | null
  readonly authorization: 'none' | 'pending' | 'done' | null
  readonly info: string | null
  readonly registry: string | null
}

/** A row of a table without a reader of its own, with its fields by lower-case name: maybe secret, never for a log. */
export type PlainRow = {
  readonly kind: 'row'
  readonly line: number
  readonly table: string
  readonly fields: ReadonlyMap<string, string>
}

export type TabledataRecord =
  | AccessUserRow
  | TemplateRow
  | PictureRow
  | ErrorRow
  | AuthorizationRow
  | ExtendedUserRow
  | CardRow
  | IdentityCardRow
  | PhotoRow
  | EventRow
  | ScheduleRow
  | SubControllerRow
  | PlainRow

export type TabledataRejectReason =
  | OperlogRejectReason
  | EventRejectReason
  | 'no-fields'
  | 'missing-card'
  | 'missing-serial'
  | 'bad-name'
  | 'bad-schedule'
