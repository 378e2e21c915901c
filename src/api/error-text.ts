import { type ErrorCode, OperationError } from '#contract/errors.ts'
import { UnreachableError } from './client.ts'

/** Sentences the catalogue must have for failures; several codes may share one. */
export type ErrorTextKey =
  | 'input'
  | 'date'
  | 'page'
  | 'order'
  | 'address'
  | 'password'
  | 'notSupported'
  | 'session'
  | 'signIn'
  | 'gatewayRefused'
  | 'forbidden'
  | 'origin'
  | 'notFound'
  | 'unknownOperation'
  | 'planInUse'
  | 'deviceGone'
  | 'doorGone'
  | 'personGone'
  | 'commandGone'
  | 'photoGone'
  | 'payrollTemplateGone'
  | 'payrollNotFinal'
  | 'payrollTooWide'
  | 'correctionGone'
  | 'samePerson'
  | 'settled'
  | 'periodChanged'
  | 'periodClosed'
  | 'deviceOffline'
  | 'commandQueued'
  | 'reason'
  | 'second'
  | 'stepUp'
  | 'tooLate'
  | 'deviceWaiting'
  | 'tooLarge'
  | 'tooMany'
  | 'broken'
  | 'notBuilt'
  | 'gatewayAway'
  | 'storeAway'
  | 'auditAway'
  | 'unreachable'

/** Code to words. The compiler demands every code. */
const keys = {
  INVALID_INPUT: 'input',
  INVALID_DATE: 'date',
  INVALID_BODY: 'input',
  INVALID_RAW_DATA: 'input',
  INVALID_CURSOR: 'page',
  IDEMPOTENCY_KEY_MISSING: 'order',
  IDEMPOTENCY_KEY_REUSED: 'order',
  WEBHOOK_URL_REFUSED: 'address',
  PASSWORD_REFUSED: 'password',
  NOT_SUPPORTED_BY_DEVICE: 'notSupported',
  REASON_REQUIRED: 'reason',
  SECOND_PERSON_NEEDED: 'second',
  EMERGENCY_OVER: 'tooLate',
  ORDER_TOO_LATE: 'tooLate',
  STEP_UP_REQUIRED: 'stepUp',
  HOLD_NOT_FOUND: 'notFound',
  EMERGENCY_NOT_FOUND: 'notFound',
  ALARM_NOT_FOUND: 'notFound',
  ZONE_NOT_FOUND: 'notFound',
  FLOOR_PLAN_NOT_FOUND: 'notFound',
  EVENT_NOT_FOUND: 'notFound',
  SCHEDULE_NOT_FOUND: 'notFound',
  TOKEN_MISSING: 'gatewayRefused',
  TOKEN_INVALID: 'gatewayRefused',
  DEVICE_NOT_ALLOWED: 'gatewayRefused',
  SESSION_MISSING: 'session',
  SIGN_IN_FAILED: 'signIn',
  SIGNATURE_INVALID: 'gatewayRefused',
  CALLBACK_TOO_OLD: 'gatewayRefused',
  PERMISSION_DENIED: 'forbidden',
  ORIGIN_REFUSED: 'origin',
  OPERATION_NOT_FOUND: 'unknownOperation',
  NOT_FOUND: 'notFound',
  DEVICE_NOT_FOUND: 'deviceGone',
  DOOR_NOT_FOUND: 'doorGone',
  USER_NOT_FOUND: 'personGone',
  COMMAND_NOT_FOUND: 'commandGone',
  JOB_NOT_FOUND: 'notFound',
  CHANGE_NOT_FOUND: 'notFound',
  DELETION_NOT_FOUND: 'notFound',
  DELETION_OPEN: 'input',
  PHOTO_REFUSED: 'input',
  PHOTOS_NOT_KEPT: 'input',
  CREDENTIAL_REFUSED: 'input',
  CONSENT_MISSING: 'input',
  USER_EXISTS: 'input',
  TOO_LATE: 'input',
  INCIDENT_NOT_FOUND: 'notFound',
  ALERT_NOT_FOUND: 'notFound',
  COMMAND_UNDER_WAY: 'order',
  REREAD_FIRST: 'input',
  CONFIRMATION_WRONG: 'input',
  PHOTO_NOT_FOUND: 'photoGone',
  PAYROLL_TEMPLATE_NOT_FOUND: 'payrollTemplateGone',
  PAYROLL_NOT_FINAL: 'payrollNotFinal',
  PAYROLL_DOES_NOT_FIT: 'payrollTooWide',
  PUNCH_NOT_FOUND: 'correctionGone',
  CORRECTION_NOT_FOUND: 'correctionGone',
  WEBHOOK_NOT_FOUND: 'notFound',
  DELIVERY_NOT_FOUND: 'notFound',
  ISSUE_NOT_FOUND: 'notFound',
  SIGNING_KEY_NOT_FOUND: 'notFound',
  WEBHOOK_PROTECTED: 'forbidden',
  DELIVERY_BUSY: 'settled',
  JOB_RUNNING: 'settled',
  PERIOD_NOT_FOUND: 'correctionGone',
  DIFFERENCE_NOT_FOUND: 'correctionGone',
  SAME_PERSON: 'samePerson',
  CORRECTION_SETTLED: 'settled',
  PERIOD_CHANGED: 'periodChanged',
  PERIOD_CLOSED: 'periodClosed',
  PLAN_NOT_FOUND: 'notFound',
  PLAN_IN_USE: 'planInUse',
  METHOD_NOT_ALLOWED: 'broken',
  DEVICE_OFFLINE: 'deviceOffline',
  COMMAND_QUEUED: 'commandQueued',
  DEVICE_WAITING: 'deviceWaiting',
  BODY_TOO_LARGE: 'tooLarge',
  MEDIA_TYPE_REFUSED: 'broken',
  RATE_LIMITED: 'tooMany',
  INTERNAL: 'broken',
  NOT_BUILT_YET: 'notBuilt',
  GATEWAY_UNREACHABLE: 'gatewayAway',
  STORE_UNAVAILABLE: 'storeAway',
  AUDIT_UNAVAILABLE: 'auditAway',
  GATEWAY_TIMEOUT: 'gatewayAway',
} as const satisfies Record<ErrorCode, ErrorTextKey>

/** Which sentence says what went wrong. */
export function errorTextKey(error: unknown): ErrorTextKey {
  if (error instanceof OperationError) return keys[error.code]
  return error instanceof UnreachableError ? 'unreachable' : 'broken'
}

/** The server's own words about this case, where they say more than the code. */
export function errorDetail(error: unknown): string | undefined {
  return error instanceof OperationError ? error.detail : undefined
}
