import type { z } from 'zod'
import type { Punch } from '#contract/entities/punch.ts'
import { OperationError } from '#contract/errors.ts'
import type { OlderCall } from './older-call.ts'

type PunchEntity = z.output<typeof Punch>

/** Rows of a page in these generations (cams-gateway 3.1, 3.2). */
const pageRows = 50

export interface OlderPage {
  readonly punches: readonly PunchEntity[]
  readonly total: number
  /** Row number of the next page, which these clients count with; null on the last. */
  readonly next: number | null
}

/** A page of the punches of a terminal, from a row number on. */
export async function loadPunches(
  call: OlderCall,
  range: { readonly FromDate: string | undefined; readonly ToDate: string | undefined },
  offSet: string | undefined,
): Promise<OlderPage> {
  if (offSet !== undefined && !/^\d{1,9}$/.test(offSet))
    throw new OperationError('INVALID_CURSOR', { field: 'OffSet', detail: 'OffSet must be a row number' })
  const from = Number(offSet ?? 0)
  const page = await call.run('attendance.byDevice', { ...range, OffSet: String(from), Limit: pageRows })
  const punches = page.Attendance as PunchEntity[] // checked by runOperation against the operation's own schema
  const total = Number(page.ActualRowCount)
  const after = from + punches.length
  return { punches, total, next: punches.length > 0 && after < total ? after : null }
}
