import type { z } from 'zod'
import { type ErrorCode, OperationError } from '#contract/errors.ts'
import type { OperationRecord } from '#contract/operation.ts'
import { operations } from '#contract/operations/index.ts'
import type { OperationId } from '#contract/types.ts'
import type { Call, FileResult, Handlers } from '../operations/handler.ts'
import { requireDevice, requirePermission } from './caller.ts'

export interface Answer {
  readonly status: number
  readonly body: object
}

const dateFields = new Set(['Date', 'FromDate', 'ToDate', 'AttendanceLog', 'ValidFrom', 'ValidTo'])
const deviceFields = ['DeviceSN', 'SourceDeviceSN', 'TargetDeviceSN'] as const

/** From an operation id and raw fields to an answer: right, parse, device scope, handler, answer check. For every wire form. */
export async function runOperation(
  handlers: Handlers,
  id: OperationId,
  fields: Readonly<Record<string, unknown>>,
  call: Call,
): Promise<Answer | FileResult> {
  const record: OperationRecord = operations[id]
  requirePermission(call.caller, record.permission)
  const input = parseInput(record, fields)
  for (const sn of devicesIn(id, input)) requireDevice(call.caller, sn)
  await call.deps.intake.filed(filedMs)
  // The loop forgets which id it holds; Handlers ties each id to its own input and result.
  const handler = handlers[id] as (input: object, call: Call) => Promise<Answer | FileResult>
  const answer = await handler(input, call)
  // Checked row by row it would cost more than the file; its rows are made by the code of the lists.
  if ('file' in answer) return answer
  return { status: answer.status, body: checkAnswer(id, record, answer) }
}

/** An answer waits so long for punches that are acknowledged and not in the store yet. */
const filedMs = 1000

/** Parses raw fields with the operation's schema; the first fault becomes INVALID_INPUT or INVALID_DATE with its field. */
export function parseInput(record: OperationRecord, fields: Readonly<Record<string, unknown>>): object {
  const parsed = record.input.safeParse(fields)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue ? String(issue.path[0] ?? '') : ''
  const code: ErrorCode = dateFields.has(field) ? 'INVALID_DATE' : 'INVALID_INPUT'
  const missing = field !== '' && fields[field] === undefined
  const what = missing ? 'is missing' : `${describe(issue)}, but was ${shown(fields[field])}`
  throw new OperationError(code, {
    detail: `${field || 'The input'} ${what}`,
    ...(field === '' ? {} : { field }),
  })
}

function devicesIn(id: OperationId, input: object): string[] {
  return deviceFields.flatMap(name => {
    const value = (input as Record<string, unknown>)[name]
    if (typeof value === 'string')
      return id === 'devices.status' && value.toUpperCase() === 'ALL' ? [] : [value]
    return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
  })
}

function checkAnswer(id: string, record: OperationRecord, answer: Answer): object {
  const schema = answer.status === 409 ? record.answers[409] : record.answers[200]
  const checked = schema?.safeParse(answer.body)
  if (checked?.success) return checked.data
  throw new Error(
    `The answer of ${id} does not fit its schema: ${checked?.error.message ?? `no schema for ${answer.status}`}`,
  )
}

/** Unions report one branch each; the innermost message is the one a person can act on. */
function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_union') {
    const inner = issue.errors.flat().at(-1)
    if (inner) return describe(inner)
  }
  return issue?.message ?? 'cannot be read'
}

function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : typeof value === 'object'
        ? `a ${Array.isArray(value) ? 'list' : 'object'}`
        : String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
