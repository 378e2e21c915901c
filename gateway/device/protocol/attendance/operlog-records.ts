import type { DeviceTime } from '../device-time.ts'

export type OperationRow = {
  readonly kind: 'operation'
  readonly line: number
  /** iclock-push 11.3. */
  readonly operation: number
  readonly operator: string
  readonly time: DeviceTime
  readonly objects: readonly [string | null, string | null, string | null, string | null]
}

export type UserRow = {
  readonly kind: 'user'
  readonly line: number
  readonly pin: string
  /** null: the row did not speak of it; '' : it said there is none. */
  readonly name: string | null
  /** Raw name bytes when they were not strict UTF-8, else null. */
  readonly nameBytes: Uint8Array | null
  /** 0 user, 2 enroller, 6 admin, 10 custom, 14 super-admin. */
  readonly privilege: number | null
  /** null when absent or empty. */
  readonly password: string | null
  /** Decimal card number; null when absent, empty or 0. `[15CD5B07]` is read as little-endian bytes. */
  readonly card: string | null
  /** Whether the row speaks of a card at all; without one it then says that there is none. */
  readonly saysCard: boolean
  readonly viceCard: string | null
  readonly group: string | null
  readonly timeZones: string | null
  readonly verify: number | null
  readonly expires: number | null
  /** As sent; null when absent, empty or 0. */
  readonly validFrom: string | null
  readonly validTo: string | null
}

/** FP, FACE, FVEIN and BIODATA rows in one shape; (pin, type, no, index) identifies a template. */
export type TemplateRow = {
  readonly kind: 'template'
  readonly line: number
  readonly source: 'FP' | 'FACE' | 'FVEIN' | 'BIODATA'
  readonly pin: string
  /** iclock-push 11.5: 1 fingerprint, 2 near-infrared face, 7 finger vein, 9 visible-light face, ... */
  readonly type: number | null
  readonly no: number | null
  readonly index: number | null
  /** 0 invalid, 1 valid, 3 duress. */
  readonly valid: number | null
  readonly duress: number | null
  readonly majorVersion: string | null
  readonly minorVersion: string | null
  /** 0 ZK, 1 ISO, 2 ANSI. */
  readonly format: string | null
  readonly size: number | null
  /** base64 as sent. */
  readonly template: string
}

export type PictureRow = {
  readonly kind: 'picture'
  readonly line: number
  readonly source: 'USERPIC' | 'BIOPHOTO'
  readonly pin: string
  readonly fileName: string | null
  /** BIOPHOTO only. */
  readonly type: number | null
  readonly no: number | null
  readonly index: number | null
  readonly size: number | null
  /** base64 JPEG as sent. */
  readonly content: string
}

export type ErrorRow = {
  readonly kind: 'error'
  readonly line: number
  readonly code: string
  readonly message: string | null
  readonly origin: string | null
  readonly commandId: string | null
  readonly additional: string | null
}

export type OperlogRecord = OperationRow | UserRow | TemplateRow | PictureRow | ErrorRow

export type OperlogRejectReason =
  | 'unknown-keyword'
  | 'too-few-fields'
  | 'bad-operation'
  | 'bad-time'
  | 'missing-pin'
  | 'bad-pin'
  | 'missing-content'
  | 'missing-finger'
  | 'missing-type'
  | 'bad-base64'
  | 'value-too-long'
  | 'missing-code'
