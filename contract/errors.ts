/** One row of the error table: HTTP status, the older numeric code (cams-gateway 3.4), its name, a default title. */
export interface ErrorRow {
  readonly status: number
  readonly older: number
  readonly olderName: string
  readonly title: string
}

const row = (status: number, older: number, olderName: string, title: string): ErrorRow => ({
  status,
  older,
  olderName: `API_RESPONSE_${olderName}`,
  title,
})

/** Every failure Gatehouse can answer with. Codes survive every hop; words for people are made on the screen. */
export const errorTable = {
  INVALID_INPUT: row(400, 14, 'INVALID_OPERATION_DATA', 'A field is missing or malformed'),
  INVALID_DATE: row(400, 9, 'INVALID_START_TIME', 'A date or range cannot be read'),
  INVALID_BODY: row(400, 1, 'INVALID_REQUEST_DATA', 'The body is not readable as form or JSON'),
  INVALID_RAW_DATA: row(
    400,
    19,
    'INVALID_RAW_DATA',
    'The body is neither JSON nor encrypted with a known key',
  ),
  INVALID_CURSOR: row(400, 14, 'INVALID_OPERATION_DATA', 'OffSet is neither a number nor one we gave out'),
  IDEMPOTENCY_KEY_MISSING: row(400, 14, 'INVALID_OPERATION_DATA', 'This order needs an idempotency key'),
  IDEMPOTENCY_KEY_REUSED: row(
    400,
    14,
    'INVALID_OPERATION_DATA',
    'The idempotency key belongs to another order',
  ),
  WEBHOOK_URL_REFUSED: row(400, 1, 'INVALID_REQUEST_DATA', 'The callback address is not allowed'),
  PASSWORD_REFUSED: row(400, 14, 'INVALID_OPERATION_DATA', 'The new password is not acceptable'),
  PHOTO_REFUSED: row(400, 14, 'INVALID_OPERATION_DATA', 'The photo cannot be used'),
  PHOTOS_NOT_KEPT: row(400, 14, 'INVALID_OPERATION_DATA', 'Photos are not kept here'),
  CREDENTIAL_REFUSED: row(400, 14, 'INVALID_OPERATION_DATA', 'The card or code breaks a rule or is taken'),
  CONSENT_MISSING: row(400, 14, 'INVALID_OPERATION_DATA', 'No consent is recorded for this person'),
  USER_EXISTS: row(400, 10, 'INVALID_USERID', 'Somebody has this code already'),
  TOO_LATE: row(400, 14, 'INVALID_OPERATION_DATA', 'It can no longer be taken back'),
  CONFIRMATION_WRONG: row(
    400,
    14,
    'INVALID_OPERATION_DATA',
    'What was typed is not the name of the terminal',
  ),
  NOT_SUPPORTED_BY_DEVICE: row(400, 8, 'INVALID_OPERATION_TYPE', 'This terminal cannot do that'),
  REASON_REQUIRED: row(400, 14, 'INVALID_OPERATION_DATA', 'This door is only opened from afar with a reason'),
  TOKEN_MISSING: row(401, 7, 'INVALID_AUTHTOKEN', 'AuthToken is missing'),
  TOKEN_INVALID: row(401, 7, 'INVALID_AUTHTOKEN', 'AuthToken is not valid'),
  DEVICE_NOT_ALLOWED: row(401, 7, 'INVALID_AUTHTOKEN', 'AuthToken is not valid for this device'),
  SESSION_MISSING: row(401, 7, 'INVALID_AUTHTOKEN', 'Nobody is signed in'),
  SIGN_IN_FAILED: row(401, 7, 'INVALID_AUTHTOKEN', 'Name or password is wrong'),
  SIGNATURE_INVALID: row(401, 13, 'INVALID_SECURITY_KEY', 'The signature does not match'),
  CALLBACK_TOO_OLD: row(401, 13, 'INVALID_SECURITY_KEY', 'The signed time is too far from now'),
  STEP_UP_REQUIRED: row(403, 11, 'INVALID_API_CONFIGURATION', 'This needs the password once more'),
  PERMISSION_DENIED: row(403, 11, 'INVALID_API_CONFIGURATION', 'The right for this is missing'),
  ORIGIN_REFUSED: row(403, 3, 'INVALID_ORIGIN_IP', 'The request came from another site'),
  OPERATION_NOT_FOUND: row(404, 6, 'INVALID_OPERATION', 'There is no such operation'),
  NOT_FOUND: row(404, 6, 'INVALID_OPERATION', 'There is nothing at this address'),
  DEVICE_NOT_FOUND: row(404, 2, 'INVALID_SERVICE_TAG_ID', 'There is no such device'),
  DOOR_NOT_FOUND: row(404, 2, 'INVALID_SERVICE_TAG_ID', 'This device has no such door'),
  USER_NOT_FOUND: row(404, 10, 'INVALID_USERID', 'There is no such person'),
  HOLD_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such lasting order'),
  EMERGENCY_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such emergency'),
  ALARM_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such alarm'),
  ZONE_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such zone of doors'),
  FLOOR_PLAN_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such floor plan'),
  EVENT_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such door event'),
  SCHEDULE_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such schedule'),
  COMMAND_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such command'),
  WEBHOOK_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such receiver'),
  DELIVERY_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such delivery'),
  ISSUE_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such issue'),
  SIGNING_KEY_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'This receiver has no signing key pair'),
  PUNCH_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such punch of this person'),
  CORRECTION_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such correction'),
  PERIOD_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such period'),
  DIFFERENCE_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such difference'),
  PLAN_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is nothing of this name in the plan'),
  PLAN_IN_USE: row(409, 14, 'INVALID_OPERATION_DATA', 'Something in the plan still depends on it'),
  JOB_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such job'),
  CHANGE_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such change'),
  DELETION_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such removal'),
  INCIDENT_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such incident'),
  ALERT_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such alert, rule or channel'),
  PHOTO_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such photo'),
  PAYROLL_TEMPLATE_NOT_FOUND: row(404, 14, 'INVALID_OPERATION_DATA', 'There is no such payroll template'),
  METHOD_NOT_ALLOWED: row(405, 6, 'INVALID_OPERATION', 'This operation wants another method'),
  PAYROLL_NOT_FINAL: row(409, 14, 'INVALID_OPERATION_DATA', 'Days of the range may still change'),
  PAYROLL_DOES_NOT_FIT: row(409, 14, 'INVALID_OPERATION_DATA', 'A number is wider than its column'),
  DEVICE_OFFLINE: row(409, 5, 'INVALID_SUBSCRIPTION', 'The device is not reachable; nothing was sent'),
  COMMAND_QUEUED: row(
    409,
    5,
    'INVALID_SUBSCRIPTION',
    'The device is not reachable; the command waits for it',
  ),
  SECOND_PERSON_NEEDED: row(409, 5, 'INVALID_SUBSCRIPTION', 'Nothing was sent; a second person has to agree'),
  EMERGENCY_OVER: row(409, 5, 'INVALID_SUBSCRIPTION', 'This emergency has been ended already'),
  ORDER_TOO_LATE: row(409, 5, 'INVALID_SUBSCRIPTION', 'It has gone further than that already'),
  DELETION_OPEN: row(400, 14, 'INVALID_OPERATION_DATA', 'Not every terminal has confirmed yet'),
  DEVICE_WAITING: row(409, 5, 'INVALID_SUBSCRIPTION', 'The device is waiting to be adopted'),
  COMMAND_UNDER_WAY: row(
    409,
    14,
    'INVALID_OPERATION_DATA',
    'The command is not in a state in which that is possible',
  ),
  REREAD_FIRST: row(
    409,
    14,
    'INVALID_OPERATION_DATA',
    'Its punches have not been read again within the last hour',
  ),
  WEBHOOK_PROTECTED: row(
    409,
    14,
    'INVALID_OPERATION_DATA',
    'The dashboard itself is told of events this way; it looks after it by itself',
  ),
  DELIVERY_BUSY: row(409, 14, 'INVALID_OPERATION_DATA', 'This delivery is waiting to be sent already'),
  JOB_RUNNING: row(409, 14, 'INVALID_OPERATION_DATA', 'A job of this kind is under way for this receiver'),
  SAME_PERSON: row(409, 14, 'INVALID_OPERATION_DATA', 'Whoever proposed this cannot agree to it'),
  CORRECTION_SETTLED: row(409, 14, 'INVALID_OPERATION_DATA', 'This correction has been decided or withdrawn'),
  PERIOD_CHANGED: row(
    409,
    14,
    'INVALID_OPERATION_DATA',
    'Since it was looked at, something has come up in this period',
  ),
  PERIOD_CLOSED: row(409, 14, 'INVALID_OPERATION_DATA', 'These days are closed, or being closed'),
  BODY_TOO_LARGE: row(413, 1, 'INVALID_REQUEST_DATA', 'The body is too large'),
  MEDIA_TYPE_REFUSED: row(415, 1, 'INVALID_REQUEST_DATA', 'Send a form or JSON'),
  RATE_LIMITED: row(429, 999, 'UNKNOWN_ERROR', 'Too many requests; wait and try again'),
  INTERNAL: row(500, 999, 'UNKNOWN_ERROR', 'Something broke on our side'),
  NOT_BUILT_YET: row(501, 6, 'INVALID_OPERATION', 'This operation comes with a later release'),
  GATEWAY_UNREACHABLE: row(502, 999, 'UNKNOWN_ERROR', 'The gateway does not answer'),
  STORE_UNAVAILABLE: row(503, 999, 'UNKNOWN_ERROR', 'The store does not answer; nothing was changed'),
  AUDIT_UNAVAILABLE: row(503, 999, 'UNKNOWN_ERROR', 'The audit could not be written, so nothing was done'),
  GATEWAY_TIMEOUT: row(504, 999, 'UNKNOWN_ERROR', 'The gateway did not answer in time'),
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable

/** Narrows a `code` read off the wire; an unknown one is somebody else's error and is treated as INTERNAL. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value)
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
    super(about.detail ?? errorTable[code].title)
    this.name = 'OperationError'
    this.code = code
    this.detail = about.detail
    this.field = about.field
    this.retryAfterSeconds = about.retryAfterSeconds
  }

  /** HTTP status of the contract for this code. */
  get status(): number {
    return errorTable[this.code].status
  }
}
