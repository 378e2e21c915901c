/**
 * Every failure Gatehouse can answer with, by HTTP status. Codes survive every hop; words for people are made on the
 * screen, older numbers and titles at the edge (error-table.ts). Browsers fetch this file with their first frame.
 */
const codesByStatus = {
  400: [
    'INVALID_INPUT',
    'INVALID_DATE',
    'INVALID_BODY',
    'INVALID_RAW_DATA',
    'INVALID_CURSOR',
    'IDEMPOTENCY_KEY_MISSING',
    'IDEMPOTENCY_KEY_REUSED',
    'WEBHOOK_URL_REFUSED',
    'PASSWORD_REFUSED',
    'PHOTO_REFUSED',
    'PHOTOS_NOT_KEPT',
    'CREDENTIAL_REFUSED',
    'CONSENT_MISSING',
    'USER_EXISTS',
    'TOO_LATE',
    'CONFIRMATION_WRONG',
    'NOT_SUPPORTED_BY_DEVICE',
    'REASON_REQUIRED',
    'DELETION_OPEN',
  ],
  401: [
    'TOKEN_MISSING',
    'TOKEN_INVALID',
    'DEVICE_NOT_ALLOWED',
    'SESSION_MISSING',
    'SIGN_IN_FAILED',
    'SIGNATURE_INVALID',
    'CALLBACK_TOO_OLD',
  ],
  403: ['STEP_UP_REQUIRED', 'PERMISSION_DENIED', 'ORIGIN_REFUSED'],
  404: [
    'OPERATION_NOT_FOUND',
    'NOT_FOUND',
    'DEVICE_NOT_FOUND',
    'DOOR_NOT_FOUND',
    'USER_NOT_FOUND',
    'HOLD_NOT_FOUND',
    'EMERGENCY_NOT_FOUND',
    'ALARM_NOT_FOUND',
    'ZONE_NOT_FOUND',
    'FLOOR_PLAN_NOT_FOUND',
    'EVENT_NOT_FOUND',
    'SCHEDULE_NOT_FOUND',
    'COMMAND_NOT_FOUND',
    'WEBHOOK_NOT_FOUND',
    'DELIVERY_NOT_FOUND',
    'ISSUE_NOT_FOUND',
    'SIGNING_KEY_NOT_FOUND',
    'PUNCH_NOT_FOUND',
    'CORRECTION_NOT_FOUND',
    'PERIOD_NOT_FOUND',
    'DIFFERENCE_NOT_FOUND',
    'PLAN_NOT_FOUND',
    'JOB_NOT_FOUND',
    'CHANGE_NOT_FOUND',
    'DELETION_NOT_FOUND',
    'INCIDENT_NOT_FOUND',
    'ALERT_NOT_FOUND',
    'PHOTO_NOT_FOUND',
    'PAYROLL_TEMPLATE_NOT_FOUND',
  ],
  405: ['METHOD_NOT_ALLOWED'],
  409: [
    'PLAN_IN_USE',
    'PAYROLL_NOT_FINAL',
    'PAYROLL_DOES_NOT_FIT',
    'DEVICE_OFFLINE',
    'COMMAND_QUEUED',
    'SECOND_PERSON_NEEDED',
    'EMERGENCY_OVER',
    'ORDER_TOO_LATE',
    'DEVICE_WAITING',
    'COMMAND_UNDER_WAY',
    'REREAD_FIRST',
    'WEBHOOK_PROTECTED',
    'DELIVERY_BUSY',
    'JOB_RUNNING',
    'SAME_PERSON',
    'CORRECTION_SETTLED',
    'PERIOD_CHANGED',
    'PERIOD_CLOSED',
  ],
  413: ['BODY_TOO_LARGE'],
  415: ['MEDIA_TYPE_REFUSED'],
  429: ['RATE_LIMITED'],
  500: ['INTERNAL'],
  501: ['NOT_BUILT_YET'],
  502: ['GATEWAY_UNREACHABLE'],
  503: ['STORE_UNAVAILABLE', 'AUDIT_UNAVAILABLE'],
  504: ['GATEWAY_TIMEOUT'],
} as const

export type ErrorCode = (typeof codesByStatus)[keyof typeof codesByStatus][number]

const statuses = new Map<string, number>(
  Object.entries(codesByStatus).flatMap(([status, codes]) =>
    codes.map((code): [string, number] => [code, Number(status)]),
  ),
)

/** HTTP status of the contract for a code. */
export function statusOf(code: ErrorCode): number {
  return statuses.get(code) ?? 500
}

/** Narrows a `code` read off the wire; an unknown one is somebody else's error and is treated as INTERNAL. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && statuses.has(value)
}

export interface ErrorDetail {
  /** For people: what is wrong and where, never a secret and never a stack. */
  readonly detail?: string
  /** The wire name of the field to blame, if one is. */
  readonly field?: string
  /** Seconds after which trying again makes sense (429, 503). */
  readonly retryAfterSeconds?: number
}

/** The one error type that crosses floors. Anything else thrown is a bug and becomes INTERNAL at the edge. */
export class OperationError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly field: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, about: ErrorDetail = {}) {
    super(about.detail ?? code)
    this.name = 'OperationError'
    this.code = code
    this.detail = about.detail
    this.field = about.field
    this.retryAfterSeconds = about.retryAfterSeconds
  }

  /** HTTP status of the contract for this code. */
  get status(): number {
    return statusOf(this.code)
  }
}
