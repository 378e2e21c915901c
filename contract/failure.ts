import { errorTable } from './error-table.ts'
import type { ErrorCode } from './errors.ts'

/** What every failure answers, whatever its status (interface.md "Gateway replies"). */
export interface FailureBody {
  readonly StatusCode: number
  readonly Status: string
  readonly code: ErrorCode
  readonly detail: string
  readonly field?: string
}

/** The body for a code; `detail` falls back to the table's title. */
export function failureBody(
  code: ErrorCode,
  about: { detail?: string | undefined; field?: string | undefined } = {},
): FailureBody {
  const row = errorTable[code]
  return {
    StatusCode: row.older,
    Status: row.olderName,
    code,
    detail: about.detail ?? row.title,
    ...(about.field === undefined ? {} : { field: about.field }),
  }
}
